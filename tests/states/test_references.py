"""Every rule that is cited can be read in plain words, and none is kept for nothing."""

from __future__ import annotations

import re
from statistics import median

import pytest

from states.editions import EDITIONS
from states.inputs import Age, Entry, Nation
from states.look_up import pages
from states.outcomes import (
    emergency_statement,
    how_serious,
    lead_unavailable,
    not_for_you,
    store_down,
    unsafe_to_ring,
    what_to_say,
)
from states.references import REFERENCES, RULE_REASONS, Reference, visible
from states.rules import R27, R28, RULES, Rule
from tests.states.any_facts import advised, changed
from tests.states.reading_age import grade
from tests.states.said import everything

ALL_RULES = (*RULES, R27, R28)

KEPT_FOR_THE_RECORD_AND_THE_RULES_COMMAND = {
    *("MED-1", "MED-2", "MED-4", "MED-5", "MED-6", "SEX-5", "WT-26", "DU-3", "DU-9", "DU-11", "LAW-26b"),
    *("KQ-c", "KQ6", "KQ7", "GR7-2008", "REC-3", "REC-6", "REC-8", "REC-10", "REC-14", "RET-1", "INV-17"),
}
"""No sentence rests on these yet: they explain the law and the record where somebody asks for a rule by its id."""


def _cited() -> set[str]:
    ids = {id_ for rule in ALL_RULES for id_ in rule.because}
    ids |= {id_ for said in everything() for sentence in said.sentences for id_ in sentence.rules}
    ids |= {
        id_
        for edition in EDITIONS.values()
        for page in pages(edition)
        for sentence in page.sentences
        for id_ in sentence.rules
    }
    notices = [
        *(unsafe_to_ring(), lead_unavailable(), store_down()),
        *(how_serious(changed(age=age)) for age in Age),
        *(not_for_you(entry, None) for entry in (Entry.ABOUT_ME, Entry.UNDER_18, Entry.PUBLIC)),
    ]
    ids |= {id_ for notice in notices for sentence in notice.sentences for id_ in sentence.rules}
    ids |= {id_ for sentence in emergency_statement().sentences for id_ in sentence.rules}
    ids |= {id_ for sentence in what_to_say(*advised()) for id_ in sentence.rules}
    return ids


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_every_rule_cites_references_that_exist(rule: Rule) -> None:
    assert all(id_ in REFERENCES for id_ in rule.because)


def test_no_reference_is_kept_for_nothing() -> None:
    """What nobody cites must be declared above, and what is declared must really be cited by nobody."""
    assert set(REFERENCES) - _cited() == KEPT_FOR_THE_RECORD_AND_THE_RULES_COMMAND


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=lambda reference: reference.id)
def test_a_reference_is_one_short_plain_thought(reference: Reference) -> None:
    says = str(reference.says)
    assert 10 < len(says) <= 110
    assert says.endswith(".")
    assert "{" not in says
    assert not re.search(r"\bArticle\b|\bGDPR\b|\bs\d+\b", says)
    assert reference.evidence
    assert reference.nations


def test_evidence_is_a_source_a_rule_general_knowledge_or_a_choice() -> None:
    """GK tells a reviewer what still has to be checked."""
    known = re.compile(r"S\d+[bc]?|SEED-\d{3}|GK|DESIGN|[A-Z]+\d*-\d+(-\d{4})?|GR\d-\d{4}")
    for reference in REFERENCES.values():
        for evidence in reference.evidence:
            assert known.fullmatch(evidence), (reference.id, evidence)


def test_references_are_plain() -> None:
    grades = [grade(str(reference.says)) for reference in REFERENCES.values()]
    assert median(grades) <= 6


# id: the nations in which it holds, from guidance 3.4, 6 and 9
HOLDS = {
    "LA-1": {Nation.ENG},
    "LAW-26a": {Nation.ENG},
    "LAW-26b": {Nation.ENG},
    "AD-3": {Nation.ENG},
    "AD-5": {Nation.ENG},
    "WT-26": {Nation.ENG},
    "DU-2": {Nation.ENG, Nation.WAL},
    "DU-6": {Nation.ENG, Nation.WAL},
    "AGE-1": {Nation.ENG, Nation.WAL},
    "AGE-6": {Nation.ENG, Nation.WAL, Nation.NI},
    "DU-7": {Nation.ENG, Nation.WAL, Nation.SCO},
    "DU-16": {Nation.WAL},
    "LA-5": {Nation.WAL},
    "DU-17": {Nation.NI},
    "DU-21": {Nation.SCO},
    "DU-12": {Nation.ENG, Nation.WAL, Nation.SCO, Nation.NI, Nation.UNKNOWN},
    "LB-4": {Nation.ENG, Nation.WAL, Nation.SCO, Nation.NI, Nation.UNKNOWN},
    "EM-6": set(Nation),
    "GR1-2024": set(Nation),
}


@pytest.mark.parametrize("id_", HOLDS)
def test_inv_19_a_duty_is_visible_only_where_it_holds(id_: str) -> None:
    assert {nation for nation in Nation if visible([id_], nation)} == HOLDS[id_]


def test_nat_1_where_the_nation_is_not_known_only_what_holds_in_all_four_is_visible() -> None:
    four = (Nation.ENG, Nation.WAL, Nation.SCO, Nation.NI)
    for reference in REFERENCES.values():
        assert (Nation.UNKNOWN in reference.nations) == all(nation in reference.nations for nation in four)


def test_visible_keeps_the_order_and_takes_an_unasked_nation_for_unknown() -> None:
    assert visible(["RF-1", "LA-1", "EM-4"], Nation.SCO) == ("RF-1", "EM-4")
    assert visible(["LA-1", "EM-4"], None) == ("EM-4",)


def test_an_unknown_rule_is_an_error_not_a_gap() -> None:
    with pytest.raises(KeyError):
        visible(["GR9-2030"], Nation.ENG)


def test_every_rule_says_why_in_at_most_two_plain_sentences() -> None:
    assert set(RULE_REASONS) == {rule.id for rule in ALL_RULES}
    for reason in RULE_REASONS.values():
        said = str(reason)
        assert 1 <= len(re.findall(r"[.!?](\s|$)", said)) <= 2
        assert len(said) <= 160
        assert grade(said) <= 9


def test_inv_20_the_reference_of_a_coming_law_says_that_it_may_not_be_in_force() -> None:
    assert "once it is in force" in str(REFERENCES["LAW-26a"].says)
    assert "once it is in force" in str(REFERENCES["LAW-26b"].says)
    assert "may ask" in str(RULE_REASONS["R28"])
