"""Telegram's updates -> what a turn knows. Files are never fetched; only text and taps are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.turns.incoming import Came, Incoming

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""Only what a turn can use: less personal data, less work (https://core.telegram.org/bots/api#getupdates)."""


LONGEST_LANGUAGE = 35
"""Characters; the longest well-formed tag (https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1)."""


def decode(raw: Mapping[str, Any], bot: Bot) -> Incoming:
    """One raw update. Raises whatever python-telegram-bot raises on one that is malformed."""
    update = Update.de_json(_without_our_own_words(raw), bot)
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.message is not None:
        return _message(update.update_id, update.message)
    if update.my_chat_member is not None:
        return _member(update.update_id, update.my_chat_member)
    return Incoming(update.update_id, Came.IGNORED)


def _without_our_own_words(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A tap comes with the whole message it was made on, which the bot wrote itself and nobody reads."""
    tap = raw.get("callback_query")
    message = tap.get("message") if isinstance(tap, dict) else None
    if not isinstance(message, dict):
        return dict(raw)
    needed = {name: message[name] for name in ("message_id", "date", "chat") if name in message}
    return {**raw, "callback_query": {**tap, "message": needed}}  # type: ignore[dict-item]


def _tap(update_id: int, query: CallbackQuery) -> Incoming:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE or message.chat.id != query.from_user.id:
        return Incoming(update_id, Came.GROUP, callback_id=query.id)
    return Incoming(
        update_id,
        Came.TAP,
        chat_id=query.from_user.id,
        message_id=message.message_id,
        data=query.data or "",
        callback_id=query.id,
        language=_language(query.from_user),
    )


def _message(update_id: int, message: Message) -> Incoming:
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or sender is None:
        return Incoming(update_id, Came.GROUP, chat_id=message.chat.id, message_id=message.message_id)
    plain_text = message.text is not None and message.forward_origin is None
    return Incoming(
        update_id,
        Came.TEXT if plain_text else Came.UNWANTED,
        chat_id=message.chat.id,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        language=_language(sender),
    )


def _language(sender: User) -> str | None:
    """Telegram's code for the app's language, cut to what the store has room for."""
    return sender.language_code[:LONGEST_LANGUAGE] if sender.language_code else None


def sender_of(raw: Mapping[str, Any]) -> int | None:
    """Whose private chat a raw update comes from, as far as that can be read: also of one that is malformed."""
    message, tap, member = (raw.get(kind) for kind in ALLOWED_UPDATES)
    held = tap.get("from") if isinstance(tap, dict) else None
    for part in (message, member):
        if isinstance(part, dict):
            held = part.get("chat")
    number = held.get("id") if isinstance(held, dict) else None
    return number if isinstance(number, int) and number > 0 else None


def _member(update_id: int, change: ChatMemberUpdated) -> Incoming:
    if change.chat.type != ChatType.PRIVATE:
        return Incoming(update_id, Came.IGNORED)
    blocked = change.new_chat_member.status in ("kicked", "left")
    return Incoming(update_id, Came.BLOCKED if blocked else Came.UNBLOCKED, chat_id=change.chat.id)
