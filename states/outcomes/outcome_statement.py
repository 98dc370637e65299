"""The statement of an outcome: a draft filled from the edition, traced to rules, kept to one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from states.addons import AddOn
from states.advice import Advice, stops_reading, tells_police_now
from states.editions import Edition
from states.inputs import Nation
from states.outcomes.adult_without_consent import share_without_consent
from states.outcomes.agreement import (
    not_without_a_reason,
    respect_the_no,
    seek_agreement,
    share_as_agreed,
    share_with_care,
)
from states.outcomes.data_protection import pass_to_data_protection
from states.outcomes.emergency import emergency_for
from states.outcomes.first_things import police_now, stop_reading
from states.outcomes.lead_today import lead_today
from states.outcomes.naming import words_for
from states.outcomes.referral import refer_and_keep_from_family, refer_and_tell
from states.outcomes.required import required
from states.outcomes.statement import (
    FOOTING_ANSWER,
    FOOTING_CALL,
    FOOTING_DECIDE,
    LONGEST_VISIBLE,
    Draft,
    Sentence,
    Statement,
    fill,
    fill_all,
    fill_sentence,
    holding,
    line,
)
from states.references import RULE_REASONS
from states.rules import O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, O12, R27, R28, RULES, Outcome
from states.text import Text, say

FOOTINGS: Mapping[Outcome, Text] = {
    O2: FOOTING_ANSWER,
    O3: FOOTING_CALL,
    O4: FOOTING_CALL,
    O5: FOOTING_CALL,
    O11: FOOTING_CALL,
}

RECORD_SHARED = say("Write down what you share, with whom, why and when.")
RECORD_NOT_TOLD = say("Write down what you share, with whom, why and when, and why the family was not told.")
RECORD_ADVICE = say("Write down what worried you, who advised you, when, and what they said.")
RECORD_ASKED = say("Write down what you asked, what they said, and why.")
RECORD_NOT_SHARED = say("Write down why you do not share it, what they said, and the day to look again.")
RECORD_OVERRIDE = say("Write down what the adult wanted, why you went past it, what you shared and with whom.")
RECORD_REQUEST = say("Write down who asked, for what, when, and whom you passed it to.")
RECORDS: Mapping[Outcome, Text] = {
    O2: RECORD_REQUEST,
    O3: RECORD_NOT_TOLD,
    O4: RECORD_SHARED,
    O5: RECORD_ADVICE,
    O6: RECORD_SHARED,
    O7: RECORD_ASKED,
    O8: RECORD_SHARED,
    O9: RECORD_NOT_SHARED,
    O10: RECORD_NOT_SHARED,
    O11: RECORD_OVERRIDE,
    O12: RECORD_REQUEST,
}

UK_RULES_MAY_NOT_APPLY = line(
    say("UK rules may not apply where they are: check with a senior person and local services."), "NAT-1"
)

POLICE_FIRST = frozenset({O5, O6, O7, O11})
"""What a planned attack can come to without a child at serious risk (O3 says it too) or a law that asks (O2)."""

BECAUSE = {rule.id: rule.because for rule in (*RULES, R27, R28)}


def _draft(advice: Advice, edition: Edition) -> Draft:
    facts = advice.facts
    if tells_police_now(facts) and advice.outcome in POLICE_FIRST:
        return police_now(facts)
    if stops_reading(facts, advice.outcome):
        return stop_reading(facts, edition.nation)
    law_26a = "R28" in advice.rules and edition.law_26a is not None
    by_outcome: Mapping[Outcome, Callable[[], Draft]] = {
        O2: lambda: required(facts, edition.nation),
        O3: lambda: refer_and_keep_from_family(facts),
        O4: lambda: refer_and_tell(facts),
        O5: lambda: lead_today(facts, edition.nation, law_26a),
        O6: lambda: share_as_agreed(facts),
        O7: lambda: seek_agreement(facts),
        O8: lambda: share_with_care(facts),
        O9: lambda: respect_the_no(facts),
        O10: lambda: not_without_a_reason(facts),
        O11: lambda: share_without_consent(facts),
        O12: lambda: pass_to_data_protection(facts),
    }
    return by_outcome[advice.outcome]()


def _with_what_fits(
    draft: Draft, words: Mapping[str, Text], nation: Nation, room: int
) -> tuple[tuple[Sentence, ...], frozenset[AddOn]]:
    """The sentences, and of the optional ones as many as there is room for; they go before the last sentence."""
    sentences = list(fill_all(draft.sentences, words, nation))
    covers = set(draft.covers)
    room -= sum(len(str(sentence.text)) for sentence in sentences)
    for optional, add_on in draft.optional:
        filled = fill_sentence(optional, words, nation)
        if len(str(filled.text)) <= room:
            room -= len(str(filled.text))
            sentences.insert(-1, filled)
            covers |= {add_on} if add_on else set()
    return tuple(sentences), frozenset(covers)


def _traced(statement: Statement, nation: Nation) -> Statement:
    """A static statement with the rules that hold in this nation."""
    first, second = fill_all(statement.reason, {}, nation)
    return Statement(
        statement.headline,
        fill_all(statement.sentences, {}, nation),
        (first, second),
        statement.next_step,
        statement.record,
        statement.footing,
        statement.covers,
    )


def outcome_statement(advice: Advice, edition: Edition) -> Statement:
    """What to do now, in plain words, for this advice (guidance 12.5). `edition` is the one the walk is pinned to."""
    if advice.outcome is O1:
        return _traced(emergency_for(advice.facts), edition.nation)
    draft = _draft(advice, edition)
    words, nation = words_for(advice.facts, edition), edition.nation
    headline, next_step = fill(draft.headline, words), fill(draft.next_step, words)
    footing = draft.footing or FOOTINGS.get(advice.outcome, FOOTING_DECIDE)
    caveat = (UK_RULES_MAY_NOT_APPLY,) if nation is Nation.OUTSIDE_UK else ()
    fixed = sum(len(str(text)) for text in (headline, next_step, footing, *(line_.text for line_ in caveat)))
    sentences, covers = _with_what_fits(draft, words, nation, LONGEST_VISIBLE - fixed)
    winner = advice.rules[0]
    because = fill_all((line(RULE_REASONS[winner]), draft.because), words, nation)
    return Statement(
        headline=headline,
        sentences=(*sentences, *caveat),
        reason=(Sentence(because[0].text, holding(BECAUSE[winner], nation)), because[1]),
        next_step=next_step,
        record=draft.record or RECORDS[advice.outcome],
        footing=footing,
        covers=covers | {AddOn.RECORD},
    )
