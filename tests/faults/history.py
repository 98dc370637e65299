"""One chat's history, put together for the checker: what its person did, what they were told, what the store holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.screens import codes
from bot.screens.codes import Pressed
from tests.faults.phones import Act, Done, Phone
from tests.faults.practitioners import DANGER_SAID
from tests.faults.store_contents import Contents, Line, PersonHeld, WalkHeld
from tests.faults.telegrams_side import Call

MOVES_ON = ("tap", "say", "send")
"""What a person does that the bot answers with a screen of the next revision."""
IN_DANGER = ("1", "2")
SCREENS_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""A new person's screens are numbered from the milliseconds since then: no number comes back after a deletion."""


@dataclass(frozen=True)
class DealtWith:
    """An update that the store says is dealt with. `before` is the revision of the screen that it met."""

    done: Done
    moment: datetime
    before: int

    @property
    def pressed(self) -> Pressed | None:
        """The button that was tapped, or typed for, if it belonged to the screen of that moment."""
        pressed = pressed_by(self.done.act)
        return pressed if pressed is not None and pressed.revision == self.before else None


@dataclass(frozen=True)
class History:
    """Everything known of one chat. `calls` are those made in it, oldest first."""

    phone: Phone
    calls: list[Call]
    contents: Contents

    @property
    def chat(self) -> int:
        """The chat's id."""
        return self.phone.person_id

    @property
    def person(self) -> PersonHeld | None:
        """Who the store says this is."""
        return self.contents.people.get(self.chat)

    @property
    def walks(self) -> list[WalkHeld]:
        """The walks that the store holds of them."""
        person = self.person
        return [] if person is None else [one for one in self.contents.walks.values() if one.person_id == person.id]

    @property
    def lines(self) -> Iterator[tuple[WalkHeld, Line]]:
        """Every line of every log that is still kept."""
        return ((walk, line) for walk in self.walks for line in walk.log)

    @property
    def moving(self) -> list[Done]:
        """What was done that moves the screen on."""
        return [one for one in self.phone.done if one.act.kind in MOVES_ON]

    @property
    def dealt_with(self) -> list[DealtWith]:
        """What the store says of it is dealt with, in the order it was done."""
        moments = self.contents.dealt_with
        found = [one for one in self.moving if one.update_id in moments]
        first = (moments[found[0].update_id] - SCREENS_COUNTED_FROM) // timedelta(milliseconds=1) if found else 0
        return [DealtWith(one, moments[one.update_id], before) for before, one in enumerate(found, first)]

    @property
    def forgotten(self) -> bool:
        """Whether they had everything deleted."""
        dealt_with = self.dealt_with
        typed = _forgets_by_a_number([one.done.act for one in dealt_with])
        return typed or any(forgets(one.pressed) for one in dealt_with)

    @property
    def told(self) -> list[Call]:
        """The calls that showed the person something."""
        return [call for call in self.calls if call.shows]


def pressed_by(act: Act) -> Pressed | None:
    """The button that an act means."""
    try:
        return codes.read(act.data) if act.data else None
    except codes.UnreadableButtonError:
        return None


def forgets(pressed: Pressed | None) -> bool:
    """Whether this is the button that deletes everything."""
    return pressed is not None and pressed.press.verb == "forget" and pressed.press.first == "yes"


def asks_to_be_forgotten(acts: Sequence[Act]) -> bool:
    """Whether any of this may delete everything, once it is dealt with."""
    return _forgets_by_a_number(acts) or any(forgets(pressed_by(act)) for act in acts)


def _forgets_by_a_number(acts: Sequence[Act]) -> bool:
    """Whoever does not wait types a number for one screen, and it is taken for the next one's."""
    return any((one.text, then.kind, then.text) == ("/delete_my_data", "say", "1") for one, then in pairwise(acts))


def is_urgent(act: Act) -> bool:
    """Whether somebody is, or may be, in danger now."""
    if act.kind == "say":
        return act.text in DANGER_SAID
    pressed = pressed_by(act)
    if pressed is None or act.kind != "tap":
        return False
    press = pressed.press
    return press.verb == "danger" or (press.verb == "option" and press.first == "danger" and press.second in IN_DANGER)
