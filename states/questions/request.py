"""Who would get the information, who has asked for it, and whether a court or a law comes into it."""

from collections.abc import Mapping
from typing import Any

from states.inputs import Asks, Harm, Legal, Purpose, Recipient
from states.question import Here, Kind, Option, Question
from states.text import say

STAGE = "request"


def _child(here: Here) -> bool:
    return here.facts.child


def _adult(here: Here) -> bool:
    return here.facts.adult


def _no_harm(here: Here) -> bool:
    return here.facts.harm is Harm.NONE


def _for_whom_meaning(ticked: frozenset[str], here: Here) -> Mapping[str, Any]:
    """Of several recipients the one that protects most counts: own lead, not sure, then whoever is not family."""
    outside = [recipient for recipient in OUTSIDE if recipient.value in ticked]
    if "own_lead" in ticked:
        recipient = Recipient.OWN_LEAD
    elif "unsure" in ticked:
        recipient = Recipient.UNSURE
    elif outside:
        recipient = outside[0]
    else:
        recipient = Recipient.FAMILY if "family" in ticked else Recipient.OTHER
    if "unsure" in ticked:
        purpose = Purpose.UNSURE
    elif "transfer" in ticked:
        purpose = Purpose.TRANSFER
    else:
        purpose = Purpose.NONE if "no_reason" in ticked else Purpose.CLEAR
    return {
        "recipient": recipient,
        "purpose": purpose,
        "asks": None if "asked" in ticked else Asks.SELF,
        "legal": None if "law" in ticked else Legal.NONE,
    }


OUTSIDE = (
    Recipient.SOCIAL_CARE,
    Recipient.POLICE,
    Recipient.HEALTH,
    Recipient.EDUCATION,
    Recipient.OTHER,
)

FOR_WHOM = Question(
    id="for_whom",
    stage=STAGE,
    text=say("Who would get the information?\nTick all that fit."),
    options=(
        Option("own_lead", say("My own lead or manager")),
        Option("social_care", say("Social care")),
        Option("police", say("Police")),
        Option("health", say("Health: doctor, nurse, midwife")),
        Option("education", say("School, college or nursery")),
        Option("family", say("Family or friends")),
        Option("other", say("Somebody else")),
        Option("transfer", say("Their next school or service: they are moving")),
        Option("asked", say("Somebody has asked me for it")),
        Option("law", say("A court or a law comes into it, or forbids it")),
        Option("no_reason", say("I see no clear reason to share it"), offered=_no_harm),
        Option("unsure", say("Not sure who, or what for")),
    ),
    kind=Kind.MANY,
    means=_for_whom_meaning,
    why=say(
        "Some requests must be answered and some must not; your own lead can always be told. "
        "What matters is that there is a clear reason and the right person gets it."
    ),
    rules=("KQ1", "AD-2", "DU-1", "GR6-2024"),
)

ASKS = Question(
    id="asks",
    stage=STAGE,
    text=say("Who has asked you?"),
    options=(
        Option("la_child_s47", say("Social workers, about a child (council or Trust)"), {"asks": Asks.LA_CHILD_S47}),
        Option("police", say("Police"), {"asks": Asks.POLICE}),
        Option("court", say("A court"), {"asks": Asks.COURT}),
        Option("review", say("A coroner, or a review of a death or a case"), {"asks": Asks.REVIEW}),
        Option("sab", say("A board or committee for adults at risk"), {"asks": Asks.SAB}, offered=_adult),
        Option("other_agency", say("Another service"), {"asks": Asks.OTHER_AGENCY}),
        Option("the_person", say("The person it is about"), {"asks": Asks.THE_PERSON}),
        Option("parent", say("A parent"), {"asks": Asks.PARENT}, offered=_child),
        Option("family_or_solicitor", say("Other family, or a lawyer"), {"asks": Asks.FAMILY_OR_SOLICITOR}),
        Option("research_press", say("Press, research, councillor or MP"), {"asks": Asks.RESEARCH_PRESS}),
        Option("unknown", say("Not sure who they are"), {"asks": Asks.UNKNOWN}),
    ),
    why=say("A court must be answered; the police mostly may be; a parent or the press goes through somebody else."),
    rules=("DU-1", "DU-2", "DU-12", "SAR-1", "SH-5"),
    needed=lambda here: here.facts.asks is None,
)

LEGAL = Question(
    id="legal",
    stage=STAGE,
    text=say("How does a court or a law come into it?"),
    options=(
        Option("order", say("A court order or a summons to hand it over"), {"legal": Legal.ORDER}),
        Option("duty", say("A law says I must (such as some illnesses)"), {"legal": Legal.DUTY}),
        Option("bar", say("A court or law forbids it"), {"legal": Legal.BAR}),
        Option("unsure", say("Not sure"), {"legal": Legal.UNSURE}),
    ),
    why=say(
        "An order or a duty takes the choice away from you, but only for what it covers. "
        "Court papers and adoption files may not be passed on without advice."
    ),
    rules=("KQ-a", "DU-1", "DU-9", "EXC-1", "EXC-2"),
    needed=lambda here: here.facts.legal is None,
)

QUESTIONS = (FOR_WHOM, ASKS, LEGAL)
