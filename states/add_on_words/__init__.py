"""What each add-on of guidance 12.4 says: a short line under the advice, and a few sentences behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from states.add_on_words import people, requests, worries
from states.add_on_words.words import AddOnStatement, Words
from states.addons import AddOn
from states.advice import Advice
from states.editions import Edition, edition_for
from states.outcomes import outcome_statement
from states.outcomes.naming import words_for
from states.outcomes.statement import fill, fill_all

WORDS: Mapping[AddOn, Callable[[Advice, Edition], Words]] = {
    AddOn.LEAD: people.lead,
    AddOn.NOTLEAD: people.not_lead,
    AddOn.TELL: people.tell,
    AddOn.DONT_TELL: people.dont_tell,
    AddOn.LADO: people.worker_with_children,
    AddOn.PIPOT: people.worker_with_adults,
    AddOn.DBS: people.barred_list,
    AddOn.FGM: worries.known_cutting,
    AddOn.NRM: worries.slavery,
    AddOn.PREVENT: worries.extreme_views,
    AddOn.RADICAL_POLICE: worries.extreme_views_police,
    AddOn.TERROR: worries.planned_attack,
    AddOn.MARAC: worries.high_risk_abuse,
    AddOn.ONECHANCE: worries.one_chance,
    AddOn.SUICIDE: worries.may_end_their_life,
    AddOn.MISSING: worries.missing,
    AddOn.INJURY: worries.injury,
    AddOn.IMAGES: worries.images,
    AddOn.UNBORN: worries.unborn,
    AddOn.CHILD: worries.child_in_an_adults_life,
    AddOn.NEEDS: worries.not_care_needs,
    AddOn.LEGAL: requests.legal,
    AddOn.BAR: requests.bar,
    AddOn.HOLD: requests.hold,
    AddOn.VERIFY: requests.verify,
    AddOn.TRANSFER: requests.transfer,
    AddOn.MISTAKE: requests.mistake,
    AddOn.DUTY_WAL: requests.duty_wales,
    AddOn.DUTY_SCO: requests.duty_scotland,
    AddOn.DUTY_NI: requests.duty_northern_ireland,
    AddOn.LAW_26A: requests.share_about_a_child,
    AddOn.LAW_26B: requests.report_sexual_abuse,
    AddOn.RECORD: people.record,
}


def add_on_statement(add_on: AddOn, advice: Advice, edition: Edition) -> AddOnStatement:
    """The words of one add-on of this advice, filled from the edition, with the rules that hold in its nation."""
    words = words_for(advice.facts, edition)
    draft = WORDS[add_on](advice, edition)
    full = fill_all(draft.full, words, edition.nation)
    rules = tuple(dict.fromkeys(rule for sentence in full for rule in sentence.rules))
    return AddOnStatement(fill(draft.short, words), full, rules)


def shown_add_ons(advice: Advice, edition: Edition | None = None) -> tuple[AddOn, ...]:
    """The add-ons to show beside the statement: those that its own sentences do not already say.

    Without an edition the one of the advice's nation is meant.
    """
    statement = outcome_statement(advice, edition or edition_for(advice.facts.nation))
    return tuple(add_on for add_on in advice.add_ons if add_on not in statement.covers)


__all__ = ["WORDS", "AddOnStatement", "add_on_statement", "shown_add_ons"]
