"""The invariants that every word of every outcome and add-on obeys, searched over thousands of advices."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.editions import EDITIONS
from states.inputs import (
    UNSURE,
    YES,
    Age,
    Body,
    Consent,
    Flag,
    Harm,
    Nation,
    Role,
)
from states.outcomes import (
    emergency_statement,
    how_serious,
    outcome_statement,
    what_to_say,
)
from states.rules import O1, O2, O3, O4, O5, O6, O7, O9, O11, O12, Outcome
from tests.states.any_facts import DEFAULT, advised
from tests.states.said import everything, pieces, say_all, visible

ADULT = {"age": Age.ADULT}
SERIOUS = {"harm": Harm.SIGNIFICANT}
REFUSED = {"consent": Consent.REFUSED}

FAMILY = re.compile(r"\b(family|parents?|parental|carers|household|mother)\b", re.IGNORECASE)
TELLS = re.compile(r"\b(tell|told|ask|be open|inform|speak|ring|contact)\b", re.IGNORECASE)
HELD = re.compile(
    r"\b(not|never|nothing|before|hears? |may be told|out of it|only if (the adult agrees|that was agreed))\b"
    r"|if the adult agrees|it is agreed who",
    re.IGNORECASE,
)


def _invites_family(piece: str) -> bool:
    return bool(FAMILY.search(piece) and TELLS.search(piece) and not HELD.search(piece))


def test_inv_3_the_family_is_never_brought_in_unless_that_is_known_to_be_safe() -> None:
    """Every sentence of every statement and add-on, wherever telling is not known to be safe."""
    checked = 0
    for said in everything():
        if said.advice.tell:
            continue
        for text in said.texts:
            for piece in pieces(text):
                mother_herself = said.advice.outcome is O7 and said.advice.facts.age is Age.UNBORN
                request = said.advice.outcome is O12 and "parental responsibility" in piece
                checked += 1
                assert mother_herself or request or not _invites_family(piece), (said.advice.outcome, piece)
    assert checked > 10_000


def test_inv_3_the_search_itself_finds_an_invitation() -> None:
    """The search above can fail: it finds what O4 says, and the line about parents in O7."""
    assert _invites_family("Tell the young person, if it is safe, and the family what you will share.")
    assert _invites_family("If the child cannot decide this alone, ask someone with parental responsibility too.")
    assert not _invites_family("Do not tell the family before you have spoken to your lead.")


def test_inv_3_nobody_is_sent_to_ask_the_person_unless_they_can_be_asked_alone_and_safely() -> None:
    asks = re.compile(r"\b(speak|talk) to (the (child|young person|adult)|them)\b|\bask the (child|young|adult)\b")
    for said in everything():
        if said.advice.facts.ask_person is YES:
            continue
        assert said.advice.outcome is not O7
        for text in map(str, said.statement.visible):
            for piece in pieces(text):
                assert not asks.search(piece) or "safe way" in piece, (said.advice.outcome, piece)


def test_where_a_child_is_at_serious_risk_nothing_asks_for_consent() -> None:
    """O1, O3 and O4 must not say "seek consent"; nor may an add-on beside them, such as the Welsh duty to report."""
    seeks = re.compile(
        r"\b(seek|ask for|get|obtain) (their |her |his |the \w+'s )?(yes|consent|agreement)\b", re.IGNORECASE
    )
    for said in everything():
        if said.advice.outcome in (O1, O3, O4):
            assert not [text for text in said.texts if seeks.search(text)]
    advice, edition = advised(nation=Nation.WAL, age=Age.ADULT, harm=Harm.POSSIBLE)
    assert any(seeks.search(text) for text in say_all(advice, edition).texts)


def test_inv_11_no_word_says_that_somebody_was_told() -> None:
    claims = re.compile(
        r"\b(I|we) (have )?(told|sent|rang|referred|reported|contacted|passed)\b"
        r"|\b(has|have) been (told|sent|referred|reported|passed)\b|\breferral (is|was|has been) made\b",
        re.IGNORECASE,
    )
    for said in everything():
        assert not [text for text in said.texts if claims.search(text)]
        assert "not" in str(said.statement.footing)
        assert "referral" in str(said.statement.footing)


def test_inv_12_nobody_is_called_safe_or_not_at_risk() -> None:
    calls = re.compile(
        r"\bnot at risk\b|below (the )?threshold|\b(child|person|adult|baby|they|he|she) (is|are) (safe|fine)\b"
        r"|nothing to worry|no need to worry|there is no risk|no risk to",
        re.IGNORECASE,
    )
    serious = [str(s.text) for age in Age for s in how_serious(replace(DEFAULT, age=age)).sentences]
    for text in (*serious, *(text for said in everything() for text in said.texts)):
        assert not calls.search(text), text


def test_inv_13_no_call_waits_for_the_lead() -> None:
    """O1, O3, O4 ring first; the others say what to do when nobody answers."""
    for said in everything():
        first, screen = str(said.statement.headline), visible(said.statement)
        outcome = said.advice.outcome
        if outcome is O1:
            assert first == "Ring 999 now."
        elif outcome in (O3, O4):
            assert first.startswith("Ring ")
            assert " now" in first
            assert "No answer?" in screen
        elif outcome in (O2, O5, O11):
            assert re.search(r"reach no one|no one answers", screen)
        elif outcome in (O6, O7) and said.advice.facts.any_harm:
            assert "No answer, and it gets worse? Ring" in screen


HIDDEN: dict[str, dict[str, Any]] = {
    "forced marriage": {"flags": frozenset({Flag.HBA_FM})},
    "illness made up": {"flags": frozenset({Flag.FII})},
    "sexual abuse at home": {"flags": frozenset({Flag.FAMILY_SEXUAL})},
    "a worker": {"allegation_worker": YES},
    "perhaps a worker": {"allegation_worker": UNSURE},
}


@pytest.mark.parametrize("age", [Age.UNBORN, Age.U12, Age.FROM_16, Age.UNKNOWN])
@pytest.mark.parametrize("worry", HIDDEN)
def test_inv_14_the_accused_and_the_family_are_never_offered_as_contacts(worry: str, age: Age) -> None:
    advice, edition = advised(age=age, **HIDDEN[worry])
    said = say_all(advice, edition)
    texts = (*said.texts, *(str(sentence.text) for sentence in what_to_say(advice, edition)))
    for text in texts:
        for piece in pieces(text):
            assert not _invites_family(piece), piece
    if "worker" in worry:
        assert any("Do not tell or question the person who may have done harm" in text for text in texts)


def test_inv_16_the_emergency_text_is_the_same_everywhere_and_needs_nothing() -> None:
    """One static text: no placeholder, no edition's word, 999 before all else."""
    static = emergency_statement()
    assert str(static.headline) == "Ring 999 now."
    assert all(not text.values for text in static.visible)
    for nation, edition in EDITIONS.items():
        advice, _ = advised(danger=YES, nation=nation, lead_conflict=None)
        assert outcome_statement(advice, edition).visible == static.visible


