"""The bot's client, for the real Telegram, a server of one's own, or the pocket Telegram: the same in all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import RetryAfter

from bot.i18n import SOURCE_LANGUAGE, Translator, languages, translator
from bot.logging import quiet_loggers
from bot.telegram.counting import CountedRequest
from states.text import Text, say

log = structlog.get_logger()

CONNECTIONS = 64
"""How many calls may be under way at once."""
TRIES = 3
"""How often each part of the introduction is tried; the next start tries again."""

COMMANDS: tuple[tuple[str, Text], ...] = (
    ("danger", say("Someone is in danger now")),
    ("start", say("Begin, or go on")),
    ("back", say("One step back")),
    ("why", say("Why I ask, or why this advice")),
    ("where", say("Where we are; change answers")),
    ("rules", say("Look something up")),
    ("records", say("Your decision records")),
    ("disagree", say("They will not act: what now?")),
    ("mode", say("One changing message, or new ones")),
    ("reminders", say("Reminders on or off")),
    ("language", say("Your language")),
    ("privacy", say("What happens to what you tell me")),
    ("cancel", say("Stop here")),
    ("leave", say("Leave your organisation")),
    ("delete_my_data", say("Delete what I keep about you")),
    ("help", say("How I can help")),
)
TRYING_OUT: tuple[tuple[str, Text], ...] = (("organisation", say("Make an organisation")),)
"""Offered on the pocket Telegram alone."""
DESCRIPTION = say(
    "I help people who work or volunteer with others decide whether to share a worry about a child, a young person or "
    "an adult, and with whom. I am a program. If anyone is in danger, ring 999."
)
SHORT_DESCRIPTION = say("May I share this? Whom do I tell? A few questions, clear advice, a record.")


def make_bot(token: str, api_url: str) -> Bot:
    """A client for the Bot API at `api_url`."""
    quiet_loggers()
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=CountedRequest(connection_pool_size=CONNECTIONS),
        get_updates_request=CountedRequest(connection_pool_size=2),
    )


async def introduce(bot: Bot, *, trying_out: bool = False) -> None:
    """Commands and descriptions as Telegram shows them; written only where they differ, since writing is throttled.

    Nothing depends on it: each part waits as long as Telegram asks, and one that fails is left out until the next
    start.
    """
    offered = (*COMMANDS, *TRYING_OUT) if trying_out else COMMANDS
    for language in languages():
        code = None if language == SOURCE_LANGUAGE else language[:2]
        translate = translator(language)
        for part in (partial(_commands, offered), _description, _short_description):
            await _tried(part, bot, translate, code)


async def _commands(offered: Sequence[tuple[str, Text]], bot: Bot, translate: Translator, code: str | None) -> None:
    scope = BotCommandScopeAllPrivateChats()
    wanted = tuple(BotCommand(name, translate(text)) for name, text in offered)
    if await bot.get_my_commands(scope=scope, language_code=code) != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code)


async def _description(bot: Bot, translate: Translator, code: str | None) -> None:
    if (await bot.get_my_description(language_code=code)).description != translate(DESCRIPTION):
        await bot.set_my_description(translate(DESCRIPTION), language_code=code)


async def _short_description(bot: Bot, translate: Translator, code: str | None) -> None:
    if (await bot.get_my_short_description(language_code=code)).short_description != translate(SHORT_DESCRIPTION):
        await bot.set_my_short_description(translate(SHORT_DESCRIPTION), language_code=code)


Part = Callable[[Bot, Translator, str | None], Awaitable[None]]


async def _tried(part: Part, bot: Bot, translate: Translator, code: str | None) -> None:
    for _ in range(TRIES):
        try:
            await part(bot, translate, code)
        except RetryAfter as error:
            log.info("Telegram asks to wait with the introduction", seconds=seconds_of(error))
            await asyncio.sleep(seconds_of(error))
        except Exception as error:  # only how the bot presents itself, never worth more than a line
            log.warning("not introduced", error_class=type(error).__name__)
            return
        else:
            return


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
