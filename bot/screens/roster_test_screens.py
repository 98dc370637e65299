"""Test pings, what came of them, and the reminder to send some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.screens.escalation_screens import clock
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs
from bot.store.organisations import Organisation
from bot.store.roster_tests import TestPing
from states.roles import ANSWER_FOR_LEADS, ROLE_WORDS
from states.text import Text, say


def test_ping_screen(ping: TestPing, at: datetime) -> Screen:
    """Nobody needs help: it says so first."""
    return Screen(
        paragraphs(
            Paragraph(say("This is a test. Nobody needs help. {time}", time=clock(at)), bold=True),
            say("I see whether I reach every {role}.", role=ROLE_WORDS[ping.role]),
        ),
        ((Button(say("I got it"), Press("got", ping.id), ("got it",)),),),
    )


def result_screen(pings: Sequence[TestPing], names: Mapping[str, str]) -> Screen:
    """Part by part, who answered and after how long."""
    lines: list[Text] = []
    for role in ANSWER_FOR_LEADS:
        asked = [ping for ping in pings if ping.role is role]
        if not asked:
            lines.append(say("{role}: there is nobody.", role=ROLE_WORDS[role]))
        for ping in asked:
            words: dict[str, Text | str | int] = {"role": ROLE_WORDS[role], "name": names.get(ping.person_id, "?")}
            if ping.answered_at is not None:
                minutes = round((ping.answered_at - ping.made_at).total_seconds() / 60)
                lines.append(say("{role}, {name}: answered after {minutes} min.", minutes=minutes, **words))
            elif ping.sent:
                lines.append(say("{role}, {name}: has not answered.", **words))
            else:
                lines.append(say("{role}, {name}: I cannot reach them. They have blocked me.", **words))
    return Screen((Paragraph(say("What came of the test:"), bold=True), *paragraphs(*lines)))


def reminder_screen(organisation: Organisation) -> Screen:
    """To each administrator, every quarter of a year without a test."""
    return Screen(
        paragraphs(
            Paragraph(
                say("{organisation}: would your leads answer tonight?", organisation=organisation.name), bold=True
            ),
            say("Nobody has tested it for three months. It takes a tap: /rota, then Test it now."),
        )
    )
