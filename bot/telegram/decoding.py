"""Telegram's updates -> what a turn knows. Files are never fetched; only text and taps are read.

Whatever comes out of here, a turn can deal with and the store can keep: numbers are numbers that fit, texts are Unicode
of a bounded length, and a private chat is its sender's own. Everything else is refused here, with one error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from telegram import Bot, Chat, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.turns.incoming import Came, Incoming

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""Only what a turn can use: less personal data, less work (https://core.telegram.org/bots/api#getupdates)."""

LONGEST_LANGUAGE = 35
"""Characters; the longest well-formed tag (https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1)."""
LONGEST_NAME = 64
"""Characters of a first name (https://core.telegram.org/bots/api#setmyname has the same limit for bots)."""
LONGEST_TEXT = 4096
"""Characters of a message (https://core.telegram.org/bots/api#message). What is searched for danger words must be
bounded: a million characters would take seconds."""
LARGEST_NUMBER = 2**63 - 1
"""The largest that the store keeps. Telegram's ids have at most 52 bits (https://core.telegram.org/bots/api#chat)."""

_UNSTORABLE = str.maketrans({"\0": "\ufffd"})
"""PostgreSQL keeps no NUL in a text."""


class MalformedUpdateError(ValueError):
    """Not an update as the Bot API describes it. Says nothing of what is in it."""


def decode(raw: Mapping[str, Any], bot: Bot) -> Incoming:
    """One raw update. Raises MalformedUpdateError."""
    try:
        return _decoded(raw, bot)
    except MalformedUpdateError:
        raise
    except Exception:  # whatever python-telegram-bot makes of it; its words could be a person's
        raise MalformedUpdateError from None


def _decoded(raw: Mapping[str, Any], bot: Bot) -> Incoming:
    if [kind for kind in ALLOWED_UPDATES if raw.get(kind) is not None] == ["callback_query"]:
        return _tap(_number(raw["update_id"]), raw["callback_query"], bot)
    update = Update.de_json(dict(raw), bot)
    update_id = _number(update.update_id)
    parts = [part for part in (update.callback_query, update.message, update.my_chat_member) if part is not None]
    match parts:
        case []:
            return Incoming(update_id, Came.IGNORED)
        case [Message() as message]:
            return _message(update_id, message)
        case [ChatMemberUpdated() as change]:
            return _member(update_id, change)
        case _:  # Telegram puts one thing into an update
            raise MalformedUpdateError


def _tap(update_id: int, query: Mapping[str, Any], bot: Bot) -> Incoming:
    """A tap comes with the whole message it was made on, which the bot wrote itself and nobody reads. To make all of
    that into objects would take most of the time of decoding, and taps are most of what comes: only what is read is."""
    callback_id = _text(query["id"])
    sender, message = User.de_json(query["from"], bot), query.get("message")
    if message is None or (chat := Chat.de_json(message["chat"], bot)).type != ChatType.PRIVATE:
        return Incoming(update_id, Came.GROUP, callback_id=callback_id)
    if not _is_own_chat(chat, sender):
        return Incoming(update_id, Came.IGNORED, callback_id=callback_id)
    return Incoming(
        update_id,
        Came.TAP,
        chat_id=chat.id,
        message_id=_number(message["message_id"]),
        data=_text(query.get("data")),
        callback_id=callback_id,
        language=_language(sender),
        name=_text(sender.first_name, LONGEST_NAME),
    )


def _message(update_id: int, message: Message) -> Incoming:
    sender = message.from_user
    chat_id, message_id = _number(message.chat.id), _number(message.message_id)
    if message.chat.type != ChatType.PRIVATE and chat_id < 0:
        return Incoming(update_id, Came.GROUP, chat_id=chat_id, message_id=message_id)
    if sender is None or not _is_own_chat(message.chat, sender):
        return Incoming(update_id, Came.IGNORED)
    plain_text = message.text is not None and message.forward_origin is None
    return Incoming(
        update_id,
        Came.TEXT if plain_text else Came.UNWANTED,
        chat_id=chat_id,
        message_id=message_id,
        text=_text(message.text) or _text(message.caption),
        language=_language(sender),
        name=_text(sender.first_name, LONGEST_NAME),
    )


def _member(update_id: int, change: ChatMemberUpdated) -> Incoming:
    if not _is_own_chat(change.chat, change.from_user):
        return Incoming(update_id, Came.IGNORED)
    blocked = change.new_chat_member.status in ("kicked", "left")
    return Incoming(update_id, Came.BLOCKED if blocked else Came.UNBLOCKED, chat_id=change.chat.id)


def _is_own_chat(chat: Chat, person: User) -> bool:
    """Whether this is the private chat with that person, which has the person's own number."""
    return chat.type == ChatType.PRIVATE and _number(chat.id) == _number(person.id) > 0


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _number(value: object) -> int:
    if not _is_number(value):
        raise MalformedUpdateError
    return value


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    """A text as it can be kept, "" for none: half characters and NULs are replaced, and what is too long is cut."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedUpdateError
    whole = value[:longest].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.translate(_UNSTORABLE)


def _language(person: User) -> str | None:
    """Telegram's code for the app's language."""
    return _text(person.language_code, LONGEST_LANGUAGE) or None


def update_id_of(raw: object) -> int | None:
    """The number of a raw update, if it has one that can be kept: without, nobody could tell whether it came twice."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if _is_number(number) else None


def sender_of(raw: Mapping[str, Any]) -> int | None:
    """Whose private chat a raw update comes from, as far as that can be read: also of one that is malformed."""
    for kind in ALLOWED_UPDATES:
        part = _object(raw, kind)
        number = _object(part, "from").get("id")
        chat = _object(_object(part, "message") if kind == "callback_query" else part, "chat")
        if _is_number(number) and number > 0 and (chat.get("id"), chat.get("type")) == (number, ChatType.PRIVATE):
            return number
    return None


def _object(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = raw.get(name)
    return value if isinstance(value, dict) else {}
