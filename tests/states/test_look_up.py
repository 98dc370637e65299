"""What can be looked up: short pages, in plain words, each nation's own; and today's names for old ones."""

from __future__ import annotations

import re
from statistics import median

import pytest

from states.editions import EDITIONS
from states.editions.edition import Edition
from states.inputs import Nation
from states.look_up import LONGEST_PAGE, menu, page_named, pages, todays_name
from states.references import REFERENCES
from tests.states.reading_age import grade

EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)


def words_of(id_: str, edition: Edition) -> str:
    page = page_named(id_, edition)
    return " ".join((str(page.title), *(str(sentence.text) for sentence in page.sentences)))


@EVERY_EDITION
def test_every_page_is_filled_short_traced_and_leads_to_a_page_that_exists(edition: Edition) -> None:
    built = pages(edition)
    ids = [page.id for page in built]
    assert len(set(ids)) == len(ids)
    for page in built:
        said = words_of(page.id, edition)
        assert "{" not in said
        assert len(said) <= LONGEST_PAGE
        assert page.next is None or page.next in ids
        for sentence in page.sentences:
            assert sentence.rules
            assert all(edition.nation in REFERENCES[rule].nations for rule in sentence.rules), sentence


@EVERY_EDITION
def test_pages_are_plain(edition: Edition) -> None:
    sentences = [str(sentence.text) for page in pages(edition) for sentence in page.sentences]
    assert median(map(grade, sentences)) <= 6
    assert max(grade(words_of(page.id, edition)) for page in pages(edition)) <= 9


def test_the_menu_offers_each_subject_once_and_inner_pages_through_next() -> None:
    england = [page.id for page in menu(EDITIONS[Nation.ENG])]
    assert england == [
        *("golden-rules", "consent", "confidence", "share-safely", "on-the-phone"),
        *("after-a-referral", "adults", "old-names", "guidance"),
    ]
    reached = set(england)
    for id_ in england:
        page = page_named(id_, EDITIONS[Nation.ENG])
        while page.next:
            page = page_named(page.next, EDITIONS[Nation.ENG])
            reached.add(page.id)
    assert reached == {page.id for page in pages(EDITIONS[Nation.ENG])}


@EVERY_EDITION
def test_the_golden_rules_are_seven_and_marked_as_englands_elsewhere(edition: Edition) -> None:
    said = words_of("golden-rules", edition)
    assert re.findall(r"\b(\d)\. ", said) == list("1234567")
    assert ("written for England" in said) == (edition.nation is not Nation.ENG)


@EVERY_EDITION
def test_what_follows_a_referral_is_never_promised(edition: Edition) -> None:
    """7.5: the bot explains stages; it never says that one "will" come, nor that a report was made."""
    for page in pages(edition):
        if page.id.startswith("after-a-referral"):
            said = words_of(page.id, edition)
            assert "I cannot say which" in said or "limits, not promises" in said
            assert not re.search(r"\bwill (be|come|happen|follow|hold|look|meet|visit)\b", said)


def test_the_times_are_englands_and_shown_there_only() -> None:
    said = words_of("after-a-referral-times", EDITIONS[Nation.ENG])
    for words in ("one working day", "45 working days", "8 days", "7 more", "15 working days", "10 working days"):
        assert words in said
    assert "3 months" in said
    for nation, edition in EDITIONS.items():
        assert ("after-a-referral-times" in {page.id for page in pages(edition)}) == (nation is Nation.ENG)


@pytest.mark.parametrize(
    ("id_", "must"),
    [
        ("consent", ("silence is not a yes", "take it back", "New reason", "not a yes to sharing", "after a no")),
        ("consent-age", ("parental responsibility", "act as for a child", "never family", "weigh it")),
        ("consent-not", ("more risk of harm", "serious crime", "delay", "never go to the family", "parents first")),
        ("confidence", ("in trust", "never promise to keep a secret", "harm from not sharing", "already")),
        ("share-safely", ("only what they need", "ring back on a number you found", "secure email", "group chats")),
        ("on-the-phone", ("who you are", "own words", "what you think", "say it back", "no short forms", "dig")),
        ("adults", ("Adults choose", "even if the adult says no", "can decide", "child comes first")),
        ("adults-without-yes", ("Life is at risk", "Others are at risk", "cannot decide", "press", "respect the no")),
    ],
)
@EVERY_EDITION
def test_pages_say_what_they_are_for(edition: Edition, id_: str, must: tuple[str, ...]) -> None:
    said = words_of(id_, edition)
    assert all(words in said for words in must)


@pytest.mark.parametrize(
    ("nation", "must", "must_not"),
    [
        (Nation.ENG, ("From 16", "From about 12", "Gillick"), ()),
        (Nation.WAL, ("From 16", "From about 12", "Gillick"), ()),
        (Nation.SCO, ("From 12, start from the view",), ("From 16", "Gillick", "Fraser")),
        (Nation.NI, ("What they understand counts, not their age",), ("From 1",)),
        (Nation.UNKNOWN, ("No age is a firm line",), ("From 1", "Gillick")),
        (Nation.OUTSIDE_UK, ("No age is a firm line",), ("From 1", "Gillick")),
    ],
)
def test_inv_19_the_age_from_which_a_child_may_decide_is_the_nations_own(
    nation: Nation, must: tuple[str, ...], must_not: tuple[str, ...]
) -> None:
    """Guidance 9: 16 and 12 in England and Wales, 12 in Scotland, understanding alone in Northern Ireland."""
    said = words_of("consent-age", EDITIONS[nation])
    assert all(words in said for words in must)
    assert not [words for words in must_not if words in said]


@EVERY_EDITION
def test_the_guidance_page_carries_its_dates(edition: Edition) -> None:
    """LAW-CYCLE: whoever reads it sees when a person last looked at it."""
    said = words_of("guidance", edition)
    assert "2026-11-22" in said
    assert "2027-05-22" in said
    assert "not legal advice" in said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("CAF", "early help assessment"),
        ("should I do a caf?", "early help assessment"),
        ("ContactPoint", "closed in 2010"),
        ("contact  point", "closed in 2010"),
        ("eCAF", "computer system for CAF"),
        ("the LSCB", "safeguarding partners"),
        ("lead professional", "lead practitioner"),
        ("Team Around the Child", "team around the family"),
        ("NSDU", "is gone"),
        ("Fraser competent", "only about sexual health"),
        ("Gillick", "can decide this, now"),
        ("Data Protection Act 1998", "UK GDPR"),
        ("the 2008 guidance", "withdrawn"),
    ],
)
def test_an_old_name_is_answered_with_todays(typed: str, answer: str) -> None:
    name = todays_name(typed)
    assert name is not None
    assert answer in str(name)


@pytest.mark.parametrize("typed", ["", "cafe", "tactic", "hello", "is she in danger", "decaf"])
def test_other_words_are_no_old_names(typed: str) -> None:
    assert todays_name(typed) is None


def test_inv_19_englands_successors_are_labelled_as_englands() -> None:
    for typed in ("CAF", "ContactPoint", "eCAF", "LSCB", "NSDU", "2008 guidance"):
        assert "England" in str(todays_name(typed))
    assert not re.search(r"LADO|MASH|Family Help|Working Together", str(todays_name("CAF")))
