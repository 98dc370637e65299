"""The bot's client, for the real Telegram, a server of one's own, or the pocket Telegram: the same in all."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.request import HTTPXRequest

from bot.i18n import SOURCE_LANGUAGE, languages, translator
from bot.logging import quiet_loggers
from states.text import Text, say

COMMANDS: tuple[tuple[str, Text], ...] = (
    ("danger", say("Someone is in danger now")),
    ("start", say("Begin, or go on")),
    ("back", say("One step back")),
    ("why", say("Why I ask, or why this advice")),
    ("where", say("Where we are; change answers")),
    ("rules", say("Look something up")),
    ("records", say("Your decision records")),
    ("mode", say("One changing message, or new ones")),
    ("language", say("Your language")),
    ("privacy", say("What happens to what you tell me")),
    ("cancel", say("Stop here")),
    ("delete_my_data", say("Delete what I keep about you")),
    ("help", say("How I can help")),
)
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
        request=HTTPXRequest(connection_pool_size=64),
        get_updates_request=HTTPXRequest(connection_pool_size=2),
    )


async def introduce(bot: Bot) -> None:
    """Commands and descriptions as Telegram shows them; written only where they differ, since writing is throttled."""
    scope = BotCommandScopeAllPrivateChats()
    for language in languages():
        translate = translator(language)
        code = None if language == SOURCE_LANGUAGE else language[:2]
        wanted = tuple(BotCommand(name, translate(text)) for name, text in COMMANDS)
        if await bot.get_my_commands(scope=scope, language_code=code) != wanted:
            await bot.set_my_commands(wanted, scope=scope, language_code=code)
        if (await bot.get_my_description(language_code=code)).description != translate(DESCRIPTION):
            await bot.set_my_description(translate(DESCRIPTION), language_code=code)
        if (await bot.get_my_short_description(language_code=code)).short_description != translate(SHORT_DESCRIPTION):
            await bot.set_my_short_description(translate(SHORT_DESCRIPTION), language_code=code)
