"""The words of every add-on of 12.4: what each must say, for whom, and that nothing due is left unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.add_on_words import WORDS, add_on_statement, shown_add_ons
from states.addons import AddOn
from states.inputs import (
    NO,
    UNSURE,
    YES,
    Age,
    AllegationWith,
    Asks,
    Body,
    Capacity,
    Consent,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Purpose,
    Role,
)
from states.rules import O5
from tests.states.any_facts import advised
from tests.states.said import everything

ADULT = {"age": Age.ADULT}
POSSIBLE = {"harm": Harm.POSSIBLE}
SERIOUS = {"harm": Harm.SIGNIFICANT}


def flags(*ticked: Flag) -> dict[str, Any]:
    return {"flags": frozenset(ticked)}


# name: add-on, changes to the default of 12.7, what its short and full words must say, and must not (guidance 12.4)
SAYS: dict[str, tuple[AddOn, dict[str, Any], str, str]] = {
    "lead": (AddOn.LEAD, POSSIBLE, "Speak today to your lead | reach no one | ring children's social care", ""),
    "lead of a lead": (AddOn.LEAD, POSSIBLE | {"user_role": Role.LEAD}, "named professional", "your lead"),
    "not that lead": (
        AddOn.NOTLEAD,
        POSSIBLE | {"lead_conflict": UNSURE},
        "the deputy lead or the next senior person | Do not tell the lead who may be part | yourself",
        "your lead",
    ),
    "blocked": (
        AddOn.NOTLEAD,
        POSSIBLE | {"lead_blocked": YES},
        "told to drop it | may still report | anyone may still report it",
        "your lead",
    ),
    "not that lead, a worker": (
        AddOn.NOTLEAD,
        {"lead_conflict": YES, "allegation_worker": YES},
        "straight to the LADO",
        "your lead",
    ),
    "tell": (AddOn.TELL, {"identifiable": YES}, "open with the family | with whom and why | stops being | listen", ""),
    "tell an adult's family": (AddOn.TELL, ADULT, "only if the adult agrees", "Be open"),
    "tell, first advice": (AddOn.TELL, POSSIBLE, "First get advice", ""),
    "tell, first advice, young child": (AddOn.TELL, POSSIBLE | {"age": Age.U12}, "Then tell the family", "unless"),
    "tell, may decide alone": (
        AddOn.TELL,
        POSSIBLE,
        "First get advice. Then be open | unless the young person can decide and says no: ask your lead first",
        "",
    ),
    "tell, a no that stands": (
        AddOn.TELL,
        {"consent": Consent.REFUSED, "capacity": Capacity.DOUBT},
        "nothing to tell the family yet",
        "say what you do, with whom",
    ),
    "tell, sent by mistake": (
        AddOn.TELL,
        {"entry": Entry.MISTAKE, "consent": Consent.VALID},
        "nothing to tell the family for now",
        "open with the family",
    ),
    "don't tell, no harm": (
        AddOn.DONT_TELL,
        ADULT | {"purpose": Purpose.NONE, "tell_family": NO},
        "not known to be safe",
        "add to the risk",
    ),
    "tell, 999": (AddOn.TELL, {"danger": YES}, "Ask the people on 999", ""),
    "don't tell": (
        AddOn.DONT_TELL,
        POSSIBLE | {"tell_family": NO},
        "Do not tell the family before your lead | why",
        "",
    ),
    "don't tell, confidence": (
        AddOn.DONT_TELL,
        POSSIBLE | {"consent": Consent.REFUSED},
        "Do not tell parents or family before social care or your lead has advised | in confidence",
        "",
    ),
    "don't tell, adult": (AddOn.DONT_TELL, ADULT | {"tell_family": NO}, "The adult has a say", ""),
    "don't tell, a worker": (
        AddOn.DONT_TELL,
        {"allegation_worker": YES},
        "the person who may have done harm, before it is agreed who is told | is not told and not questioned",
        "",
    ),
    "don't tell, forced marriage": (
        AddOn.DONT_TELL,
        flags(Flag.HBA_FM),
        "Do not tell anyone in the family or their wider circle | Never go to the family",
        "before",
    ),
    "LADO": (
        AddOn.LADO,
        {"allegation_worker": YES},
        (
            "They work with children: today, tell the LADO | one working day | Any harm counts | "
            "Do not tell or question | children's social care"
        ),
        "",
    ),
    "perhaps a worker": (
        AddOn.LADO,
        {"allegation_worker": UNSURE},
        (
            "If they may work with children, the LADO | must hear today | "
            "do not know if they do: ask your lead today | Any harm counts"
        ),
        "They work with children",
    ),
    "perhaps a worker, not that lead": (
        AddOn.LADO,
        {"allegation_worker": UNSURE, "lead_conflict": YES},
        "ask the senior person | go there yourself",
        "your lead",
    ),
    "perhaps a worker with adults": (
        AddOn.PIPOT,
        ADULT | {"allegation_worker": UNSURE},
        "Not sure they work with adults | ask your lead today whom to tell | If they may, tell adult social care",
        "They work with adults",
    ),
    "Wales, a worker": (
        AddOn.LADO,
        {"allegation_worker": YES, "nation": Nation.WAL},
        "designated officer for safeguarding | within 24 hours",
        "LADO | working day",
    ),
    "Scotland, a worker": (
        AddOn.LADO,
        {"allegation_worker": YES, "nation": Nation.SCO},
        "children's social work or the police",
        "LADO | working day",
    ),
    "a worker with adults": (
        AddOn.PIPOT,
        ADULT | {"allegation_worker": YES, "allegation_with": AllegationWith.ADULTS},
        "adult social care | position of trust | Others in their care",
        "LADO",
    ),
    "barred list": (AddOn.DBS, {"allegation_worker": YES, "user_role": Role.LEAD}, "has to tell the DBS", ""),
    "barred list, Scotland": (
        AddOn.DBS,
        {"allegation_worker": YES, "user_role": Role.LEAD, "nation": Nation.SCO},
        "barred list",
        "DBS",
    ),
    "known cutting": (
        AddOn.FGM,
        flags(Flag.FGM_KNOWN) | {"user_role": Role.REGULATED},
        "you must tell the police on 101 yourself | next working day | No one can do it for you | abroad",
        "",
    ),
    "slavery, a child": (AddOn.NRM, flags(Flag.SLAVERY), "no consent is needed | police | 0800 0121 700", "free yes"),
    "slavery, an adult": (AddOn.NRM, flags(Flag.SLAVERY) | ADULT, "free yes | once they know | 0800 0121 700", ""),
    "extreme views": (AddOn.PREVENT, flags(Flag.RADICAL), "your lead | ACT Early | do not need consent | 999", ""),
    "extreme views, NI": (
        AddOn.RADICAL_POLICE,
        flags(Flag.RADICAL) | {"nation": Nation.NI},
        "the police | 101",
        "Prevent | ACT Early",
    ),
    "planned attack": (AddOn.TERROR, flags(Flag.PLANNED_ATTACK), "tell the police now | as soon as they can | 999", ""),
    "extreme views, planned attack": (
        AddOn.PREVENT,
        flags(Flag.PLANNED_ATTACK),
        "Tell the police of the attack first",
        "check it with someone | today to your lead",
    ),
    "high-risk abuse": (
        AddOn.MARAC,
        flags(Flag.DA_HIGH) | ADULT,
        "MARAC | go ahead on a no | Never contact the person who may be abusing",
        "",
    ),
    "one chance": (
        AddOn.ONECHANCE,
        flags(Flag.HBA_FM),
        "only one chance | Never go to the family | 0800 5999 247 | 020 7008 0151 | peace",
        "",
    ),
    "suicide": (
        AddOn.SUICIDE,
        flags(Flag.SUICIDE),
        "If you are with them, stay | move away | NHS 111 (option 2) or Samaritans on 116 123 | Life comes first",
        "",
    ),
    "suicide, Scotland": (AddOn.SUICIDE, flags(Flag.SUICIDE) | {"nation": Nation.SCO}, "116 123", "NHS 111"),
    "missing": (
        AddOn.MISSING,
        flags(Flag.MISSING),
        "missing now, tell the police now | If they are back | with them alone",
        "",
    ),
    "injury": (
        AddOn.INJURY,
        flags(Flag.INJURY_NOT_MOBILE),
        "report it now | doctor see it today | Do not wait for",
        "",
    ),
    "images": (
        AddOn.IMAGES,
        flags(Flag.IMAGES),
        "Do not look at, copy, print, send or save | your lead now",
        "",
    ),
    "unborn": (AddOn.UNBORN, POSSIBLE | {"age": Age.UNBORN}, "before the birth | midwives' safeguarding team", ""),
    "child in an adult's life": (
        AddOn.CHILD,
        ADULT | {"child_contact": YES},
        "child's safety comes first | the adult's no does not stop | if the adult agrees",
        "",
    ),
    "a past abuser who can reach children": (
        AddOn.CHILD,
        ADULT | flags(Flag.REACHES_CHILDREN),
        "Children this person can reach come first | no does not stop",
        "if the adult agrees | lives with",
    ),
    "no care needs": (
        AddOn.NEEDS,
        ADULT | SERIOUS | {"needs": NO, "consent": Consent.REFUSED},
        "police | domestic abuse service | GP | fire service",
        "",
    ),
    "legal": (AddOn.LEGAL, POSSIBLE | {"legal": Legal.UNSURE}, "your legal team | does not wait", ""),
    "bar": (AddOn.BAR, {"legal": Legal.BAR}, "your lead and your legal team first | Danger does not wait", ""),
    "hold": (AddOn.HOLD, POSSIBLE | {"asks": Asks.PARENT}, "Give nothing | before your lead has advised", ""),
    "verify": (AddOn.VERIFY, {"asks": Asks.POLICE}, "ring back on a number you found | answer today | delay", ""),
    "transfer": (AddOn.TRANSFER, {"purpose": Purpose.TRANSFER}, "apart | receipt | No consent | 5 school days", ""),
    "transfer, Wales": (
        AddOn.TRANSFER,
        {"purpose": Purpose.TRANSFER, "nation": Nation.WAL},
        "receipt",
        "school days | England",
    ),
    "mistake": (
        AddOn.MISTAKE,
        {"entry": Entry.MISTAKE},
        "Stop reading | Do not send it on and do not delete | data protection lead now | 72 hours | act on that first",
        "",
    ),
    "Wales, listed": (AddOn.DUTY_WAL, POSSIBLE | {"nation": Nation.WAL}, "you must report", "expected"),
    "Wales, other": (
        AddOn.DUTY_WAL,
        POSSIBLE | {"nation": Nation.WAL, "body": Body.OTHER},
        "you are expected to report",
        "must",
    ),
    "Scotland, listed": (AddOn.DUTY_SCO, ADULT | POSSIBLE | {"nation": Nation.SCO}, "you must tell the council", ""),
    "Scotland, other": (
        AddOn.DUTY_SCO,
        ADULT | POSSIBLE | {"nation": Nation.SCO, "body": Body.OTHER},
        "you should tell the council",
        "must",
    ),
    "Scotland, body not known": (
        AddOn.DUTY_SCO,
        ADULT | POSSIBLE | {"nation": Nation.SCO, "body": None},
        "public bodies must tell the council | Others should",
        "you must | you should",
    ),
    "Wales, body not known": (
        AddOn.DUTY_WAL,
        POSSIBLE | {"nation": Nation.WAL, "body": None},
        "public bodies must report | Others are expected to",
        "you must | you are expected",
    ),
    "Wales, a no that stands": (
        AddOn.DUTY_WAL,
        ADULT | POSSIBLE | {"nation": Nation.WAL, "body": Body.OTHER, "consent": Consent.REFUSED},
        "In Wales you may be expected to report this all the same: ask your lead today | do not share it outside",
        "Report it | Seek",
    ),
    "Scotland, a no that stands": (
        AddOn.DUTY_SCO,
        ADULT | POSSIBLE | {"nation": Nation.SCO, "body": Body.OTHER, "consent": Consent.REFUSED},
        "In Scotland you may be expected to report this all the same: ask your lead today",
        "Report it",
    ),
    "Northern Ireland": (
        AddOn.DUTY_NI,
        POSSIBLE | {"nation": Nation.NI},
        "can be an offence not to tell the police of some crimes | Not every worry is one",
        "must",
    ),
    "sharing law, not dated": (AddOn.LAW_26A, {"law_26a": True}, "may come to bind you", "The law in England"),
    "reporting law, not dated": (
        AddOn.LAW_26B,
        flags(Flag.SEXUAL) | {"law_26b": True},
        "without delay | may come to require",
        "The law in England",
    ),
    "record": (AddOn.RECORD, {}, "even if you share nothing | No names | own record", ""),
}


def said_by(add_on: AddOn, changes: dict[str, Any]) -> str:
    advice, edition = advised(**changes)
    words = add_on_statement(add_on, advice, edition)
    return " ".join((str(words.short), *(str(sentence.text) for sentence in words.full)))


@pytest.mark.parametrize("name", SAYS)
def test_each_add_on_says_what_it_must_and_not_what_it_must_not(name: str) -> None:
    add_on, changes, must, must_not = SAYS[name]
    said = said_by(add_on, changes)
    for words in must.split(" | "):
        assert words in said
    for words in filter(None, must_not.split(" | ")):
        assert words not in said


def test_every_add_on_has_its_words_and_its_row_in_the_table_above() -> None:
    assert set(WORDS) == set(AddOn) == {row[0] for row in SAYS.values()}


def test_every_add_on_is_short_and_its_detail_fits() -> None:
    """About 120 characters under the advice (long service names and leads not yet known apart), 480 behind it."""
    for said in everything():
        for add_on, words in said.add_ons:
            assert 0 < len(str(words.short)) <= 135, words.short
            assert sum(len(str(sentence.text)) for sentence in words.full) <= 480, add_on
            assert words.full
            assert words.rules
            assert set(words.rules) == {rule for sentence in words.full for rule in sentence.rules}


def test_inv_20_the_two_laws_are_said_as_law_only_with_their_day() -> None:
    advice, edition = advised(law_26a=True, law_26b=True, **flags(Flag.SEXUAL))
    dated = replace(edition, law_26a=date(2027, 1, 4), law_26b=date(2027, 2, 1))
    assert "The law in England, since 2027-01-04" in str(add_on_statement(AddOn.LAW_26A, advice, dated).short)
    assert "The law in England, since 2027-02-01" in str(add_on_statement(AddOn.LAW_26B, advice, dated).short)


def test_what_the_statement_does_not_say_is_shown_beside_it() -> None:
    """Every add-on is either in the statement's own sentences or shown; the record is always asked for."""
    for said in everything():
        shown = shown_add_ons(said.advice, said.edition)
        covered = said.statement.covers
        assert set(shown) == set(said.advice.add_ons) - covered
        assert AddOn.RECORD not in shown
        assert {AddOn.TELL, AddOn.DONT_TELL} & (covered | set(shown))
        assert (AddOn.TELL in covered) <= said.advice.tell


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, ()),
        (SERIOUS, ()),
        (SERIOUS | {"tell_family": NO}, ()),
        (POSSIBLE, (AddOn.TELL,)),
        ({"asks": Asks.POLICE}, (AddOn.TELL,)),
        ({"legal": Legal.BAR}, (AddOn.TELL,)),
        ({"purpose": Purpose.TRANSFER, "tell_family": NO}, ()),
        ({"identifiable": NO}, (AddOn.TELL,)),
        (POSSIBLE | {"lead_conflict": YES}, (AddOn.NOTLEAD, AddOn.TELL)),
        (flags(Flag.HBA_FM), (AddOn.ONECHANCE,)),
        (POSSIBLE | {"age": Age.UNBORN, "tell_family": NO}, (AddOn.UNBORN,)),
        ({"allegation_worker": YES}, (AddOn.LADO,)),
    ],
)
def test_shown_beside_a_usual_advice(changes: dict[str, Any], shown: tuple[AddOn, ...]) -> None:
    """A short screen: what is said once is not said again."""
    assert set(shown_add_ons(advised(**changes)[0])) == set(shown)


def test_what_found_no_room_in_o5_is_shown_beside_it() -> None:
    """O5 with everything at once: the sentences that do not fit come back as add-ons."""
    crowded = 0
    for said in everything():
        facts = said.advice.facts
        if said.advice.outcome is O5 and facts.legal is Legal.BAR:
            screen = " ".join(map(str, said.statement.visible))
            in_sentence = "A court or a law may forbid it" in screen
            assert in_sentence != (AddOn.BAR in shown_add_ons(said.advice, said.edition))
            crowded += 1
    assert crowded


def test_a_duty_says_must_to_listed_bodies_only() -> None:
    for said in everything():
        body = said.advice.facts.body
        if body is not Body.LISTED:
            for add_on, words in said.add_ons:
                if add_on in (AddOn.DUTY_WAL, AddOn.DUTY_SCO, AddOn.VERIFY, AddOn.LEGAL):
                    short = str(words.short)
                    assert not re.search(r"\bmust\b", short if body else short.replace("public bodies must", ""))
