"""The bot at work: Telegram reached, the bot introduced, updates dealt with until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.intake import Intake
from bot.store import Store, due, outbox
from bot.telegram.client import introduce, make_bot, seconds_of
from bot.telegram.outbox import CHANNEL, Outbox
from bot.telegram.polling import STOP_SECONDS, Polling
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender

log = structlog.get_logger()

TIDY_SECONDS = 3600.0
RETRY_SECONDS = 1.0
LISTEN_SECONDS = 30.0


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
        await asyncio.to_thread(_let_go, intake.store)
        sender = Sender(bot)
        sending = Outbox(intake.store, sender, intake.surroundings.worker, intake.clock)
        receiver = Receiver(bot, intake, sender, sending)
        works = (_tidy(intake), introduce(bot), sending.run(), _woken(intake.store, sending))
        beside = [asyncio.create_task(work) for work in works]
        try:
            await Polling(bot, receiver, alive).run(stop)
            await sending.finish(STOP_SECONDS)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
    except InvalidToken:
        raise TokenRefusedError from None  # the error's text would carry the token
    finally:
        await bot.shutdown()
    log.info("stopped")


async def _reached(bot: Bot, stop: asyncio.Event) -> bool:
    """Try until Telegram knows the bot and gives it its updates; False when told to stop before."""
    while not stop.is_set():
        try:
            await bot.initialize()
            await _without_webhook(bot)
        except InvalidToken:
            raise
        except TelegramError as error:
            seconds = seconds_of(error) if isinstance(error, RetryAfter) else RETRY_SECONDS
            log.warning("Telegram cannot be reached, trying again", error_class=type(error).__name__, seconds=seconds)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)
        else:
            return True
    return False


async def _without_webhook(bot: Bot) -> None:
    """Take away a webhook that is left over: while one is set, Telegram refuses to give updates to whoever asks
    (https://core.telegram.org/bots/api#getupdates). What waits for it is kept and comes by polling."""
    if (await bot.get_webhook_info()).url:
        log.warning("a webhook was set for this bot; it is taken away, because this bot fetches its updates itself")
        await bot.delete_webhook(drop_pending_updates=False)


def _let_go(store: Store) -> None:
    """What a process held that ended in the middle is free at once, where no other process can be holding it."""
    if not store.shared:
        store.run(outbox.let_go_all)
        store.run(due.let_go_all)


async def _woken(store: Store, sending: Outbox) -> None:
    """Let the outbox look whenever something was written that nobody sends."""
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def listen() -> None:
        for woken in store.listen(CHANNEL, LISTEN_SECONDS):
            if stopped.is_set():
                return
            if woken:
                with contextlib.suppress(RuntimeError):  # the loop is gone
                    loop.call_soon_threadsafe(sending.look)

    threading.Thread(target=listen, name="outbox", daemon=True).start()
    try:
        await asyncio.Event().wait()
    finally:
        stopped.set()


async def _tidy(intake: Intake) -> None:
    while True:
        try:
            await asyncio.to_thread(intake.tidy)
        except Exception as error:  # whatever it is, the next time may do better
            log.warning("not tidied", error_class=type(error).__name__)
        await asyncio.sleep(TIDY_SECONDS)
