"""The bot at work: Telegram reached, the bot introduced, updates dealt with until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.intake import Intake
from bot.store import StoreError
from bot.telegram.client import introduce, make_bot
from bot.telegram.polling import Polling
from bot.telegram.sending import Sender

log = structlog.get_logger()

TIDY_SECONDS = 3600.0
RETRY_SECONDS = 1.0


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


async def serving(
    token: str, api_url: str, intake_for: Callable[[int], Intake], stop: asyncio.Event, *, alive: Path | None = None
) -> None:
    """Serve until told to stop. `intake_for` makes the intake once the bot's id is known; `alive` is a file to touch
    whenever Telegram answers. Raises TokenRefusedError."""
    bot = make_bot(token, api_url)
    try:
        if not await _reached(bot, stop):
            return
        intake = intake_for(bot.id)
        log.info("serving")
        tidying = asyncio.create_task(_tidy(intake))
        try:
            await Polling(bot, intake, Sender(bot, intake), alive).run(stop)
        finally:
            tidying.cancel()
    except InvalidToken:
        raise TokenRefusedError from None  # the error's text would carry the token
    finally:
        await bot.shutdown()
    log.info("stopped")


async def _reached(bot: Bot, stop: asyncio.Event) -> bool:
    """Try until Telegram knows the bot; False when told to stop before."""
    while not stop.is_set():
        try:
            await bot.initialize()
            await introduce(bot)
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", error_class=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_SECONDS)
        else:
            return True
    return False


async def _tidy(intake: Intake) -> None:
    while True:
        try:
            await asyncio.to_thread(intake.tidy)
        except StoreError as error:
            log.warning("not tidied", error_class=type(error).__name__)
        await asyncio.sleep(TIDY_SECONDS)
