"""The kinds of numbers that an organisation gives, what each is called, and the way that is always open where one is
missing or old. No number is ever guessed (INV-17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from states.editions import edition_for
from states.inputs import Nation
from states.outcomes.statement import Sentence, fill_all, line
from states.text import Text, say


class NumberKind(StrEnum):
    """Whose number it is, in the order in which they are shown (EM-12)."""

    CHILDREN = "children"
    OUT_OF_HOURS = "out_of_hours"
    ADULTS = "adults"
    POLICE = "police"
    ALLEGATIONS = "allegations"
    DATA_PROTECTION = "data_protection"
    CALDICOTT = "caldicott"
    HELPLINE = "helpline"


NEEDED = (NumberKind.CHILDREN, NumberKind.OUT_OF_HOURS, NumberKind.ADULTS)
"""What every organisation must have: whoever rings one of these cannot wait for a lead (EM-4, EM-5, EM-11)."""

GOOD_FOR = timedelta(days=365)
"""A number that nobody has checked for longer than this may be wrong."""

KIND_WORDS: Mapping[NumberKind, Text] = {
    NumberKind.CHILDREN: say("children's social care"),
    NumberKind.OUT_OF_HOURS: say("the out-of-hours social work team"),
    NumberKind.ADULTS: say("adult social care"),
    NumberKind.POLICE: say("the police (no danger now)"),
    NumberKind.ALLEGATIONS: say("worries about people who work with children"),
    NumberKind.DATA_PROTECTION: say("the data protection lead"),
    NumberKind.CALDICOTT: say("the Caldicott Guardian"),
    NumberKind.HELPLINE: say("a helpline"),
}
"""What holds in all four nations (NAT-1)."""

_NATIONS_WORDS: Mapping[tuple[Nation, NumberKind], Text] = {
    (Nation.ENG, NumberKind.ALLEGATIONS): say("the LADO (worries about a worker)"),
    (Nation.SCO, NumberKind.CHILDREN): say("children's social work"),
    (Nation.SCO, NumberKind.ADULTS): say("adult social work"),
    (Nation.WAL, NumberKind.CHILDREN): say("social services for children"),
    (Nation.WAL, NumberKind.ADULTS): say("social services for adults"),
    (Nation.WAL, NumberKind.ALLEGATIONS): say("the designated officer for safeguarding"),
    (Nation.NI, NumberKind.CHILDREN): say("the Gateway team for children"),
    (Nation.NI, NumberKind.ADULTS): say("the Trust's adult safeguarding team"),
}

_ON_ITS_WEBSITE = say("Find it on the website of the {council} where they live.")
_ASK_FOR_THE_OFFICER = line(say("Ring {childrens_service}, and ask for {worker_contact}."), "LA-1", "LA-5")
_ROUTES: Mapping[NumberKind, Sentence] = {
    NumberKind.CHILDREN: line(_ON_ITS_WEBSITE, "EM-4", "EM-12"),
    NumberKind.OUT_OF_HOURS: line(
        say(
            "Find it on the website of the {council} where they live. If you cannot get through and it cannot wait, "
            "ring the police: 101, or 999 in danger."
        ),
        "EM-5",
        "EM-12",
    ),
    NumberKind.ADULTS: line(_ON_ITS_WEBSITE, "EM-11", "EM-12"),
    NumberKind.POLICE: line(say("Ring 101. In danger, ring 999."), "EM-3", "EM-1"),
    NumberKind.ALLEGATIONS: line(say("Tell {worker_contact}."), "LA-3"),
    NumberKind.DATA_PROTECTION: line(say("Ask your manager who that is."), "GR4-2024"),
    NumberKind.CALDICOTT: line(say("Ask your manager who that is. Not everybody has one."), "GR4-2024"),
    NumberKind.HELPLINE: line(say("Find it on the helpline's own website."), "EM-12"),
}
_COUNCIL = {
    Nation.NI: say("Health and Social Care Trust"),
    Nation.UNKNOWN: say("council (Northern Ireland: the Trust)"),
}


def kind_words(kind: NumberKind, nation: Nation) -> Text:
    """What this nation calls it."""
    return _NATIONS_WORDS.get((nation, kind), KIND_WORDS[kind])


def route(kind: NumberKind, nation: Nation) -> Sentence:
    """The way that is open without the number, in this nation; with the rules that it rests on."""
    officer = kind is NumberKind.ALLEGATIONS and nation in (Nation.ENG, Nation.WAL)
    sentence = _ASK_FOR_THE_OFFICER if officer else _ROUTES[kind]
    words = {**edition_for(nation).words, "council": _COUNCIL.get(nation, say("council"))}
    return fill_all((sentence,), words, nation)[0]


def is_old(checked_on: date, today: date) -> bool:
    """Whether the number must be shown as one that may be wrong (INV-17)."""
    return today - checked_on > GOOD_FOR