def test_inv_20_a_law_without_its_day_is_never_said_to_be_in_force() -> None:
    """The engine's flag alone is not enough: the edition must carry the day."""
    for said in everything():
        assert not [text for text in said.texts if re.search(r"The law in England|in force|England the law", text)]


def test_inv_20_with_its_day_the_law_is_said_with_it() -> None:
    advice, edition = advised(law_26a=True, consent=Consent.REFUSED)
    assert advice.outcome is O5
    dated = replace(edition, law_26a=date(2027, 1, 4))
    assert "In England the law now asks you to share" in visible(outcome_statement(advice, dated))
    assert "In England the law now asks you to share" not in visible(outcome_statement(advice, edition))


def test_inv_23_what_was_said_in_confidence_is_not_taken_to_the_parents() -> None:
    """A young person who can decide said no: outside O1 no text sends their words to the parents."""
    seen = set()
    for said in everything():
        if said.advice.facts.in_confidence and said.advice.outcome is not O1:
            seen.add(said.advice.outcome)
            for text in said.texts:
                for piece in pieces(text):
                    assert not _invites_family(piece) or "parental responsibility" in piece, piece
    assert {O2, O3, O4, O5, O9} <= seen
    advice, edition = advised(**SERIOUS, **REFUSED)
    assert "do not tell parents or family before social care or your lead has advised" in visible(
        outcome_statement(advice, edition)
    )


def test_inv_24_your_lead_is_not_named_where_they_may_be_part_of_it() -> None:
    """Deputy or next senior person instead; the same where the lead said to drop it."""
    for said in everything():
        facts = said.advice.facts
        conflict = facts.lead_conflict in (YES, UNSURE) or facts.lead_blocked is YES
        if conflict or facts.user_role is Role.LEAD:
            assert not [text for text in said.texts if re.search(r"[Yy]our (safeguarding )?lead\b", text)]
        if conflict and said.advice.outcome in (O1, O2, O3, O4, O5, O9, O11):
            assert "the deputy lead or the next senior person" in visible(said.statement)


@pytest.mark.parametrize("outcome", [O1, O3, O4, O5, O9, O11])
def test_inv_24_where_it_was_not_asked_the_text_says_for_whom_the_lead_is_not(outcome: Outcome) -> None:
    found = [
        said
        for said in everything()
        if said.advice.outcome is outcome
        and said.advice.facts.lead_conflict is None
        and said.advice.facts.lead_blocked is not YES
        and said.advice.facts.user_role in (None, Role.STAFF, Role.VOLUNTEER, Role.REGULATED)
    ]
    assert found
    for said in found:
        assert "another senior person if it is about them or someone close to them" in visible(said.statement)


def test_a_lead_is_sent_to_an_advice_line_not_to_themselves() -> None:
    advice, edition = advised(user_role=Role.LEAD, harm=Harm.POSSIBLE)
    said = visible(outcome_statement(advice, edition))
    assert "the social care advice line or your named professional" in said


def test_must_is_said_to_listed_bodies_only() -> None:
    """O2: a duty of listed bodies is not put on a club or a charity; not knowing which it is, both are said."""
    for said in everything():
        body = said.advice.facts.body
        if said.advice.outcome is O2 and body is not Body.LISTED:
            screen = visible(said.statement)
            assert not re.search(r"\bmust\b", screen if body else screen.replace("public bodies must", ""))


def test_outside_the_uk_every_statement_says_that_uk_rules_may_not_apply() -> None:
    for said in everything():
        if said.edition.nation is Nation.OUTSIDE_UK:
            words = "outside the UK: 112" if said.advice.outcome is O1 else "UK rules may not apply"
            assert words in visible(said.statement)
