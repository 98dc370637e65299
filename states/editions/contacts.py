"""The national numbers of guidance section 7. No local number is ever guessed (INV-17), and no hours are printed."""

from __future__ import annotations

from datetime import date

from states.editions.edition import Contact
from states.inputs import Nation
from states.text import Text, say

CHECKED = date(2026, 11, 22)
IN_THE_UK = frozenset({Nation.ENG, Nation.SCO, Nation.WAL, Nation.NI, Nation.UNKNOWN})
GREAT_BRITAIN = frozenset({Nation.ENG, Nation.SCO, Nation.WAL})
ENGLAND_AND_WALES = frozenset({Nation.ENG, Nation.WAL})
OUTSIDE = frozenset({Nation.OUTSIDE_UK})


def _contact(id_: str, name: Text, number: str, note: Text | None, nations: frozenset[Nation] = IN_THE_UK) -> Contact:
    return Contact(id_, name, number, note, CHECKED, nations)


NATIONAL: tuple[Contact, ...] = (
    _contact("999", say("Emergency"), "999", say("Danger now, someone badly hurt, a crime going on.")),
    _contact(
        "55", say("Silent call"), "999", say("From a mobile, when you cannot speak. Press 55 when you are asked.")
    ),
    _contact("18000", say("Emergency by text relay"), "18000", say("If you are deaf or cannot use speech.")),
    _contact("112", say("Emergency, in many countries"), "112", say("Or the local emergency number."), OUTSIDE),
    _contact("101", say("Police, no danger now"), "101", None),
    _contact("18001-101", say("Police by text relay"), "18001 101", say("If you are deaf or cannot use speech.")),
    _contact("nspcc", say("NSPCC Helpline"), "0808 800 5000", say("Advice when you worry about a child.")),
    _contact("childline", say("Childline"), "0800 1111", say("For children and young people. Free.")),
    _contact("karma-nirvana", say("Karma Nirvana"), "0800 5999 247", say("Forced marriage, or abuse for “honour”.")),
    _contact("forced-marriage", say("Forced Marriage Unit"), "020 7008 0151", say("Advice on forced marriage.")),
    _contact("modern-slavery", say("Modern slavery helpline"), "0800 0121 700", say("Slavery and being exploited.")),
    _contact("act-early", say("ACT Early"), "0800 011 3764", say("Drawn into extreme views."), GREAT_BRITAIN),
    _contact("samaritans", say("Samaritans"), "116 123", say("Anyone who finds life hard to bear.")),
    _contact("nhs-111", say("NHS 111, option 2"), "111", say("Urgent mental health help."), ENGLAND_AND_WALES),
    _contact(
        "whistleblowing",
        say("NSPCC Whistleblowing Advice Line"),
        "0800 028 0285",
        say("When your organisation does not act for a child."),
    ),
)


def contacts_for(nation: Nation) -> tuple[Contact, ...]:
    """The national numbers that are offered in this nation."""
    return tuple(contact for contact in NATIONAL if nation in contact.nations)


LOCAL_NUMBER_NOT_SET_UP = say(
    "Your local number is not set up here, and I will not guess it. Find it on your council's own website."
)

LOCAL_NUMBER_NOT_SET_UP_NI = say(
    "Your local number is not set up here, and I will not guess it. "
    "Find it on your Health and Social Care Trust's own website."
)

LOCAL_NUMBER_NOT_SET_UP_UNKNOWN = say(
    "Your local number is not set up here, and I will not guess it. Find it on the website of your council "
    "(Northern Ireland: your Health and Social Care Trust)."
)

LOCAL_NUMBER_NOT_SET_UP_OUTSIDE = say(
    "I have no local numbers for where you are, and I will not guess them. Find them on an official website."
)

_NOT_SET_UP = {
    Nation.NI: LOCAL_NUMBER_NOT_SET_UP_NI,
    Nation.UNKNOWN: LOCAL_NUMBER_NOT_SET_UP_UNKNOWN,
    Nation.OUTSIDE_UK: LOCAL_NUMBER_NOT_SET_UP_OUTSIDE,
}


def local_number_not_set_up(nation: Nation) -> Text:
    """What to say where the organisation's own number is missing or past its review date (INV-17)."""
    return _NOT_SET_UP.get(nation, LOCAL_NUMBER_NOT_SET_UP)
