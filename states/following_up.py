"""What a practitioner said they would do, asked about until they answer (RF-1 to RF-3).

Two questions, one after the other, and never both: did you do it, and have you heard back? When each is asked is a
table of pauses; the shell turns a pause into a moment on the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from states.escalation import Urgency, urgency_of
from states.questions.decision import ASK_LEAD, SHARED
from states.rules import O1, O2, O3, O4, O11
from states.walk import Walk


class Asked(StrEnum):
    """The question that stands over a record."""

    RING = "ring"
    SHARE = "share"
    LEAD = "lead"
    HEARD = "heard"


class Reply(StrEnum):
    """What may be answered."""

    YES = "yes"
    NOT_YET = "not_yet"
    WILL_NOT = "will_not"
    HEARD = "heard"
    NOT_HEARD = "not_heard"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"


class Reason(StrEnum):
    """Why somebody will not do what they said they would."""

    KNOWN = "known"
    ADVISED = "advised"
    WISH = "wish"
    LESS = "less"
    OTHER = "other"


_DID_YOU = (Reply.YES, Reply.NOT_YET, Reply.WILL_NOT)
REPLIES: Mapping[Asked, tuple[Reply, ...]] = {
    Asked.RING: _DID_YOU,
    Asked.SHARE: _DID_YOU,
    Asked.LEAD: _DID_YOU,
    Asked.HEARD: (Reply.HEARD, Reply.NOT_HEARD, Reply.REFUSED, Reply.NOT_NEEDED),
}
"""What may be answered to each question."""


class Pause(StrEnum):
    """How long until it is asked. Only those that say so go through the night."""

    HOUR = "an hour, by night too"
    TWO_HOURS = "two hours, by night too"
    FOUR_HOURS = "four hours, by night too"
    THIS_AFTERNOON = "four hours, or late in the afternoon if that is sooner, but an hour at least"
    TWO_HOURS_BY_DAY = "two hours, or the next morning"
    MORNING = "the next morning"
    WORKING_MORNING = "the next working morning"
    WORKING_DAY = "one working day"
    WEEK = "a week, in the morning"


FIRST: Mapping[Urgency, Pause] = {
    Urgency.EMERGENCY: Pause.HOUR,
    Urgency.TODAY: Pause.THIS_AFTERNOON,
    Urgency.ROUTINE: Pause.WORKING_MORNING,
}
"""From the record to "did you?"."""

NOT_YET: Mapping[Urgency, Pause] = {
    Urgency.EMERGENCY: Pause.HOUR,
    Urgency.TODAY: Pause.TWO_HOURS_BY_DAY,
    Urgency.ROUTINE: Pause.WORKING_MORNING,
}
"""From "not yet" to the same question again."""

FOUR_MORNINGS = (Pause.MORNING,) * 4
UNANSWERED: Mapping[Urgency, tuple[Pause, ...]] = {
    Urgency.EMERGENCY: (Pause.HOUR, Pause.TWO_HOURS, Pause.FOUR_HOURS, *FOUR_MORNINGS, Pause.WEEK),
    Urgency.TODAY: (Pause.TWO_HOURS_BY_DAY, *FOUR_MORNINGS, Pause.WEEK),
    Urgency.ROUTINE: (*(Pause.WORKING_MORNING,) * 4, Pause.WEEK),
}
"""From one "did you?" that nobody answered to the next; the last goes on for ever. It widens, so that it chases without
wearing people out; it never ends by itself, since silence is not "done"."""

HEARD_FIRST = Pause.WORKING_DAY
HEARD_UNANSWERED = (*FOUR_MORNINGS, Pause.WEEK)
NOT_HEARD = Pause.MORNING
"""RF-3: one working day, then daily."""

HEARD_FROM = 100
"""A due row counts how often it was asked in vain. From here on it counts the second question."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be asked about a record: its first question, how urgent it was, and whether somebody who was told
    should answer."""

    question: Asked
    urgency: Urgency
    hears: bool

    @property
    def stage(self) -> int:
        """At which stage its row begins."""
        return HEARD_FROM if self.question is Asked.HEARD else 0

    @property
    def first(self) -> Pause:
        """How long after the record it is asked."""
        return HEARD_FIRST if self.question is Asked.HEARD else FIRST[self.urgency]

    def asked_at(self, stage: int) -> Asked:
        """The question that stands at this stage."""
        return Asked.HEARD if stage >= HEARD_FROM else self.question

    def unanswered(self, stage: int) -> Pause:
        """How long until it is asked again where nobody answers."""
        pauses = HEARD_UNANSWERED if stage >= HEARD_FROM else UNANSWERED[self.urgency]
        return pauses[min(stage % HEARD_FROM, len(pauses) - 1)]

    def kept(self) -> dict[str, str | bool]:
        """As the record keeps it."""
        return {"question": self.question.value, "urgency": self.urgency.value, "hears": self.hears}


def next_stage(stage: int) -> int:
    """It was asked once more in vain; what has no end is not counted for ever."""
    return stage + 1 if stage % HEARD_FROM < HEARD_FROM - 1 else stage


def follow_up_kept(kept: Mapping[str, object] | None) -> FollowUp | None:
    """What `FollowUp.kept` kept; None where there is nothing to ask."""
    if not kept:
        return None
    return FollowUp(Asked(str(kept["question"])), Urgency(str(kept["urgency"])), bool(kept["hears"]))


RING_AGAIN_AFTER = frozenset({O1, O2, O3, O4, O11})
"""The outcomes whose call must be followed up where nobody answers (RF-3)."""
RINGS = RING_AGAIN_AFTER - {O2}
"""The outcomes that say to ring. What a court or a law wants is answered with the lead, not by a call."""
ANSWERS_BACK = ("childrens_service", "adults_service", "police", "worker_contact")
"""With whom it was shared: those who decide something, and tell whoever reported it (RF-2)."""


def wants_an_answer(walk: Walk) -> bool:
    """Whether it was shared with somebody who should answer: no word in one working day means ringing again (RF-3)."""
    return walk.here.advice.outcome in RING_AGAIN_AFTER and walk.here.answered("decision", SHARED)


def follow_up_of(walk: Walk) -> FollowUp | None:
    """What must be asked after this walk's decision; None where they said that they would do nothing, or have done it
    and nobody is to answer. A day to look again there is beside it (REC-13)."""
    if not walk.advised:
        return None
    here, urgency = walk.here, urgency_of(walk.here.advice)
    if here.answered("decision", ASK_LEAD):
        spoken = here.answered("lead_spoken", "agrees", "disagrees")
        return None if spoken else FollowUp(Asked.LEAD, urgency, hears=False)
    if not here.answered("decision", SHARED):
        return None
    rings = here.advice.outcome in RINGS
    hears = wants_an_answer(walk) or here.answered("with_whom", *ANSWERS_BACK)
    if here.answered("done", "just_now", "earlier"):
        return FollowUp(Asked.HEARD, urgency, hears=True) if hears else None
    return FollowUp(Asked.RING if rings else Asked.SHARE, urgency, hears)
