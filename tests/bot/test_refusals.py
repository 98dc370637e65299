"""What the bot does not take: pictures, voice, files, contacts, places, forwarded messages, groups."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.store import people
from bot.telegram.decoding import decode
from bot.turns.incoming import Came
from tests.bot.places import at
from tests.bot.running import RunningBot, wait_until

CANARY = "canary-7f3k2-quixotic"


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        *((kind, "danger") for kind in ("photo", "voice", "document", "contact", "location", "forward")),
        *(("photo", "note"), ("voice", "addendum"), ("forward", "note")),
    ],
)
def test_it_is_refused_deleted_and_never_opened(shared: RunningBot, kind: str, place: str) -> None:
    phone = at(shared.newcomer(), place)
    before = phone.turn
    phone.person.send(kind, CANARY if kind in ("photo", "document", "forward") else "")
    phone.settled()
    assert "did not open it" in phone.screen
    assert phone.turn.log == before.log
    assert len(phone.readable()) == 1, "what was sent is gone, and so is the old screen"
    assert CANARY not in str(phone.readable())
    assert shared.telegram.calls("getFile") == []


def test_groups_are_refused_and_nothing_of_them_is_kept(shared: RunningBot) -> None:
    person = shared.telegram.person("Somebody in a group")
    group = shared.telegram.group("A team", person)
    shared.telegram.say_in_group(group, person, f"/start {CANARY}")
    wait_until(lambda: "private chat" in str(shared.telegram.group_view(group)))
    assert not _knows(shared, group)
    assert not _knows(shared, person.id)


def _knows(running: RunningBot, chat_id: int) -> bool:
    with running.store.reading() as transaction:
        return people.find(transaction, chat_id) is not None


def _update(**parts: object) -> dict[str, object]:
    return {"update_id": 5, **parts}


def _text(kind: str = "private", chat: int = 7) -> dict[str, object]:
    return {
        "message_id": 3,
        "date": 1,
        "text": "hello",
        "chat": {"id": chat, "type": kind, "title": "t"},
        "from": {"id": 7, "is_bot": False, "first_name": "A", "language_code": "en"},
    }


@pytest.mark.parametrize(
    ("update", "came"),
    [
        (_update(message=_text()), Came.TEXT),
        (_update(edited_message=_text()), Came.IGNORED),
        (_update(channel_post=_text("channel")), Came.IGNORED),
        (_update(message=_text("group", -5)), Came.GROUP),
        (_update(message=_text("supergroup", -5)), Came.GROUP),
        (_update(something_new={"id": 1}), Came.IGNORED),
        (
            _update(
                callback_query={
                    "id": "1",
                    "from": {"id": 7, "is_bot": False, "first_name": "A"},
                    "chat_instance": "x",
                    "data": "d",
                    "message": _text("group", -5),
                }
            ),
            Came.GROUP,
        ),
    ],
)
def test_what_an_update_is_taken_for(update: dict[str, object], came: Came) -> None:
    """Edited messages and whatever Telegram invents next are ignored; a tap in a group counts as the group's."""
    assert decode(update, Bot("1:a")).came is came
