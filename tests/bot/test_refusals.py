"""What the bot does not take: pictures, voice, files, contacts, places, forwarded messages, groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram import Bot

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import people
from bot.telegram.decoding import MalformedUpdateError, decode, sender_of, update_id_of
from bot.turns.incoming import Came, Incoming
from tests.bot.direct import open_intake
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


ODD_NUMBERS: tuple[object, ...] = (None, True, "7", 7.0, 2**63, [7], {})


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_what_is_no_number_that_can_be_kept_is_refused(number: object) -> None:
    """The store would raise, or take "7" for the person whose number is 7."""
    for update in (
        _update(message={**_text(), "message_id": number}),
        _update(message={**_text(), "chat": {"id": number, "type": "private"}}),
        {**_update(message=_text()), "update_id": number},
    ):
        with pytest.raises(MalformedUpdateError):
            decode(update, Bot("1:a"))
    assert update_id_of({"update_id": number}) is None


def test_a_private_chat_is_its_persons_own() -> None:
    """Whoever an update names besides, nobody speaks in another's chat, and nobody else is told of it."""
    anothers = _text(chat=8)
    tap = {"id": "1", "from": anothers["from"], "chat_instance": "x", "data": "d", "message": anothers}
    for update in (_update(message=anothers), _update(callback_query=tap)):
        assert decode(update, Bot("1:a")).came is Came.IGNORED
        assert sender_of(update) is None
    with pytest.raises(MalformedUpdateError):
        decode(_update(message=_text(), my_chat_member={"chat": {"id": 8, "type": "private"}}), Bot("1:a"))


def test_a_text_is_cut_and_holds_only_what_can_be_kept() -> None:
    """Half a character cannot be written down, PostgreSQL keeps no NUL, and a million characters take seconds."""
    incoming = decode(_update(message={**_text(), "text": "a\0b\ud800c 😀" + "x" * 1_000_000}), Bot("1:a"))
    assert incoming.text == "a\ufffdb\ufffdc 😀" + "x" * 4089


@pytest.mark.parametrize("part", ["questions' mark", "revision", "verb", "question"])
@pytest.mark.parametrize("odd", ["-1", "+1", "1_0", " 1", "\u0661", "01", "x" * 60, "1.1"])
def test_only_what_is_written_into_buttons_is_a_button(part: str, odd: str) -> None:
    """A phone's app may send anything: other spellings of the same numbers are nothing that the bot ever wrote."""
    names = ("questions' mark", "walk", "revision", "verb", "question", "option")
    parts = dict(zip(names, codes.write(Press("tick", "worry", "1"), "SW-ABCDE", 7).split("."), strict=True))
    with pytest.raises(codes.UnreadableButtonError):
        codes.read(".".join({**parts, part: odd}.values()))


def test_of_an_update_that_is_set_aside_its_sender_is_told_once(tmp_path: Path) -> None:
    """Also where Telegram never heard that it was dealt with, and brings it again."""
    intake = open_intake(tmp_path)
    malformed = Incoming(5, Came.IGNORED, chat_id=7)
    told = [intake.failed(malformed, MalformedUpdateError(), None, final=True).result() for _ in range(2)]
    intake.store.close()
    assert [len(said or ()) for said in told] == [1, 0]
