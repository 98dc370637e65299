"""The local numbers to ring now, beside whatever is said to whoever asked."""

from __future__ import annotations

from collections.abc import Collection

from bot.local_time import local
from bot.screens import number_screens as screens
from bot.store import local_numbers, organisations
from bot.turns.telling import Acting
from states.outcomes.local_numbers import NEEDED, NumberKind
from states.text import Text


def numbers_of(acting: Acting, organisation_id: str, kinds: Collection[NumberKind] = NEEDED) -> Text | None:
    """The numbers of an organisation to ring now."""
    organisation = organisations.by_id(acting.transaction, organisation_id)
    if organisation is None:
        return None
    given = local_numbers.of_organisation(acting.transaction, organisation_id)
    return screens.numbers_of(organisation, given, kinds, local(acting.at).date())
