"""The words of O1-O12: what each must and must not say (guidance 12.5), and the invariants that every word obeys."""

from __future__ import annotations

from typing import Any

import pytest

from states.advice import Within
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Age,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Purpose,
    Recipient,
    SexSigns,
)
from states.outcomes import (
    outcome_statement,
)
from states.rules import O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, O12, Outcome
from tests.states.any_facts import advised
from tests.states.said import visible

ADULT = {"age": Age.ADULT}
SERIOUS = {"harm": Harm.SIGNIFICANT}
REFUSED = {"consent": Consent.REFUSED}
MISTAKE = {"entry": Entry.MISTAKE}
STOP_READING = (
    "Stop reading | Do not send it on or delete it | Tell your data protection lead now | 72 hours | Worried by what"
)
ATTACK = {"flags": frozenset({Flag.PLANNED_ATTACK})}
POLICE_NOW = (
    "Tell the police now, then your lead | If it may be soon, or you reach no one, ring 999 | Tell no one else | "
    "Now: tell the police"
)
NO_ASKING = "safe way | ask if you may | speak to the | speak to them | today"

# name: changes to the default of 12.7, outcome, what the screen must say, what it must not (12.5)
SAYS: dict[str, tuple[dict[str, Any], Outcome, str, str]] = {
    "O1": (
        {"danger": YES},
        O1,
        (
            "Ring 999 now | press 55 | 18000 | You do not need anyone's consent | your safeguarding lead | "
            "another senior person if it is about them | social care | out-of-hours | Keep yourself safe | "
            "write it"
        ),
        "ask for consent | ?",
    ),
    "O2 order": (
        {"legal": Legal.ORDER},
        O2,
        (
            "A court may need this | check that it is real | just what it covers | Share that and no more | "
            "do not need consent | legal team | your lead | Today | If the law allows, tell the young person"
        ),
        "refuse | you can say no",
    ),
    "O2 council asks a listed body": (
        {"asks": Asks.LA_CHILD_S47},
        O2,
        "Answer the council today | the law says you must help | ring back on a number you found | your lead",
        "refuse",
    ),
    "O2 council asks another body": (
        {"asks": Asks.LA_CHILD_S47, "body": Body.OTHER},
        O2,
        "today | you should help | If the law allows",
        "must | refuse",
    ),
    "O2 council asks in Scotland": (
        {"asks": Asks.LA_CHILD_S47, "nation": Nation.SCO},
        O2,
        "you should help",
        "must",
    ),
    "O2 where telling is unsafe": (
        {"asks": Asks.COURT, "tell_family": NO},
        O2,
        "Do not tell the young person or the family before your lead has agreed it",
        "If the law allows, tell",
    ),
    "O2 board": ({"asks": Asks.SAB}, O2, "Safeguarding Adults Board asks | you must answer", ""),
    "O2 board, other body": ({"asks": Asks.SAB, "body": Body.OTHER}, O2, "board asks", "must"),
    "O2 review": ({"asks": Asks.REVIEW}, O2, "review asks", ""),
    "O2 duty": ({"legal": Legal.DUTY}, O2, "you must share this", ""),
    "O3": (
        SERIOUS | {"tell_family": NO},
        O3,
        (
            "Ring children's social care now, then your lead | "
            "Do not tell the family, or the person who may have caused | "
            "Tell the young person in private, if it is safe | Do not promise to keep it secret | "
            "do not question them | do not need consent | in writing within 24 hours | If it may be a crime | 101"
        ),
        "seek consent | wait until | ask for consent",
    ),
    "O3 unborn": (
        SERIOUS | {"tell_family": NO, "age": Age.UNBORN},
        O3,
        "Ring children's social care now | Ask them what the mother may be told",
        "Tell the unborn",
    ),
    "O3 adult's child": (
        ADULT | {"child_contact": YES, "child_harm": Harm.SIGNIFICANT, "tell_family": NO},
        O3,
        "Ring children's social care now | Ask them what the adult may be told",
        "",
    ),
    "O4": (
        SERIOUS,
        O4,
        (
            "Ring children's social care now, then your lead | what you will share, with whom and why | Listen | "
            "A no does not stop this | does not want parents told, ask social care or your lead first | 24 hours"
        ),
        "only if they agree",
    ),
    "O4 adult's child": (
        ADULT | {"child_contact": YES, "child_harm": Harm.SIGNIFICANT, "consent": Consent.REFUSED},
        O4,
        "Ring children's social care now | the child's parents or carers",
        "only if they agree | adult social care",
    ),
    "O4 unborn, said no": (
        SERIOUS | REFUSED | {"age": Age.UNBORN},
        O4,
        "Do not tell the family before social care or your lead has advised | A no does not stop this call",
        "Tell the family what",
    ),
    "O5": (
        {"harm": Harm.POSSIBLE, "ask_person": NO, "tell_family": UNSURE},
        O5,
        (
            "Speak today to your lead | without names | You do not need consent | A child may be at risk | "
            "Do not tell the family before you have spoken to your lead | ring children's social care | 999 | "
            "reach no one | safe way to speak to them alone"
        ),
        "do not share | wait and see",
    ),
    "O5-SEX": (
        {"flags": frozenset({Flag.SEXUAL}), "sex_signs": SexSigns.FALSE},
        O5,
        "If they go to a confidential health service, do not get in its way | Ask for advice on this case",
        "report",
    ),
    "O5 capacity in doubt": (
        ADULT | SERIOUS | {"capacity": Capacity.DOUBT},
        O5,
        "Can the adult decide this? | Start from yes | checked today",
        "",
    ),
    "O5 cannot decide": (
        ADULT | {"harm": Harm.POSSIBLE, "capacity": Capacity.LACKS},
        O5,
        "Family cannot sign for them",
        "",
    ),
    "O5 transfer": (
        {"purpose": Purpose.TRANSFER},
        O5,
        "5 school days | ring before the child arrives | apart | needs no consent",
        "",
    ),
    "O5 transfer, Wales": (
        {"purpose": Purpose.TRANSFER, "nation": Nation.WAL},
        O5,
        "ring before the child arrives",
        "school days",
    ),
    "O5 bar": (
        {"legal": Legal.BAR},
        O5,
        "ask your legal team too before you share | You can still say that someone may be at risk | Danger comes first",
        "",
    ),
    "O5-SEX, pictures": (
        {"flags": frozenset({Flag.SEXUAL, Flag.IMAGES}), "sex_signs": SexSigns.FALSE},
        O5,
        "A child may be at risk",
        "confidential health service",
    ),
    "O5 not known if they can be asked": (
        {"harm": Harm.POSSIBLE, "ask_person": None},
        O5,
        "Ask them only if you can speak alone, safely",
        "Do not ask them yet",
    ),
    "O5 attack planned": (ADULT | ATTACK, O5, POLICE_NOW, NO_ASKING),
    "O5 attack planned, child": (ATTACK | {"ask_person": NO}, O5, POLICE_NOW, NO_ASKING),
    "O6 attack planned": (ADULT | ATTACK | {"consent": Consent.VALID}, O6, POLICE_NOW, NO_ASKING + " | only that"),
    "O11 attack planned": (
        ADULT | ATTACK | SERIOUS | REFUSED | {"coercion": YES},
        O11,
        POLICE_NOW,
        NO_ASKING + " | Tell the adult",
    ),
    "O3 attack planned": (
        ATTACK | SERIOUS,
        O3,
        "Ring children's social care now | Tell the police now of the planned attack | Warn no one",
        "in private | Tell the young person",
    ),
    "O3 past abuser reaches children": (
        ADULT | {"flags": frozenset({Flag.REACHES_CHILDREN})},
        O3,
        "Tell the adult who told you, in private if it is safe, what you will share and why | A no does not stop this",
        "parents or carers | what the adult may be told",
    ),
    "O6 sent by mistake": (MISTAKE | {"consent": Consent.VALID}, O6, STOP_READING, "You may share | Share what"),
    "O7 sent by mistake": (MISTAKE, O7, STOP_READING, "Speak to the young | ask if you may"),
    "O7 sent by mistake, serious": (
        MISTAKE | ADULT | SERIOUS,
        O7,
        STOP_READING.replace("Worried by what", "Someone may come to harm, so today tell your lead | "),
        "Today, speak to the adult",
    ),
    "O8 sent by mistake": (MISTAKE | {"confidential": NO}, O8, STOP_READING, "You may share"),
    "O9 sent by mistake": (MISTAKE | REFUSED, O9, STOP_READING, "talk through the risks"),
    "O10 sent by mistake": (MISTAKE | {"purpose": Purpose.NONE}, O10, STOP_READING, "out loud to the person"),
    "O6 a parent agreed but may not know": (
        {"consent": Consent.VALID, "consent_by": ConsentBy.PARENT, "tell_family": NO},
        O6,
        "may not be safe for the family to know, yet a parent agreed: speak to your lead before you share",
        "A yes to this",
    ),
    "O9 may not be able to decide": (
        REFUSED | {"capacity": Capacity.DOUBT},
        O9,
        "It may be that the young person cannot decide this: ask your lead who may",
        "",
    ),
    "O2 council asks, body not known": (
        {"asks": Asks.LA_CHILD_S47, "body": None},
        O2,
        "Answer the council today: public bodies must help, others should",
        "you must | refuse",
    ),
    "O2 board, body not known": (
        {"asks": Asks.SAB, "body": None},
        O2,
        "public bodies must answer if it fits the law, others should",
        "you must",
    ),
    "O2 board, Scotland, body not known": ({"asks": Asks.SAB, "body": None, "nation": Nation.SCO}, O2, "board", "must"),
    "O5 police ask": (
        {"asks": Asks.POLICE},
        O5,
        "The police may ask | ring back on a number you found yourself | In danger, share at once",
        "must",
    ),
    "O5 serious crime": (
        {"flags": frozenset({Flag.SERIOUS_CRIME})},
        O5,
        "may tell the police without consent | without a name",
        "",
    ),
    "O5 own lead": (
        {"recipient": Recipient.OWN_LEAD},
        O5,
        "You need no consent to tell them | Say what they need to know",
        "",
    ),
    "O5 allegation": (
        {"allegation_worker": YES},
        O5,
        "Do not tell or question the person who may have done harm | Do not tell the family before",
        "",
    ),
    "O6": (
        {"consent": Consent.VALID},
        O6,
        (
            "You may share what was agreed, and only that | those facts | those people | that reason | "
            "still free | In the next few days | note what, with whom and why"
        ),
        "anything else | Today: share",
    ),
    "O6 serious": (
        ADULT | SERIOUS | {"consent": Consent.VALID},
        O6,
        "Share what was agreed today | today tell your lead | Today: share it",
        "",
    ),
    "O7": (
        {},
        O7,
        (
            "Speak to the young person alone | with whom and why | Do not press | silence is not a yes | "
            "what would you do if they say no | come back and go on | If it turns out not to be safe to ask, stop"
        ),
        "Today: speak",
    ),
    "O7 serious": (
        ADULT | SERIOUS,
        O7,
        "Today, speak to the adult alone | today tell your lead | Today: speak to them",
        "",
    ),
    "O8 no names": (
        {"identifiable": NO},
        O8,
        "with care | no one could work out who it is | needed",
        "no rules",
    ),
    "O8 not private": ({"confidential": NO}, O8, "not private, but | needed and true | safely", "no rules"),
    "O9": (
        REFUSED,
        O9,
        (
            "respect the answer | do not share this outside | made their own choice | "
            "you saw no risk that outweighs it | Today, tell your lead | They may see it differently | "
            "offer help | a day to look at it again | If anything changes | that feeling counts"
        ),
        "not at risk | close | no further",
    ),
    "O9 not to be spoken to alone": (
        ADULT | {"harm": Harm.POSSIBLE, "ask_person": NO} | REFUSED,
        O9,
        "When you can speak alone and safely, talk through the risks",
        ". Talk through",
    ),
    "O9 from the family": (
        {"recipient": Recipient.FAMILY} | REFUSED,
        O9,
        "do not tell the family",
        "not at risk",
    ),
    "O9 a parent said no": (
        REFUSED | {"consent_by": ConsentBy.PARENT, "capacity": Capacity.LACKS},
        O9,
        "the parent said no",
        "made their own choice",
    ),
    "O10": (
        {"purpose": Purpose.NONE},
        O10,
        "no clear reason | Worried all the same | question on harm | your lead | come back",
        "never",
    ),
    "O11": (
        ADULT | SERIOUS | REFUSED | {"coercion": YES, "ask_person": NO},
        O11,
        (
            "today | speak to your lead | ring adult social care | Share only what keeps | "
            "safe way to reach the adult | wishes still count | why you go past them | pressing"
        ),
        "does not matter | Tell the adult what",
    ),
    "O11 may be asked": (
        ADULT | SERIOUS | REFUSED | {"coercion": YES},
        O11,
        "Tell the adult what you share and why | Tell the family only if the adult agrees",
        "does not matter",
    ),
    "O11 needs no care": (
        ADULT | REFUSED | {"harm": Harm.POSSIBLE, "others_risk": YES, "needs": NO},
        O11,
        "the police, a domestic abuse service, their GP or the fire service | others could be at risk",
        "adult social care",
    ),
    "O12 person": (
        {"asks": Asks.THE_PERSON},
        O12,
        (
            "data protection lead today | Check who asks | People have a right | runs from the day they asked | "
            "held back where it could cause serious harm | in danger"
        ),
        "refuse | send it to them",
    ),
    "O12 parent": (
        {"asks": Asks.PARENT},
        O12,
        "parental responsibility | court order | rights too | held back | in danger | your lead",
        "refuse",
    ),
    "O12 press": (
        {"asks": Asks.RESEARCH_PRESS},
        O12,
        "Say only that it will be dealt with | Do not say if you know the person",
        "have a right",
    ),
}


