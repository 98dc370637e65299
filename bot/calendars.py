"""The wall clock and the public holidays of a nation, for what is arranged by hours and days."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.local_time import UNITED_KINGDOM
from bot.store.organisations import Organisation
from states.inputs import Nation
from states.rota import Calendar

_SUBDIVISIONS = {Nation.ENG: "ENG", Nation.SCO: "SCT", Nation.WAL: "WLS", Nation.NI: "NIR"}
"""ISO 3166-2:GB."""


@cache
def calendar_of(nation: str) -> Calendar:
    """The calendar of a nation, as an organisation has it; of one not known, with no holidays."""
    import holidays  # seldom needed, and slow to load

    subdivision = _SUBDIVISIONS.get(Nation(nation))
    days = holidays.country_holidays("GB", subdiv=subdivision) if subdivision else frozenset()
    return Calendar(UNITED_KINGDOM, days)  # it holds the days of every year that is asked for


def calendar_for(organisation: Organisation) -> Calendar:
    """The calendar of an organisation: its nation's, and the days on which it is closed itself."""
    return replace(calendar_of(organisation.nation), closed=organisation.arrangements.closed_days)
