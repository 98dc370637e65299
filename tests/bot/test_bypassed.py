"""INV-24: a lead whom a worry may be about hears and sees nothing of it, over every path that a call takes and every
command and button there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import escalations
from bot.store.escalations import Escalation
from bot.turns.later import organisation_made
from bot.turns.typing import COMMANDS
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import People

RUNG = timedelta(minutes=16)
WITH_A_REFERENCE = ("records", "find", "disagree")
PRESSES = (
    *(("escalation", verb) for verb in ("take", "decline", "answer", "pass_on", "hand_back", "look_again", "ring_me")),
    *(("view", view) for view in ("found", "case", "close_case", "asked")),
    *(("close", outcome) for outcome in ("agree", "differ", "dealt")),
)
WHO = {"Nobody else": "alex", "Deputy lead": "bo", "Duty contact": "chris"}
"""What is answered to "anybody else?", and somebody who then hears nothing."""


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    with club.intake.store.transaction() as transaction:
        organisation_made(transaction, club.organisation.id, club.intake.surroundings.new_id, club.now)
    yield People(club)
    club.close()


class Watched:
    """A by-passed lead who tries everything, and all that their phone ever showed."""

    def __init__(self, chat: DirectChat, one: Escalation, receipt: str) -> None:
        self.chat, self.one, self.receipt = chat, one, receipt
        self.tried = 0

    def tries_everything(self) -> None:
        """Every command, and every button of a call for a lead, pressed out of place."""
        for command in COMMANDS:
            if command in ("start", "delete_my_data", "receipt"):
                continue
            self._sees_nothing(f"/{command}")
            if command in WITH_A_REFERENCE:
                self._sees_nothing(f"/{command} {self.one.reference}")
        self._sees_nothing(f"/receipt {self.receipt}")
        for verb, first in PRESSES:
            turn = self.chat.turn
            press = codes.write(Press(verb, first, self.one.id), turn.reference, turn.person.screen.revision)
            self.chat.press(press)
            self._look(press)

    def _sees_nothing(self, text: str) -> None:
        self.chat.say(text)
        self._look(text)

    def _look(self, tried: str) -> None:
        self.tried += 1
        shown = " ".join([*(seen.text for seen, _ in self.chat.messages.values()), *self.chat.kept])
        for told in (self.one.reference, self.receipt, self.one.id):
            assert told not in shown.replace(f"/find {told}", ""), tried


@pytest.mark.parametrize("answer", WHO)
def test_inv_24_who_is_bypassed_hears_and_sees_nothing(people_: People, answer: str) -> None:
    at(people_.sam, "danger")
    people_.sam.tap("Speak to my lead", "Yes", answer)
    found = re.search(r"Your receipt: (\S+)", people_.sam.screen.text)
    assert found is not None
    with people_.club.intake.store.reading() as transaction:
        one = escalations.open_in(transaction, people_.club.organisation.id)[0]
    watched = [Watched(getattr(people_, name), one, found[1]) for name in {"alex", WHO[answer]}]

    def everybody_tries() -> None:
        people_.club.deliver()
        for each in watched:
            each.tries_everything()

    everybody_tries()
    people_.club.pass_time(RUNG * 5)  # up the whole ladder, to everybody
    assert people_.rung, "somebody is asked"
    everybody_tries()
    taker = people_.dee
    taker.tap("I'll take it")
    assert not [name for name in ("Alex", WHO[answer].capitalize()) if name in _offered(taker)]
    taker.say("what did you see?")
    people_.club.deliver()
    people_.sam.tap("Answer")
    people_.sam.say("a bruise")
    everybody_tries()
    people_.club.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    people_.club.pass_time(timedelta(minutes=2))  # the morning's list
    taker.say("/mine")
    taker.tap(one.reference, "Open it", "Hand it back", "Nothing: hand it back")
    everybody_tries()
    people_.club.member("Alex again", OrganisationRole.ADMINISTRATOR)
    people_.club.pass_time(RUNG)
    everybody_tries()
    print(f"{sum(each.tried for each in watched)} tries, 0 messages, 0 views")


def _offered(taker: DirectChat) -> str:
    """To whom the case could be passed on."""
    taker.tap("Pass it on")
    shown = " ".join(taker.screen.buttons)
    taker.tap("Back to the case")
    return shown
