"""What 999 stands over: what was typed as a note, to be added to a record, or to somebody else. When danger is over,
the chat goes back to it; it stands in the 999 screen's detail until then."""

from __future__ import annotations

from bot.turns.turn import BEFORE_999, Turn

NOT_KEPT = "not_kept"
"""Detail of a 999 screen: what was typed there as a note is gone. A record's reference: what was typed to be added."""

FOR_OTHERS = ("asked", "case", "hand_back", "differ")
"""The views in which one writes to somebody else."""

_MARK = ":"
"""Between a talk's view and its detail; no reference has one."""

Talk = tuple[str, str]
"""A view for others, and its detail."""


def held_back(turn: Turn) -> str:
    """What the screens that go before a note, an addendum or a talk stand over."""
    return turn.detail if turn.seen in BEFORE_999 else ""


def over_what(turn: Turn) -> str:
    """The same for a 999 screen that comes up now: it may come up over a talk."""
    return held_as(talk) if (talk := talk_shown(turn)) is not None else held_back(turn)


def held_as(talk: Talk) -> str:
    """The talk as it stands in the detail of the screen over it."""
    return _MARK.join(talk)


def talk_shown(turn: Turn) -> Talk | None:
    """The talk that the chat shows, and showed before."""
    return (turn.view, turn.detail) if turn.view == turn.seen and turn.view in FOR_OTHERS else None


def talk_held_back(turn: Turn) -> Talk | None:
    """The talk that 999 stands over."""
    view, _, detail = held_back(turn).partition(_MARK)
    return (view, detail) if view in FOR_OTHERS and detail else None
