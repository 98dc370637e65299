"""A screen that the bot shows by itself, in the place of the one that the chat holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.screens.worded import worded
from bot.store import escalations, messages, outbox
from bot.turns.call import Call, say_in
from bot.turns.showing import TALKS, screen_of
from bot.turns.turn import CLOSED, ENDS, FOLLOW_UP, HELP_NOW, REVIEW, Turn

STAYS = timedelta(hours=1)


def at_999(turn: Turn) -> bool:
    """Whether the chat shows the 999 text and did not do so for long: nothing that the bot says by itself may take its
    place (INV-1). That text is always a new message, so its age is known."""
    if turn.seen not in HELP_NOW:
        return False
    standing = messages.to_delete_in_chat(turn.transaction, turn.person.id)
    living = turn.person.screen.message_id
    return any(one.message_id == living and turn.at < one.sent_at + STAYS for one in standing)


def unread_end(turn: Turn) -> bool:
    """Whether the chat is still to be told that something was closed."""
    return turn.seen == CLOSED and bool(outbox.count_of_chat(turn.transaction, turn.person.chat_id))


def asked_lately(turn: Turn) -> bool:
    """Whether the bot itself has said something here not long ago, which would be lost unread: it asked if something
    was done, or a record looked at again, or named the day on which one goes."""
    parts = turn.detail.split("|")
    said_at = {FOLLOW_UP: parts[-1], REVIEW: parts[0], ENDS: parts[0]}.get(turn.seen, "")
    return "T" in said_at and turn.at < datetime.fromisoformat(said_at) + STAYS


def in_talk(turn: Turn) -> bool:
    """Whether the chat shows a call for a lead that was taken not long ago, or in which something was said: what is
    typed next is meant for the other."""
    last = escalations.last_said_at(turn.transaction, turn.detail) if turn.seen in TALKS else None
    return last is not None and turn.at < last + STAYS


def show_unasked(turn: Turn, *, silent: bool = True, in_place: bool = False) -> None:
    """Write down what the chat shows from now on, and have it sent, at the bot's own pace: as a new message, or
    `in_place` of the old one and not at all where that is gone. Whoever has blocked the bot is not written to, and
    finds it when they come back."""
    screen = turn.saved_screen(turn.person.screen.message_id)
    if turn.person.blocked_at is not None:
        return
    translate = turn.translate
    call = Call(
        turn.person.chat_id,
        "screen",
        translate.language,
        worded(screen_of(turn), translate, turn.reference, screen.revision),
        screen.revision,
        fresh=not in_place,
        in_place=in_place,
        silent=silent,
    )
    say_unasked(turn, call)


def say_unasked(turn: Turn, call: Call) -> None:
    """Write down something else that the bot says or does in a chat by itself."""
    row_id = turn.surroundings.new_id()
    say_in(turn.transaction, call, row_id=row_id, person_id=turn.person.id, lane="own", at=turn.at)
