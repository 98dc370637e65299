"""What a turn decided, sent: the screen edited in place or sent anew, typed words taken away."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.i18n import language_for, translator
from bot.intake import Intake
from bot.screens.advice_screen import emergency_screen
from bot.screens.screen import Paragraph, Screen, paragraphs
from bot.telegram.rendering import html_of, keyboard_of, pieces
from bot.turns.incoming import Came, Incoming, Reply
from states.outcomes import store_down
from states.text import say

log = structlog.get_logger()

NOT_MODIFIED = "message is not modified"
TOO_OLD = ("query is too old", "query id is invalid")

SET_ASIDE = say(
    "I could not make sense of your last message and have put it aside. Everything before it is safe. Please try again "
    "with a button, or type /start. If anyone is in danger, ring 999."
)
GROUP_REFUSED = say("I only talk in a private chat, so that nobody else can read along. Please open one with me.")


class Sender:
    """Sends for one bot."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self.bot = bot
        self.intake = intake

    async def answer_tap(self, callback_id: str) -> None:
        """End the waiting on the button. One that waited too long is no error."""
        if not callback_id:
            return
        try:
            await self.bot.answer_callback_query(callback_id)
        except BadRequest as error:
            if not any(words in str(error).lower() for words in TOO_OLD):
                log.warning("tap not answered", error_class=type(error).__name__)
        except TelegramError as error:
            log.warning("tap not answered", error_class=type(error).__name__)

    async def emergency(self, incoming: Incoming) -> int | None:
        """The static 999 text, before anything is saved. Gives the message it went out in."""
        translate = translator(language_for(incoming.language))
        screen = emergency_screen()
        return await self._send(incoming.chat_id, screen, html_of(screen, translate), translate.language, "", 0)

    async def reply(self, reply: Reply, shown_already: int | None = None) -> None:
        """Bring the chat to what the turn decided."""
        if reply.kept is not None:
            await self._keep(reply)
        if reply.screen is not None:
            await self._show(reply)
        gone = set(reply.delete)
        if reply.replaces and not reply.keep_old and (reply.fresh or shown_already) and reply.replaces != shown_already:
            gone.add(reply.replaces)
        elif reply.replaces and reply.keep_old and reply.replaces != shown_already:
            await self._close_buttons(reply.chat_id, reply.replaces)
        if gone:
            await self._delete(reply, tuple(sorted(gone)))

    async def say_set_aside(self, incoming: Incoming) -> None:
        """Tell somebody that their update could not be dealt with."""
        await self._tell(incoming, Screen(paragraphs(SET_ASIDE)))

    async def say_store_is_down(self, incoming: Incoming) -> None:
        """Tell somebody that nothing can be saved; 999 and people are still named."""
        notice = store_down()
        texts = paragraphs(*(sentence.text for sentence in notice.sentences))
        await self._tell(incoming, Screen((Paragraph(notice.headline, bold=True), *texts)))

    async def say_back_again(self, chat_id: int, language: str | None) -> None:
        """Keep the promise that was made when the store was down."""
        text = say("I am back, and can save again. Type /start to see where we were.")
        await self._tell(Incoming(0, Came.TEXT, chat_id, language=language), Screen(paragraphs(text)))

    async def refuse_group(self, incoming: Incoming) -> None:
        """Not in groups: others would read along. The message is deleted where that is allowed."""
        if not incoming.chat_id:
            return
        if incoming.message_id:
            try:
                await self.bot.delete_message(incoming.chat_id, incoming.message_id)
            except TelegramError as error:
                log.info("group message not deleted", error_class=type(error).__name__)
        await self._tell(incoming, Screen(paragraphs(GROUP_REFUSED)))

    # ---- how

    async def _tell(self, incoming: Incoming, screen: Screen) -> None:
        if not incoming.chat_id:
            return
        translate = translator(language_for(incoming.language))
        await self._send(incoming.chat_id, screen, html_of(screen, translate), translate.language, "", 0)

    async def _show(self, reply: Reply) -> None:
        """Edit the living screen, or send a fresh one where it scrolled away, is gone, or that was asked for."""
        if reply.screen is None:
            return
        translate = translator(reply.language)
        html = html_of(reply.screen, translate)
        if reply.replaces and not reply.fresh:
            try:
                await self.bot.edit_message_text(
                    html,
                    chat_id=reply.chat_id,
                    message_id=reply.replaces,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard_of(reply.screen, translate, reply.walk, reply.revision),
                )
            except BadRequest as error:
                if NOT_MODIFIED in str(error).lower():
                    return
                log.info("screen not edited, sent anew", error_class=type(error).__name__)
            else:
                return
        message_id = await self._send(reply.chat_id, reply.screen, html, reply.language, reply.walk, reply.revision)
        if message_id and reply.person_id:
            self.intake.sent(reply.person_id, message_id, is_screen=True)

    async def _send(
        self, chat_id: int, screen: Screen, html: str, language: str, walk: str, revision: int
    ) -> int | None:
        try:
            message = await self.bot.send_message(
                chat_id,
                html,
                parse_mode=ParseMode.HTML,
                protect_content=True,
                reply_markup=keyboard_of(screen, translator(language), walk, revision),
            )
        except Forbidden:
            log.info("chat is closed to the bot")
            return None
        return message.message_id

    async def _keep(self, reply: Reply) -> None:
        """The one text without content protection: a record that its owner asked for."""
        if reply.kept is None:
            return
        for piece in pieces(reply.kept.text):
            message = await self.bot.send_message(reply.chat_id, piece, protect_content=False)
            if reply.person_id:
                self.intake.sent(reply.person_id, message.message_id, is_screen=False, keep=True)

    async def _close_buttons(self, chat_id: int, message_id: int) -> None:
        try:
            await self.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
        except TelegramError as error:
            log.info("old buttons not taken away", error_class=type(error).__name__)

    async def _delete(self, reply: Reply, message_ids: tuple[int, ...]) -> None:
        """Take messages away; those past Telegram's 48 hours stay, and only the person can clear them."""
        for start in range(0, len(message_ids), 100):
            batch = message_ids[start : start + 100]
            try:
                await self.bot.delete_messages(reply.chat_id, batch)
            except BadRequest as error:
                log.info("messages not deleted", error_class=type(error).__name__, count=len(batch))
                continue
            if reply.person_id:
                self.intake.swept(reply.person_id, batch)


def is_passing(error: TelegramError) -> bool:
    """Whether the call may be tried again: the network or Telegram failed, not the call."""
    return isinstance(error, RetryAfter) or not isinstance(error, BadRequest | Forbidden)
