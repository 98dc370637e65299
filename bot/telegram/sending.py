"""What a turn decided, sent: the screen edited in place or sent anew, typed words taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.i18n import language_for, translator
from bot.intake import Intake
from bot.screens.advice_screen import emergency_screen
from bot.screens.screen import Paragraph, Screen, paragraphs
from bot.telegram.client import seconds_of
from bot.telegram.rendering import html_of, keyboard_of, pieces
from bot.turns.incoming import Came, Incoming, Reply
from states.outcomes import store_down
from states.text import say

log = structlog.get_logger()

Result = TypeVar("Result")

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before a call is made again after the network or Telegram failed."""
LONGEST_WAIT = 120.0
"""Seconds that Telegram may ask for before a call is given up; the chat shows its screen again when it is tapped."""
AT_ONCE = 100
"""Messages that one call may delete (https://core.telegram.org/bots/api#deletemessages)."""

NOT_MODIFIED = "message is not modified"
LANGUAGES_KEPT = 10_000
"""Chats whose language is known without the store."""

TOO_OLD = ("query is too old", "query id is invalid")

SET_ASIDE = say(
    "I could not make sense of your last message and have put it aside. Everything before it is safe. Please try again "
    "with a button, or type /start. If anyone is in danger, ring 999."
)
BACK_AGAIN = say("I am back, and can save again. Here is where we are:")
GROUP_REFUSED = say("I only talk in a private chat, so that nobody else can read along. Please open one with me.")


