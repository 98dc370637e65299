"""No call for a lead ends in silence (E1 of the goals), over many thousand of them on a clock of their own: leads who
answer, sleep, decline, hand back, go off duty, block the bot, are suspended, leave and come back; workers that die with
a rung in hand; clocks that are set; nights, weekends, holidays and both changes of summer time.

What decides is the bot's own `states.climbing`; around it is as little as there can be: who is there, and one row that
is due. `ESCALATIONS=100000 python -m pytest tests/states/test_simulated_escalations.py -n 0 -s` is the long run;
tests/bot/test_silent_ends.py does a few of them on the real store.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from states.arrangements import Arrangements, changed
from states.climbing import WIDEST, Circumstances, Climbed, begun, climbed, given_back, no_later, not_before
from states.escalation import CLOSE, LADDER, TAKE, Contact, State, Urgency, after
from states.roles import ANSWER_FOR_LEADS, OrganisationRole
from states.rota import OUT_OF_HOURS, WORKING_DAYS, Calendar, Duty, is_on_duty, read_hours

COUNT = int(os.environ.get("ESCALATIONS", "2000"))
HERE = Calendar(
    ZoneInfo("Europe/London"), {date(2026, 12, 25), date(2026, 12, 28), date(2027, 3, 26), date(2027, 3, 29)}
)
WATCHED_EVERY, LEASE = timedelta(minutes=5), timedelta(seconds=30)
BEGINNINGS = [
    datetime(2026, 10, 24, 22, tzinfo=UTC),  # the night in which an hour comes twice
    datetime(2027, 3, 27, 22, tzinfo=UTC),  # the night in which one is left out
    datetime(2026, 12, 24, 15, tzinfo=UTC),  # before Christmas
    datetime(2026, 12, 1, 10, tzinfo=UTC),
    datetime(2026, 12, 4, 23, tzinfo=UTC),  # a Friday night
]
HOURS = ((), read_hours(WORKING_DAYS), read_hours(OUT_OF_HOURS))
ACTS = (
    "take",
    "decline",
    "hand back",
    "close",
    "block",
    "unblock",
    "suspend",
    "resume",
    "leave",
    "off",
    "on",
    "set clock",
)
CHANCES = (8, 5, 4, 2, 3, 3, 2, 2, 1, 2, 2, 1)
ACTING = {Urgency.EMERGENCY: (0.2, 1, 3), Urgency.TODAY: (1, 4, 24), Urgency.ROUTINE: (4, 30, 120)}
"""Hours in which leads do something."""
JUMPS = [timedelta(hours=hours) for hours in (-24, -1, 1, 24)]


@dataclass
class Lead:
    """One person in one role."""

    name: str
    role: OrganisationRole
    hours: tuple[object, ...]
    duty: Duty = field(default_factory=Duty)
    blocked: bool = False
    suspended: bool = False
    declined: bool = False

    @property
    def reachable(self) -> bool:
        return not (self.blocked or self.suspended)


class Simulated:
    """One call for a lead, from asking to its end."""

    def __init__(self, number: int) -> None:
        self.chance = chance = Random(number)
        roles = (*ANSWER_FOR_LEADS, OrganisationRole.ADMINISTRATOR)
        self.leads = [Lead(str(one), chance.choice(roles), chance.choice(HOURS)) for one in range(chance.randint(0, 6))]
        self.out = {one.name for one in self.leads if chance.random() < 0.15}
        self.arranged = Arrangements()
        if chance.random() < 0.3:
            self.arranged = changed(self.arranged, "quiet", chance.choice(("none", "18:00-10:00", "0-24")))
        self.urgency = chance.choice(list(Urgency))
        self.now = chance.choice(BEGINNINGS) + timedelta(minutes=chance.randint(0, 600))
        self.holder: Lead | None = None
        self.rungs = 0
        self.state, self.due, self.told = State.LEAD, self.now, self.now
        self._climbed(begun(self.circumstances))

    @property
    def circumstances(self) -> Circumstances:
        contacts = [
            Contact(
                one.name,
                one.role,
                is_on_duty(one.hours, one.duty, self.now, HERE) and not one.declined,  # type: ignore[arg-type]
                one.reachable,
            )
            for one in self.leads
        ]
        return Circumstances(self.urgency, contacts, self.out, self.arranged, HERE, self.now, self.rungs)

    def _climbed(self, next_: Climbed) -> None:
        """Whoever asked is told at every rung who is asked, and what to do meanwhile."""
        self.state, self.due, self.told, self.holder = next_.asking.rung, next_.until, self.now, None
        self.rungs += 1
        assert self.due >= self.now
        asked = [one for one in self.leads if one.name in next_.asking.people]
        assert all(one.reachable and one.name not in self.out for one in asked)
        nobody = not asked and self.state is not State.LATER
        assert not nobody or self.state is State.EVERYBODY, "no rung is waited on that has nobody"

    def goes_on(self, until: datetime, *, acts: bool) -> None:
        """Let time pass with what is due and, if they do, what leads do."""
        while self.now < until and self.state is not State.CLOSED:
            act_at = self.now + timedelta(minutes=self.chance.expovariate(1 / 20)) if acts else until
            self.now = min(max(self.due, self.now), act_at, until)
            if self.due <= self.now:
                self._due()
            elif self.now == act_at and acts:
                self._act()
            self._never_silent()

    def _due(self) -> None:
        """What is due happens, unless the worker that holds it dies: then when its lease has run out."""
        if self.chance.random() < 0.05:
            self.due = self.now + LEASE
        elif self.state is not State.TAKEN and not_before(self.circumstances) > self.now:
            self.due = not_before(self.circumstances)
        elif self.state is not State.TAKEN:
            self._climbed(climbed(self.circumstances, self.state))
        elif self.can_hold:
            self.due = self.now + WATCHED_EVERY
        else:
            self._climbed(given_back(self.circumstances, self.state, self.holder.name if self.holder else None))

    @property
    def can_hold(self) -> bool:
        return self.holder in self.leads and self.holder.reachable

    def _act(self) -> None:
        what = self.chance.choices(ACTS, CHANCES)[0]
        if what == "set clock":
            jump = self.chance.choice(JUMPS)
            self.now += jump
            self.told = min(self.told, self.now) if jump < timedelta() else self.told
            if self.state in LADDER:
                self.due = no_later(self.circumstances, self.due)
            else:
                self.due = min(self.due, self.now + WATCHED_EVERY)
        elif self.leads:
            self._by(self.chance.choice(self.leads), what)

    def _by(self, lead: Lead, what: str) -> None:
        answers = lead.reachable and lead.name not in self.out
        match what:
            case "take" if answers and self.state in LADDER:
                self.state, self.holder = after(self.state, TAKE), lead
                self.due, self.told = self.now + WATCHED_EVERY, self.now
            case "decline" if answers and self.state in LADDER:
                lead.declined = True
            case "hand back" if lead is self.holder:
                self._climbed(given_back(self.circumstances, self.state, lead.name))
            case "close" if lead is self.holder:
                self.state = after(self.state, CLOSE)
            case "block" | "unblock":
                lead.blocked = what == "block"
            case "suspend" | "resume":
                lead.suspended = what == "suspend"
            case "leave":
                self.leads.remove(lead)
            case "off" | "on":
                lead.duty = Duty(what == "on", self.now + timedelta(hours=self.chance.randint(1, 30)))

    def _never_silent(self) -> None:
        """There is always a moment at which something happens, and for what cannot wait it is near."""
        if self.state is State.TAKEN:
            assert self.due <= self.now + WATCHED_EVERY
        elif self.state in LADDER and self.urgency is not Urgency.ROUTINE:
            assert self.due <= self.now + WIDEST * self.arranged.rung(self.urgency) + LEASE, (
                self.state,
                self.due,
                self.now,
            )

    def end(self) -> str:
        """How it ended, once everybody does nothing any more; what is wrong begins with an exclamation mark."""
        patience = timedelta(days=14) if self.urgency is Urgency.ROUTINE else 24 * self.arranged.rung(self.urgency)
        self.goes_on(self.now + patience, acts=False)
        if self.state is State.CLOSED:
            return "closed"
        if self.state is State.TAKEN:
            return "taken" if self.can_hold else "! taken by nobody who can act"
        if self.state is not State.EVERYBODY:
            return f"! still at {self.state}"
        wait = (
            timedelta(days=6)
            if self.urgency is Urgency.ROUTINE
            else WIDEST * self.arranged.rung(self.urgency) + 2 * LEASE
        )
        return "told that nobody has" if self.now - self.told <= wait else "! silent"


def test_none_of_many_escalations_ends_in_silence() -> None:
    outcomes: Counter[str] = Counter()
    rungs = 0
    for number in range(COUNT):
        one = Simulated(number)
        one.goes_on(one.now + timedelta(hours=one.chance.choice(ACTING[one.urgency])), acts=True)
        outcomes[one.end()] += 1
        rungs += one.rungs
    print(f"{dict(outcomes)}, {rungs} rungs")
    assert not [outcome for outcome in outcomes if outcome.startswith("!")], outcomes
    assert {"taken", "told that nobody has", "closed"} == {*outcomes}, "every way to end must come up"
