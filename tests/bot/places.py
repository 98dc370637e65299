"""The states a chat can be in, by name, for the tables that hold in each of them."""

from __future__ import annotations

from typing import TypeVar

from bot.typed.identifier_kinds import Kind
from tests.bot.direct import DirectChat
from tests.bot.running import Phone
from tests.bot.walking import Chat, begin

C = TypeVar("C", bound=Chat)

NAMELIKE = "Spoke with Priya Sharma yesterday."
WALK = ("first screen", "danger", "worry", "advice", "decision", "note", "check", "saved")
BESIDE = ("signpost", "note warning", "addendum", "half ticked")
PAGES = (
    *("/help", "/where", "/why", "/rules", "/records", "/mode", "/privacy", "/language", "/cancel"),
    *("/delete_my_data", "/start", "/danger"),
)
DETAILS = {
    "saved": "SW-ABCDE|2026-12-01",
    "note_warning": next(iter(Kind)).name,
    "add": "SW-ABCDE",
    "reminder": "2026-12-01",
    "closed": "SW-ABCDE",
    "follow_up": "SW-ABCDE|2026-12-01T09:00+00:00",
    "disagree": "321|SW-ABCDE",
    "followed": "SW-ABCDE|yes",
    "will_not": "SW-ABCDE",
    "review": "2026-12-01|again|SW-ABCDE,SW-FGHJK!",
}
"""What belongs to the views that cannot be without."""
EVERYWHERE = ("no walk", *WALK, *BESIDE, *PAGES)


def ahead(chat: Chat, wanted: str) -> None:
    """Bring a new person's walk to a question. A phone joins when it is there: going through the questions before
    over the network is the matter of other tests."""
    if not isinstance(chat, Phone) or wanted in ("entry", "danger"):
        begin(chat, wanted)
    elif wanted == "saved":
        ahead(chat, "check")
        chat.tap("Save the record")
    else:
        begin(DirectChat(chat.bot.aside(), chat_id=chat.id), wanted)
        chat.say("/start")
        chat.tap("Go on")


def at(chat: C, place: str) -> C:
    """Bring a new person's chat to a named state; a page is opened in the middle of a walk."""
    match place:
        case "no walk":
            pass
        case "signpost":
            chat.say("/start")
            chat.tap("I am under 18")
        case "note warning":
            ahead(chat, "note")
            chat.say(NAMELIKE)
            assert chat.turn.view == "note_warning"
        case "addendum":
            ahead(chat, "saved")
            chat.tap("Show the record", "Add something to it")
            assert chat.turn.view == "add"
        case "half ticked":
            ahead(chat, "worry")
            chat.say("2")
            assert chat.turn.ticks == {"2"}
        case _ if place in WALK:
            ahead(chat, {"first screen": "entry"}.get(place, place))
        case page:
            ahead(chat, "worry")
            chat.say(page)
    return chat
