"""One call of the outbox, made: a screen edited in place or sent anew, messages taken away. And the few texts that go
out beside the outbox, since they cannot wait for the store.

Messages are sent and edited through python-telegram-bot's raw call: nobody reads the message that comes back, and
making objects of it and of the buttons would cost more than everything else a turn does but its commit. The methods
begin with a capital, which Telegram does not mind (https://core.telegram.org/bots/api#making-requests), since the
library warns of the raw way where it knows a method by its name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.i18n import language_for, translator
from bot.screens.advice_screen import emergency_screen
from bot.screens.screen import Paragraph, Screen, paragraphs
from bot.screens.worded import Worded, worded
from bot.steps import Step, passed
from bot.telegram.client import CONNECTIONS
from bot.telegram.rendering import written
from bot.turns.call import Call
from bot.turns.incoming import Incoming
from states.outcomes import store_down
from states.text import say

log = structlog.get_logger()

AT_ONCE = 100
"""Messages that one call may delete (https://core.telegram.org/bots/api#deletemessages)."""

KEPT_FREE = 24
"""Connections that only what is urgent may use."""

NOT_MODIFIED = "message is not modified"
LANGUAGES_KEPT = 10_000
"""Chats whose language is known without the store."""

TOO_OLD = ("query is too old", "query id is invalid")
CLOSED = ("chat not found", "user is deactivated")
"""Refusals by which Telegram says that a chat is no more, though it calls them bad requests."""

GROUP_REFUSED = say("I only talk in a private chat, so that nobody else can read along. Please open one with me.")
TOO_FAST = say(
    "That is more at once than I can read. I have left out the latest of it. Please wait a moment, then type /start. "
    "If anyone is in danger, ring 999."
)
NOT_SHOWN = say(
    "Something I wanted to show you could not be sent. What you told me is safe. Type /start to see where we are. If "
    "anyone is in danger, ring 999."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a call did to its chat: new messages, the one with the screen first, and messages that are gone. `static`:
    the new one is the 999 text that went out before its turn."""

    new: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    static: bool = False


class Sender:
    """Sends for one bot. Whatever Telegram or the network refuses is raised, to be tried again by the outbox."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.ordinary = asyncio.Semaphore(CONNECTIONS - KEPT_FREE)
        """Whatever is not urgent passes here, so that there is always a connection for what is."""
        # What each chat was last written in: known without the store, for what must be said when it is down.
        self._languages: dict[int, str] = {}

    async def make(self, call: Call, living: int | None) -> Done:
        """Make this call; `living` is the message that holds the chat's screen. Raises TelegramError."""
        self._know_language(call)
        passed(Step.SENDING)
        match call.kind:
            case "screen":
                done = await self._show(call, living)
            case "text" | "ping":
                done = Done((await self._send(call),))
            case "change":
                await self._edited(call, call.change)
                done = Done()
            case "kept":
                done = Done((await self._send_kept(call.chat_id, call.kept),))
            case "tidy":
                done = Done(gone=await self._tidy(call))
        passed(Step.SENT)
        return done

    # ---- beside the outbox

    async def answer_tap(self, callback_id: str) -> None:
        """End the waiting on the button. One that waited too long is no error."""
        try:
            async with self.ordinary:
                await self.bot.answer_callback_query(callback_id)
        except Exception as error:  # it runs beside the turn and must not stop it
            if not any(words in str(error).lower() for words in TOO_OLD):
                log.warning("tap not answered", error_class=type(error).__name__)

    async def emergency(self, incoming: Incoming) -> int | None:
        """The static 999 text, before anything is saved. Gives the message it went out in; None: it did not."""
        try:
            message_id = await self._tell(incoming, emergency_screen())
        except Exception as error:  # it runs beside the turn and must not stop it
            log.error("emergency text not sent, the turn will show it", error_class=type(error).__name__)
            return None
        if message_id is not None:
            passed(Step.EMERGENCY_SENT)
        return message_id

    async def say_store_is_down(self, incoming: Incoming) -> int | None:
        """Tell somebody that nothing can be saved; 999 and people are still named."""
        notice = store_down()
        texts = paragraphs(*(sentence.text for sentence in notice.sentences))
        async with self.ordinary:
            return await self._tell(incoming, Screen((Paragraph(notice.headline, bold=True), *texts)))

    async def take_away(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete messages that went out beside the outbox. Whether they are gone."""
        try:
            async with self.ordinary:
                await self.bot.delete_messages(chat_id, message_ids)
        except Exception as error:  # it runs beside the turn and must not stop it
            log.info("message not deleted", error_class=type(error).__name__)
            return False
        return True

    async def say_too_fast(self, incoming: Incoming) -> int | None:
        """Tell somebody that not everything they send is read. None: it could not be said."""
        return await self._tell(incoming, Screen(paragraphs(TOO_FAST)))

    async def refuse_group(self, incoming: Incoming) -> None:
        """Not in groups: others would read along. The message is deleted where that is allowed."""
        if not incoming.chat_id:
            return
        async with self.ordinary:
            if incoming.message_id:
                try:
                    await self.bot.delete_message(incoming.chat_id, incoming.message_id)
                except TelegramError as error:
                    log.info("group message not deleted", error_class=type(error).__name__)
            await self._tell(incoming, Screen(paragraphs(GROUP_REFUSED)))

    async def _tell(self, incoming: Incoming, screen: Screen) -> int | None:
        """Something outside any turn; its buttons, if any, belong to no walk. None: it could not be said."""
        if not incoming.chat_id:
            return None
        language = self._languages.get(incoming.chat_id) or language_for(incoming.language)
        call = Call(incoming.chat_id, "text", language, worded(screen, translator(language), "", 0))
        try:
            return await self._again(lambda: self._send(call))
        except TelegramError as error:
            log.error("not sent", error_class=type(error).__name__)
            return None

    async def _again(self, send: Callable[[], Awaitable[int]]) -> int:
        """Once more at once if the network failed: nothing else remembers what is said beside the outbox."""
        try:
            return await send()
        except (BadRequest, Forbidden, RetryAfter):
            raise  # a bad request is a network error as well, to python-telegram-bot
        except NetworkError:
            return await send()

    # ---- calls

    def _know_language(self, call: Call) -> None:
        if call.language:
            self._languages.pop(call.chat_id, None)
            self._languages[call.chat_id] = call.language
        while len(self._languages) > LANGUAGES_KEPT:
            del self._languages[next(iter(self._languages))]  # the one that was written to the longest ago

    async def _show(self, call: Call, living: int | None) -> Done:
        """Edit the living screen, or send a new one where it is gone or a new one was asked for."""
        if living is not None and not call.fresh and await self._edited(call, living):
            return Done()
        if call.in_place:
            return Done()
        return Done((await self._send(call),))

    async def _send(self, call: Call) -> int:
        screen = call.worded or Worded(())
        wanted = {"disable_notification": call.silent, **written(screen)}
        return await self._new("SendMessage", chat_id=call.chat_id, protect_content=True, **wanted)

    async def _send_kept(self, chat_id: int, text: str) -> int:
        """The one text without content protection: a record that its owner asked for, as plain as it was kept."""
        return await self._new("SendMessage", chat_id=chat_id, text=text, protect_content=False)

    async def _new(self, method: str, **wanted: Any) -> int:
        """Make a call that gives a new message, and give that message's id."""
        message = await self.bot.do_api_request(method, wanted)
        return int(message["message_id"])

    async def _edited(self, call: Call, message_id: int) -> bool:
        """Whether the message shows this now. Not where it is gone or cannot be edited."""
        screen = call.worded or Worded(())
        try:
            await self.bot.do_api_request(
                "EditMessageText", {"chat_id": call.chat_id, "message_id": message_id, **written(screen)}
            )
        except BadRequest as error:
            if NOT_MODIFIED in str(error).lower():
                return True
            if is_closed(error):
                raise
            log.info("screen not edited, sent anew", error_class=type(error).__name__)
            return False
        return True

    async def _tidy(self, call: Call) -> tuple[int, ...]:
        """Take messages away; past Telegram's 48 hours only the person can, and what stays loses its buttons."""
        gone: list[int] = []
        for start in range(0, len(call.delete), AT_ONCE):
            batch = call.delete[start : start + AT_ONCE]
            try:
                await self.bot.delete_messages(call.chat_id, batch)
                gone += batch
            except BadRequest:
                gone += [one for one in batch if await self._deleted(call.chat_id, one)]
        for message_id in call.close:
            await self._close_buttons(call.chat_id, message_id)
        return tuple(gone)

    async def _deleted(self, chat_id: int, message_id: int) -> bool:
        """One by one, so that one that cannot be deleted does not keep the others."""
        try:
            await self.bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            log.info("message not deleted", error_class=type(error).__name__)
            await self._close_buttons(chat_id, message_id)
            return False
        return True

    async def _close_buttons(self, chat_id: int, message_id: int) -> None:
        try:
            await self.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
        except BadRequest as error:
            if NOT_MODIFIED not in str(error).lower():
                log.info("old buttons not taken away", error_class=type(error).__name__)


def is_closed(error: Exception) -> bool:
    """Whether the chat is closed to the bot: it was blocked, never started, or is gone."""
    return isinstance(error, Forbidden) or any(words in str(error).lower() for words in CLOSED)


def not_shown(language: str) -> Worded:
    """What is said in the place of something that Telegram refuses for good."""
    return worded(Screen(paragraphs(NOT_SHOWN)), translator(language_for(language)), "", 0)
