"""Every statement is whole, filled, short, plain and traced, for thousands of advices and the longest of all."""

from __future__ import annotations

import re
from itertools import product
from statistics import median

from hypothesis import given, settings

from states.addons import AddOn
from states.advice import advise, stops_reading
from states.editions import edition_for
from states.facts import Facts
from states.inputs import (
    NO,
    YES,
    Age,
    Asks,
    Capacity,
    Consent,
    ConsentBy,
    Flag,
    Harm,
    Nation,
)
from states.outcomes import (
    LONGEST_VISIBLE,
    outcome_statement,
)
from states.references import REFERENCES
from states.rules import O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, Outcome
from tests.states.any_facts import advised, any_facts, changed
from tests.states.reading_age import grade
from tests.states.said import everything, pieces, say_all, visible


def test_every_statement_is_whole_filled_short_and_traced() -> None:
    """No gap, no open placeholder, one screen; each sentence rests on rules that exist and hold there."""
    outcomes = set()
    for said in everything():
        outcomes.add(said.advice.outcome)
        statement = said.statement
        assert all(text.strip() for text in said.texts)
        assert not [text for text in said.texts if "{" in text or "}" in text]
        assert sum(len(str(text)) for text in statement.visible) <= LONGEST_VISIBLE
        assert len(statement.reason) == 2
        for sentence in said.sentences:
            assert sentence.rules, sentence
            assert all(said.edition.nation in REFERENCES[rule].nations for rule in sentence.rules), sentence
    assert outcomes == set(Outcome)


LONGEST_ADULT = product(
    Nation,
    (YES, NO),  # needs
    (YES, NO),  # ask_person
    (YES, NO),  # allegation_worker
    (YES, NO),  # coercion
    (Consent.VALID, Consent.NOT_ASKED, Consent.UNREACHABLE, Consent.REFUSED),
    (ConsentBy.PERSON, ConsentBy.ATTORNEY_OR_DEPUTY),
)
LONGEST_CHILD = product(
    Nation,
    (Age.UNBORN, Age.FROM_16, Age.ADULT),
    (YES, NO),  # tell_family
    (None, Capacity.HAS),
    (Consent.REFUSED, Consent.NOT_ASKED),
    (frozenset[Flag](), frozenset({Flag.SERIOUS_CRIME, Flag.SLAVERY})),
    (Asks.SELF, Asks.LA_CHILD_S47),
    (Harm.SIGNIFICANT, Harm.POSSIBLE),
)


def test_the_longest_statements_fit_on_one_screen_too() -> None:
    """Nothing known of the lead, the longest names, every extra sentence: random facts seldom meet all at once."""
    adults = (
        changed(
            age=Age.ADULT,
            lead_conflict=None,
            harm=Harm.SIGNIFICANT,
            nation=nation,
            needs=needs,
            ask_person=ask_person,
            allegation_worker=worker,
            coercion=coercion,
            consent=consent,
            consent_by=by,
        )
        for nation, needs, ask_person, worker, coercion, consent, by in LONGEST_ADULT
    )
    children = (
        changed(
            lead_conflict=None,
            nation=nation,
            age=age,
            tell_family=tell,
            capacity=capacity,
            consent=consent,
            flags=ticked,
            asks=asks,
            harm=harm,
            child_harm=harm,
        )
        for nation, age, tell, capacity, consent, ticked, asks, harm in LONGEST_CHILD
    )
    longest: dict[Outcome, int] = {}
    for told in (*adults, *children):
        advice = advise(told)
        length = len("".join(map(str, outcome_statement(advice, edition_for(told.nation)).visible)))
        longest[advice.outcome] = max(length, longest.get(advice.outcome, 0))
    assert {O2, O3, O4, O5, O6, O7, O11} <= set(longest)
    assert max(longest.values()) <= LONGEST_VISIBLE


@settings(max_examples=120, deadline=None)
@given(told=any_facts)
def test_any_facts_at_all_get_a_whole_statement(told: Facts) -> None:
    """Also unlikely and unfinished facts, so that no walk can end on an error or an empty screen."""
    advice = advise(told)
    said = say_all(advice, edition_for(advice.facts.nation))
    assert all(text.strip() and "{" not in text for text in said.texts)
    assert sum(len(str(text)) for text in said.statement.visible) <= LONGEST_VISIBLE
    assert all(sentence.rules for sentence in said.sentences)


def test_plain_enough_for_a_ten_year_old() -> None:
    """Median grade of all sentences at most 6; no screen over 9. Long names of services are the exception."""
    sentences = {piece for said in everything() for text in said.texts for piece in pieces(text)}
    assert median(grade(piece) for piece in sentences if re.search("[a-z]", piece)) <= 6
    screens = {visible(said.statement) for said in everything()}
    assert max(map(grade, screens)) <= 9


def test_no_article_numbers_and_no_small_talk() -> None:
    for piece in {piece for said in everything() for text in said.texts for piece in pieces(text)}:
        assert not re.search(r"\b(Article|Art|section|Schedule|GDPR|s47|please note|utilise|whilst)\b", piece)


def test_the_record_is_asked_for_after_every_outcome() -> None:
    """INV-15: also where nothing is shared."""
    for said in everything():
        assert re.search(r"[Ww]rite down", str(said.statement.record))
        assert AddOn.RECORD in said.statement.covers


def test_the_next_step_has_a_time() -> None:
    for said in everything():
        step = str(said.statement.next_step)
        if stops_reading(said.advice.facts, said.advice.outcome):
            assert step.startswith("Now: tell your data protection lead")
            continue
        expected = {O8: "next few days", O10: "today"}.get(said.advice.outcome, r"Now|Today|In the next few days")
        assert re.search(expected, step), step


def test_respect_is_not_said_for_a_young_child_without_a_parent_saying_no() -> None:
    """O9 names whoever said no; a withdrawn yes is named as one."""
    advice, edition = advised(consent=Consent.WITHDRAWN, consent_by=ConsentBy.PARENT, capacity=Capacity.LACKS)
    assert advice.outcome is O9
    assert "the parent took back their yes" in visible(outcome_statement(advice, edition))
