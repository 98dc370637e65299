"""Today's names for old ones (SY-1 to SY-6). The old systems were England's, and the text says so."""

from __future__ import annotations

import re

from states.editions import Edition
from states.inputs import Nation
from states.look_up.page import Page
from states.outcomes.statement import line
from states.references import REFERENCES
from states.text import Text, say

CONTACTPOINT = say(
    "ContactPoint, a list of children in England, closed in 2010. Nothing took its place. "
    "Ask your local children's service who else works with the child."
)
CAF = say("CAF was an early form for extra needs in England. Its place was taken by an early help assessment.")
ECAF = say("eCAF, the computer system for CAF in England, closed. Each council now has its own.")
LEAD_PROFESSIONAL = say("The lead professional is now often called the lead practitioner.")
TEAM_AROUND = say("The team around the child is now often called the team around the family.")
LOCAL_BOARD = say(
    "In England, safeguarding partners took the place of the local board (LSCB): council, health, police."
)
NATIONAL_UNIT = say("That national unit (NSDU) is gone. In England, a national panel now reviews serious cases.")
FRASER = say(
    "“Fraser” is only about sexual health advice or treatment. "
    "For any other choice, use “Gillick”: can this young person decide this, now?"
)
GILLICK = say(
    "“Gillick” asks if this young person can decide this, now: take it in, weigh it up, say what they want. "
    "“Fraser” is only about sexual health."
)
DATA_ACT = say("The Data Protection Act 1998 is gone. Today it is UK GDPR and the Data Protection Act 2018.")
OLD_GUIDANCE = say("The 2008 guidance on sharing was withdrawn. In England, advice from 2024 took its place.")

GILLICK_AND_FRASER = line(say("Fraser: only about sexual health. Gillick: any choice of a young person."), "AGE-6")

OLD_NAMES: dict[str, Text] = {
    "contactpoint": CONTACTPOINT,
    "contact point": CONTACTPOINT,
    "caf": CAF,
    "cafs": CAF,
    "common assessment framework": CAF,
    "ecaf": ECAF,
    "e-caf": ECAF,
    "national ecaf": ECAF,
    "lead professional": LEAD_PROFESSIONAL,
    "team around the child": TEAM_AROUND,
    "tac": TEAM_AROUND,
    "lscb": LOCAL_BOARD,
    "lscbs": LOCAL_BOARD,
    "local safeguarding children board": LOCAL_BOARD,
    "nsdu": NATIONAL_UNIT,
    "fraser": FRASER,
    "fraser guidelines": FRASER,
    "fraser competence": FRASER,
    "fraser competent": FRASER,
    "gillick": GILLICK,
    "gillick competence": GILLICK,
    "gillick competent": GILLICK,
    "data protection act 1998": DATA_ACT,
    "dpa 1998": DATA_ACT,
    "2008 guidance": OLD_GUIDANCE,
}

_PATTERNS = tuple(
    (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), text)
    for name, text in sorted(OLD_NAMES.items(), key=lambda item: -len(item[0]))
)


def todays_name(typed: str) -> Text | None:
    """Today's name for the old one in what was typed (the longest that fits); None where there is none."""
    plain = " ".join(typed.split())
    return next((text for pattern, text in _PATTERNS if pattern.search(plain)), None)


def old_names(edition: Edition) -> tuple[Page, ...]:
    """The old names in one page; England's own new names only in England's edition."""
    ours = edition.nation is Nation.ENG
    form = (
        say("CAF: now an early help or Family Help assessment.")
        if ours
        else say("CAF, a form used in England: elsewhere ask for an early help assessment.")
    )
    checks = (
        say("ContactPoint: closed in 2010, with nothing in its place. Ask your MASH who else works with the child.")
        if ours
        else say("ContactPoint, in England: closed in 2010. Ask {childrens_service} who else works with the child.")
    )
    team = (
        say("Team around the child: now the team around the family, or Family Help.")
        if ours
        else say("Team around the child: now often the team around the family.")
    )
    uk = edition.nation is not Nation.OUTSIDE_UK
    pages: tuple[Page, ...] = ()
    if uk:
        pages = (
            Page(
                "old-names",
                say("Old names, new names"),
                (
                    line(checks, "SY-1"),
                    line(form, "SY-2"),
                    line(say("eCAF, in England: closed. Each council has its own system."), "SY-3"),
                    line(say("Lead professional: now often lead practitioner."), "SY-4"),
                    line(team, "SY-5"),
                    line(say("LSCB, the local board in England: now the safeguarding partners."), "SY-6"),
                    *((GILLICK_AND_FRASER,) if edition.nation in REFERENCES["AGE-6"].nations else ()),
                ),
            ),
        )
    return pages
