"""No call for a lead ends in silence, whatever leads do (E1 of the goals): each ends with a person who can act, or its
practitioner was told lately that nobody has answered, and the next rung is due.

`ESCALATIONS=100000 python -m pytest tests/bot/test_silent_ends.py -n 0` is the long run.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.store import due, escalations, organisations, people
from bot.store.escalations import Escalation
from bot.turns.incoming import Came, Incoming
from bot.turns.ladder import can_hold
from bot.turns.later import ESCALATION
from bot.turns.telling import ByItself
from states.escalation import State
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat, updates
from tests.bot.places import at
from tests.bot.several import Club

COUNT = int(os.environ.get("ESCALATIONS", "10"))
A_CLUB = 10
"""Escalations in one organisation, one after the other, each by somebody new."""
ROLES = (OrganisationRole.LEAD, OrganisationRole.DEPUTY, OrganisationRole.DUTY_CONTACT, OrganisationRole.ADMINISTRATOR)
TOLD_WITHIN = timedelta(minutes=17)
"""A rung of "today", and the steps in which a test lets time pass."""


class Lead:
    """Somebody who answers, sleeps, declines, hands back, blocks the bot, comes back, or is suspended, by chance."""

    def __init__(self, club: Club, number: int, chance: Random) -> None:
        self.club, self.chance = club, chance
        self.chat = club.member(f"Lead {number}", chance.choice(ROLES))

    def acts(self) -> None:
        """Do something, or sleep."""
        what = self.chance.choices(
            ("sleep", "take", "decline", "hand back", "close", "block", "unblock", "suspend", "resume", "jump"),
            (60, 8, 6, 4, 2, 4, 6, 4, 6, 1),
        )[0]
        match what:
            case "take":
                self._tap("I'll take it")
            case "decline":
                self._tap("I cannot take this")
            case "hand back":
                self._tap("Hand it back", "Nothing: hand it back")
            case "close":
                self._tap("Close it", "I have dealt with it myself")
            case "block" | "unblock":
                came = Came.BLOCKED if what == "block" else Came.UNBLOCKED
                self.chat.give(Incoming(next(updates), came, self.chat.id))
            case "suspend" | "resume":  # the row alone: nobody is told, as if everything else had failed
                with self.club.intake.store.transaction() as transaction:
                    person = people.find(transaction, self.chat.id)
                    for one in organisations.memberships_of(transaction, person.id if person else ""):
                        organisations.save_status(transaction, one.id, "suspended" if what == "suspend" else "active")
            case "jump":  # the clock is set
                self.club.now += timedelta(hours=self.chance.choice((-1, 1)))

    def _tap(self, *labels: str) -> None:
        for label in labels:
            if any(label in data for _, data in self.chat.messages.values()):
                self.chat.tap(label)


def ended(club: Club, sam: DirectChat, told_at: dict[int, object]) -> str:
    """How the call of this practitioner ended; what is wrong begins with an exclamation mark."""
    with club.intake.store.reading() as transaction:
        person = people.find(transaction, sam.id)
        one: Escalation | None = escalations.open_of(transaction, person.id) if person else None
        if one is None:
            return "closed"
        row = due.find(transaction, ESCALATION, one.id)
        if row is None:
            return "! nothing is due"
        if one.state is State.TAKEN:
            acting = ByItself(transaction, club.intake.surroundings, club.now)
            return "taken" if can_hold(acting, one) else "! taken by nobody who can act"
    told = told_at.get(sam.id)
    return "told that nobody has" if told is not None and club.now - told <= TOLD_WITHIN else "! silent"  # type: ignore[operator]


def test_no_escalation_ends_in_silence(tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(-(-COUNT // A_CLUB)):
        chance = Random(number)
        club = Club(tmp_path / str(number))
        leads = [Lead(club, lead, chance) for lead in range(chance.randint(1, 5))]
        for _ in range(min(A_CLUB, COUNT)):
            sam = at(club.member(f"Sam {len(club.chats)}", OrganisationRole.PRACTITIONER), "danger")
            sam.tap("Speak to my lead", "No")
            told_at: dict[int, object] = {sam.id: club.now}
            seen = len(sam.messages)
            for _ in range(chance.randint(20, 120)):
                chance.choice(leads).acts()
                club.pass_time(timedelta(minutes=1))
                if len(sam.messages) > seen:
                    seen, told_at[sam.id] = len(sam.messages), club.now
            for _ in range(6):  # long enough for what nobody was told of
                club.pass_time(timedelta(minutes=1))
                if len(sam.messages) > seen:
                    seen, told_at[sam.id] = len(sam.messages), club.now
            outcomes[ended(club, sam, told_at)] += 1
        club.close()
    print(dict(outcomes))
    assert not [outcome for outcome in outcomes if outcome.startswith("!")], outcomes
    assert {"taken", "told that nobody has"} <= {*outcomes}, "both ways to end must come up"
