"""The dated guidance: same words everywhere, reviewed in time, each nation only its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from states.add_on_words import add_on_statement
from states.addons import AddOn
from states.editions import EDITIONS, WORD_KEYS, edition_for
from states.editions.edition import Edition
from states.inputs import Nation
from states.look_up import pages
from states.outcomes import numbers_to_ring, what_to_say
from states.references import REFERENCES, visible
from tests.states.any_facts import advised
from tests.states.said import everything

ENGLAND_ONLY = (
    *("LADO", "MASH", "Care Act", "Working Together", "KCSIE", "Family Help", "Safeguarding Adults Board"),
    *("position of trust", "school days", "Children Act", "section 47", "s47", "In England the law"),
)
ENGLAND_AND_WALES_ONLY = ("Mental Capacity Act", "MCA", "DBS", "NHS 111", "Social Services and Well-being")
GREAT_BRITAIN_ONLY = ("Prevent", "ACT Early", "Channel")
WALES_ONLY = ("designated officer for safeguarding", "In Wales", "Wales Safeguarding")
SCOTLAND_ONLY = ("In Scotland", "National Guidance for Child Protection", "children's social work")
NI_ONLY = ("Gateway", "In Northern Ireland", "Co-operating", "UNOCINI")
FOREIGN: dict[Nation, tuple[str, ...]] = {
    Nation.ENG: (*WALES_ONLY, *SCOTLAND_ONLY, *NI_ONLY),
    Nation.WAL: (*ENGLAND_ONLY, *SCOTLAND_ONLY, *NI_ONLY),
    Nation.SCO: (*ENGLAND_ONLY, *ENGLAND_AND_WALES_ONLY, *WALES_ONLY, *NI_ONLY),
    Nation.NI: (*ENGLAND_ONLY, *ENGLAND_AND_WALES_ONLY, *GREAT_BRITAIN_ONLY, *WALES_ONLY, *SCOTLAND_ONLY),
}
ALL_FOREIGN = (
    *(*ENGLAND_ONLY, *ENGLAND_AND_WALES_ONLY, *GREAT_BRITAIN_ONLY),
    *(*WALES_ONLY, *SCOTLAND_ONLY, *NI_ONLY),
)


def foreign(nation: Nation) -> re.Pattern[str]:
    """The words of other nations; where the nation is not known, those of every nation."""
    words = FOREIGN.get(nation, ALL_FOREIGN)
    return re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")


@pytest.mark.parametrize("nation", Nation)
def test_there_is_one_edition_a_nation_reviewed_within_six_months(nation: Nation) -> None:
    edition = edition_for(nation)
    assert edition.nation is nation
    assert edition.reviewed_on == date(2026, 11, 22)
    assert edition.reviewed_on < edition.review_by <= date(2027, 5, 22)
    assert edition.in_force_from <= edition.review_by


def test_nat_1_a_nation_not_asked_gets_what_holds_in_all_four() -> None:
    assert edition_for(None) is edition_for(Nation.UNKNOWN)


def test_edition_ids_are_unique_since_a_walk_is_pinned_to_one() -> None:
    assert len({edition.id for edition in EDITIONS.values()}) == len(Nation)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_every_edition_has_the_same_words_each_short_enough_to_read_inside_a_sentence(edition: Edition) -> None:
    assert set(edition.words) == WORD_KEYS
    assert all(0 < len(str(word)) <= 100 for word in edition.words.values())
    assert not [word for word in edition.words.values() if "{" in str(word) or str(word).endswith(".")]


def test_an_edition_with_a_word_missing_or_too_many_is_refused() -> None:
    england = EDITIONS[Nation.ENG]
    words = dict(england.words)
    with pytest.raises(ValueError, match="adults_service"):
        replace(england, words={key: word for key, word in words.items() if key != "adults_service"})
    with pytest.raises(ValueError, match="other"):
        replace(england, words={**words, "other": words["nation_name"]})


def test_an_edition_that_goes_unreviewed_for_more_than_six_months_is_refused() -> None:
    england = EDITIONS[Nation.ENG]
    with pytest.raises(ValueError, match="six months"):
        replace(england, review_by=england.reviewed_on + timedelta(days=190))


def test_inv_19_an_edition_refuses_another_nations_numbers_and_laws() -> None:
    england, scotland = EDITIONS[Nation.ENG], EDITIONS[Nation.SCO]
    with pytest.raises(ValueError, match="nhs-111"):
        replace(scotland, contacts=england.contacts)
    with pytest.raises(ValueError, match="laws of England"):
        replace(scotland, law_26a=date(2027, 1, 4))


def test_inv_20_no_edition_says_yet_that_the_two_laws_of_2026_are_in_force() -> None:
    """Their commencement is not confirmed; a person sets the day."""
    assert all(edition.law_26a is None and edition.law_26b is None for edition in EDITIONS.values())


# id: number and nations, as guidance 7 has them
NUMBERS = {
    "999": "999",
    "55": "999",
    "18000": "18000",
    "101": "101",
    "18001-101": "18001 101",
    "nspcc": "0808 800 5000",
    "childline": "0800 1111",
    "karma-nirvana": "0800 5999 247",
    "forced-marriage": "020 7008 0151",
    "modern-slavery": "0800 0121 700",
    "act-early": "0800 011 3764",
    "samaritans": "116 123",
    "nhs-111": "111",
    "whistleblowing": "0800 028 0285",
}
NOT_EVERYWHERE = {
    Nation.ENG: set(),
    Nation.WAL: set(),
    Nation.SCO: {"nhs-111"},
    Nation.NI: {"nhs-111", "act-early"},
    Nation.UNKNOWN: {"nhs-111", "act-early"},
}


@pytest.mark.parametrize("nation", NOT_EVERYWHERE)
def test_the_national_numbers_are_those_of_the_guidance(nation: Nation) -> None:
    """A wrong digit here is a call that reaches nobody."""
    numbers = {contact.id: contact.number for contact in EDITIONS[nation].contacts}
    assert numbers == {id_: number for id_, number in NUMBERS.items() if id_ not in NOT_EVERYWHERE[nation]}


def test_outside_the_uk_no_uk_number_is_offered() -> None:
    assert [contact.number for contact in EDITIONS[Nation.OUTSIDE_UK].contacts] == ["112"]


def test_em_8_no_hours_are_printed() -> None:
    hours = re.compile(r"\b\d{1,2}\s?(am|pm)\b|24 hours a day|24/7|Mon|weekend", re.IGNORECASE)
    for edition in EDITIONS.values():
        for contact in edition.contacts:
            assert not hours.search(f"{contact.name} {contact.note}")


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_sources_are_named_once_with_publisher(edition: Edition) -> None:
    assert len({source.id for source in edition.sources}) == len(edition.sources) > 3
    assert all(source.title and source.publisher for source in edition.sources)


def test_inv_19_statements_and_add_ons_keep_to_their_nation() -> None:
    """Every text of thousands of advices is searched for the words of the other nations."""
    patterns = {nation: foreign(nation) for nation in Nation}
    seen = set()
    for said in everything():
        seen.add(said.edition.nation)
        for text in said.texts:
            assert not patterns[said.edition.nation].search(text), (said.edition.id, text)
    assert seen == set(Nation)


@pytest.mark.parametrize("nation", Nation)
def test_inv_19_every_other_text_keeps_to_its_nation(nation: Nation) -> None:
    """Words, contacts, sources, pages, references, the call, and every add-on, also the rare ones."""
    edition, pattern = EDITIONS[nation], foreign(nation)
    advice, _ = advised(nation=nation)
    numbers = numbers_to_ring(advice, edition)
    theirs = {AddOn.FGM, AddOn.PREVENT, AddOn.DUTY_WAL, AddOn.DUTY_SCO, AddOn.DUTY_NI, AddOn.LAW_26A, AddOn.LAW_26B}
    beside = [add_on_statement(add_on, advice, edition) for add_on in AddOn if add_on not in theirs]
    texts = (
        *map(str, edition.words.values()),
        str(edition.title),
        *(f"{contact.name} {contact.note}" for contact in edition.contacts),
        *(f"{source.title} {source.publisher}" for source in edition.sources),
        *(str(page.title) for page in pages(edition)),
        *(str(sentence.text) for page in pages(edition) for sentence in page.sentences),
        *(str(REFERENCES[id_].says) for id_ in visible(REFERENCES, nation)),
        *(str(sentence.text) for sentence in what_to_say(advice, edition)),
        *(str(words.short) for words in beside),
        *(str(sentence.text) for words in beside for sentence in words.full),
        str(numbers.local),
    )
    for text in texts:
        assert not pattern.search(text), text


def test_inv_19_the_search_itself_finds_foreign_words() -> None:
    assert foreign(Nation.SCO).search("Ring the LADO.")
    assert foreign(Nation.UNKNOWN).search("Prevent team")
    assert not foreign(Nation.ENG).search("Ring the LADO.")
