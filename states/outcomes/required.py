"""O2: a court, a law or an official body asks (R4). "Must" is said to listed bodies only."""

from __future__ import annotations

from states.addons import AddOn, may_tell
from states.facts import Facts
from states.inputs import Asks, Body, Legal, Nation
from states.outcomes.naming import is_lead, not_own_lead
from states.outcomes.statement import Draft, Sentence, line
from states.text import Text, say

COURT = say("A court may need this: get advice today.")
COUNCIL_MUST = say("Answer the council today: the law says you must help it.")
COUNCIL_EITHER = say("Answer the council today: public bodies must help, others should.")
COUNCIL_SHOULD = say("Answer them today: you should help, as a child may be at risk.")
BOARD = say("An official board asks: answer through the right people today.")
BOARD_MUST = say("The Safeguarding Adults Board asks: you must answer if its request fits the law.")
BOARD_EITHER = say("The Safeguarding Adults Board asks: public bodies must answer if it fits the law, others should.")
REVIEW = say("An official review asks: get advice today on what it may have.")
DUTY = say("A law may say that you share this: get advice today.")
DUTY_MUST = say("A law may say that you must share this: get advice today.")

COURT_BINDS = line(say("A court order binds whoever it names, and only for what it lists."), "DU-1", "EXC-1", "KQ-a")
COURT_BINDS_OUTSIDE = line(say("Read what it lists, and whom it names."), "SH-5", "SH-2")
CHECK_IT = line(say("First check that it is real: ring back on a number you found yourself."), "SH-5", "NAT-1")
SHARE_ONLY_THAT = line(say("Find out just what it covers. Share that and no more."), "SH-2", "GR6-2024", "DU-1")
NO_CONSENT = line(say("You do not need consent for this."), "EXC-1", "EXC-2", "NSC-4", "GR6-2024")
TELL_IF_ALLOWED = line(
    say("If the law allows, tell {person} and the family what you share and why."), "GR2-2024", "COM-7"
)
TELL_THE_ADULT_IF_ALLOWED = line(
    say("If the law allows, tell the adult what you share and why. Tell the family only if the adult agrees."),
    *("GR2-2008", "AD-1", "COM-7"),
)
KEEP_IT_FROM_THEM = line(
    say("Do not tell {person} or the family before {lead_short} has agreed it."), "NSC-1", "RF-4", "NSC-2"
)
NO_DELAY = line(
    say("Someone may come to harm, so do not let these checks hold you up. Worse? Ring {service}."),
    *("NSC-3", "GR4-2024", "EM-11", "EM-4"),
)

NEXT_LEAD = say("Today: go to your legal team and to {lead}. If no one answers, try the next senior person.")
NEXT_FOR_A_LEAD = say("Today: go to your legal team, or ask {lead}. If no one answers, try the next senior person.")
NEXT_COUNCIL = say("Today: answer with the help of {lead}. If you reach no one, answer it yourself once you checked.")
BECAUSE = line(
    say("When a law or a court settles it, consent does not, but only what it covers may go."),
    *("KQ-a", "DU-1", "NSC-4", "SH-2"),
)

ENGLAND_AND_WALES = frozenset({Nation.ENG, Nation.WAL})


def _from_court(facts: Facts) -> bool:
    return facts.asks is Asks.COURT or facts.legal is Legal.ORDER


def _headline(facts: Facts, nation: Nation) -> Text:
    listed = facts.body is Body.LISTED
    if _from_court(facts):
        return COURT
    if facts.asks is Asks.LA_CHILD_S47:
        either = COUNCIL_EITHER if facts.body is None else COUNCIL_SHOULD
        return (COUNCIL_MUST if listed else either) if nation in ENGLAND_AND_WALES else COUNCIL_SHOULD
    if facts.asks is Asks.SAB:
        either = BOARD_EITHER if facts.body is None else BOARD
        return (BOARD_MUST if listed else either) if nation is Nation.ENG else BOARD
    if facts.asks is Asks.REVIEW:
        return REVIEW
    return DUTY_MUST if listed else DUTY


def required(facts: Facts, nation: Nation) -> Draft:
    """O2."""
    court: tuple[Sentence, ...] = ()
    if _from_court(facts):
        court = (COURT_BINDS_OUTSIDE if nation is Nation.OUTSIDE_UK else COURT_BINDS,)
    if not may_tell(facts):
        tell, told = KEEP_IT_FROM_THEM, AddOn.DONT_TELL
    else:
        tell, told = (TELL_THE_ADULT_IF_ALLOWED if facts.adult else TELL_IF_ALLOWED), AddOn.TELL
    harm = (NO_DELAY,) if facts.any_harm or facts.any_child_harm else ()
    if facts.asks is Asks.LA_CHILD_S47 and not _from_court(facts):
        next_step = NEXT_COUNCIL
    else:
        next_step = NEXT_FOR_A_LEAD if is_lead(facts) and not not_own_lead(facts) else NEXT_LEAD
    return Draft(
        headline=_headline(facts, nation),
        sentences=(*court, CHECK_IT, SHARE_ONLY_THAT, NO_CONSENT, tell, *harm),
        next_step=next_step,
        because=BECAUSE,
        covers=frozenset({AddOn.LEAD, AddOn.VERIFY, AddOn.LEGAL, told}),
    )