class Sender:
    """Sends for one bot. A call that Telegram puts off or the network loses is made again, a few times."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self.bot = bot
        self.intake = intake
        # What each chat was last written in: known without the store, for what must be said when it is down.
        self._languages: dict[int, str] = {}

    async def answer_tap(self, callback_id: str) -> None:
        """End the waiting on the button. One that waited too long is no error."""
        try:
            await self.bot.answer_callback_query(callback_id)
        except Exception as error:  # it runs beside the turn and must not stop it
            if not any(words in str(error).lower() for words in TOO_OLD):
                log.warning("tap not answered", error_class=type(error).__name__)

    async def emergency(self, incoming: Incoming) -> int | None:
        """The static 999 text, before anything is saved. Gives the message it went out in; None: it did not."""
        try:
            return await self._tell(incoming.chat_id, incoming.language, emergency_screen())
        except Exception as error:  # it runs beside the turn and must not stop it
            log.error("emergency text not sent, the turn will show it", error_class=type(error).__name__)
            return None

    async def reply(self, reply: Reply) -> int | None:
        """Bring the chat to what the turn decided. Each part is tried, whatever becomes of the others.

        Gives the message that the screen went out in, where it was sent anew.
        """
        self._know_language(reply.chat_id, reply.language)
        new_screen: int | None = None
        for part in (self._keep, self._show, self._close, self._delete):
            try:
                new_screen = await part(reply) or new_screen
            except Forbidden:
                log.info("chat is closed to the bot")
                break
            except TelegramError as error:
                log.error("not sent", error_class=type(error).__name__)
        return new_screen

    async def say_set_aside(self, incoming: Incoming) -> int | None:
        """Tell somebody that their update could not be dealt with, and take away what they typed."""
        if incoming.came in (Came.TEXT, Came.UNWANTED) and incoming.message_id:
            await self._delete_each(incoming.chat_id, (incoming.message_id,))
        return await self._tell(incoming.chat_id, incoming.language, Screen(paragraphs(SET_ASIDE)))

    async def say_store_is_down(self, incoming: Incoming) -> int | None:
        """Tell somebody that nothing can be saved; 999 and people are still named."""
        notice = store_down()
        texts = paragraphs(*(sentence.text for sentence in notice.sentences))
        return await self._tell(
            incoming.chat_id, incoming.language, Screen((Paragraph(notice.headline, bold=True), *texts))
        )

    async def say_back_again(self, incoming: Incoming) -> int | None:
        """Keep the promise that was made when the store was down."""
        return await self._tell(incoming.chat_id, incoming.language, Screen(paragraphs(BACK_AGAIN)))

    async def refuse_group(self, incoming: Incoming) -> None:
        """Not in groups: others would read along. The message is deleted where that is allowed."""
        if not incoming.chat_id:
            return
        if incoming.message_id:
            try:
                await self.bot.delete_message(incoming.chat_id, incoming.message_id)
            except TelegramError as error:
                log.info("group message not deleted", error_class=type(error).__name__)
        await self._tell(incoming.chat_id, incoming.language, Screen(paragraphs(GROUP_REFUSED)))

    # ---- the parts of a reply

    async def _keep(self, reply: Reply) -> None:
        """The one text without content protection: a record that its owner asked for."""
        for piece in pieces(reply.kept):
            message_id = await self._send(reply.chat_id, piece, protected=False)
            if reply.person_id:
                await asyncio.to_thread(self.intake.sent, reply.person_id, message_id, is_screen=False, keep=True)

    async def _show(self, reply: Reply) -> int | None:
        """Edit the living screen, or send a fresh one where it is gone or one was asked for, and give its message."""
        if reply.screen is None:
            return None
        translate = translator(reply.language)
        html = html_of(reply.screen, translate)
        keyboard = keyboard_of(reply.screen, translate, reply.walk, reply.revision)
        if reply.edits and await self._edited(reply.chat_id, reply.edits, html, keyboard):
            return None
        message_id = await self._send(reply.chat_id, html, keyboard)
        if reply.person_id:
            await asyncio.to_thread(self.intake.sent, reply.person_id, message_id, is_screen=True)
        if reply.edits:
            await self._delete_each(reply.chat_id, (reply.edits,))
        return message_id

    async def _close(self, reply: Reply) -> None:
        for message_id in reply.close:
            await self._close_buttons(reply.chat_id, message_id)

    async def _delete(self, reply: Reply) -> None:
        """Take messages away; past Telegram's 48 hours only the person can, and what stays loses its buttons."""
        for start in range(0, len(reply.delete), AT_ONCE):
            batch = reply.delete[start : start + AT_ONCE]
            try:
                await self._calling(lambda batch=batch: self.bot.delete_messages(reply.chat_id, batch))  # type: ignore[misc]
                gone = batch
            except BadRequest:
                gone = await self._delete_each(reply.chat_id, batch)
            if reply.person_id and gone:
                await asyncio.to_thread(self.intake.swept, reply.person_id, gone)

    # ---- calls

    def _know_language(self, chat_id: int, language: str) -> None:
        self._languages.pop(chat_id, None)
        self._languages[chat_id] = language
        while len(self._languages) > LANGUAGES_KEPT:
            del self._languages[next(iter(self._languages))]  # the one that was written to the longest ago

    async def _tell(self, chat_id: int, language: str | None, screen: Screen) -> int | None:
        """Something outside any turn; its buttons, if any, belong to no walk. None: there is nobody to tell."""
        if not chat_id:
            return None
        translate = translator(self._languages.get(chat_id) or language_for(language))
        try:
            return await self._send(chat_id, html_of(screen, translate), keyboard_of(screen, translate, "", 0))
        except Forbidden:
            log.info("chat is closed to the bot")
            return None

    async def _send(
        self, chat_id: int, text: str, keyboard: InlineKeyboardMarkup | None = None, *, protected: bool = True
    ) -> int:
        """Protected text is our own and has markup; unprotected text is a record, as plain as it was kept."""
        message = await self._calling(
            lambda: self.bot.send_message(
                chat_id,
                text,
                parse_mode=ParseMode.HTML if protected else None,
                protect_content=protected,
                reply_markup=keyboard,
            )
        )
        return message.message_id

    async def _edited(self, chat_id: int, message_id: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message shows this now. Not where it is gone or cannot be edited."""
        try:
            await self._calling(
                lambda: self.bot.edit_message_text(
                    html, chat_id=chat_id, message_id=message_id, parse_mode=ParseMode.HTML, reply_markup=keyboard
                )
            )
        except BadRequest as error:
            if NOT_MODIFIED in str(error).lower():
                return True
            log.info("screen not edited, sent anew", error_class=type(error).__name__)
            return False
        return True

    async def _delete_each(self, chat_id: int, message_ids: tuple[int, ...]) -> tuple[int, ...]:
        """One by one, so that one that cannot be deleted does not keep the others. Gives those that are gone."""
        gone = []
        for message_id in message_ids:
            try:
                await self._calling(lambda number=message_id: self.bot.delete_message(chat_id, number))  # type: ignore[misc]
                gone.append(message_id)
            except TelegramError as error:
                log.info("message not deleted", error_class=type(error).__name__)
                await self._close_buttons(chat_id, message_id)
        return tuple(gone)

    async def _close_buttons(self, chat_id: int, message_id: int) -> None:
        try:
            await self.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
        except TelegramError as error:
            if NOT_MODIFIED not in str(error).lower():
                log.info("old buttons not taken away", error_class=type(error).__name__)

    async def _calling(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make a call; where Telegram asks to wait, wait, and where the network or Telegram fails, try again.

        Only this chat waits. A message may go out twice, if only Telegram's answer was lost. Raises TelegramError.
        """
        for pause in PAUSES:
            try:
                return await call()
            except RetryAfter as error:
                wait = seconds_of(error)
                if wait > LONGEST_WAIT:
                    raise
                log.info("Telegram asks to wait", seconds=wait)
            except BadRequest:
                raise  # to python-telegram-bot it is a network error as well
            except NetworkError as error:
                log.info("call failed, trying again", error_class=type(error).__name__)
                wait = pause
            await asyncio.sleep(wait)
        return await call()