@pytest.mark.parametrize("name", SAYS)
def test_each_outcome_says_what_it_must_and_not_what_it_must_not(name: str) -> None:
    """The table of 12.5, written out: the words a practitioner acts on."""
    changes, outcome, must, must_not = SAYS[name]
    advice, edition = advised(**changes)
    said = visible(outcome_statement(advice, edition))
    assert advice.outcome is outcome
    for words in must.split(" | "):
        assert words in said
    for words in filter(None, must_not.split(" | ")):
        assert words.lower() not in said.lower()


@pytest.mark.parametrize(
    ("changes", "within"),
    [
        (ADULT | ATTACK, Within.NOW),
        (ADULT | ATTACK | {"consent": Consent.VALID}, Within.NOW),
        (MISTAKE, Within.NOW),
        (MISTAKE | {"harm": Harm.POSSIBLE}, Within.TODAY),
        ({}, Within.DAYS),
    ],
)
def test_an_attack_and_a_stray_message_are_for_now(changes: dict[str, Any], within: Within) -> None:
    assert advised(**changes)[0].within is within


@pytest.mark.parametrize("name", SAYS)
def test_a_usual_walk_ends_on_one_short_screen(name: str) -> None:
    """About 700 characters: read with one hand, in a corridor."""
    advice, edition = advised(**SAYS[name][0])
    assert len(visible(outcome_statement(advice, edition))) <= 720
