"""The guidance, dated: one edition a nation, and the minimum for a nation that is not known (NAT-1)."""

from __future__ import annotations

from collections.abc import Mapping

from states.editions.contacts import local_number_not_set_up
from states.editions.edition import WORD_KEYS, Contact, Edition, Source
from states.editions.england import ENGLAND
from states.editions.northern_ireland import NORTHERN_IRELAND
from states.editions.scotland import SCOTLAND
from states.editions.united_kingdom import OUTSIDE_UK, UNITED_KINGDOM
from states.editions.wales import WALES
from states.inputs import Nation

EDITIONS: Mapping[Nation, Edition] = {
    edition.nation: edition for edition in (ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND, UNITED_KINGDOM, OUTSIDE_UK)
}


def edition_for(nation: Nation | None) -> Edition:
    """The edition for this nation; a nation not asked or not known gets what holds in all four (NAT-1)."""
    return EDITIONS[nation or Nation.UNKNOWN]


def edition_called(id_: str) -> Edition:
    """The edition of this id; for one that is no more, what holds in all four nations."""
    return next((edition for edition in EDITIONS.values() if edition.id == id_), UNITED_KINGDOM)


__all__ = [
    "EDITIONS",
    "WORD_KEYS",
    "Contact",
    "Edition",
    "Source",
    "edition_called",
    "edition_for",
    "local_number_not_set_up",
]
