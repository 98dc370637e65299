"""What each rule id of the guidance says in plain words, and in which nations it holds (INV-19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from states.inputs import Nation
from states.references import acting, law, records, sharing
from states.references.reference import Reference
from states.references.rule_reasons import RULE_REASONS

REFERENCES: Mapping[str, Reference] = {
    **sharing.GOLDEN_RULES,
    **sharing.QUESTIONS,
    **sharing.CONFIDENCE,
    **sharing.CONSENT,
    **sharing.AGE,
    **sharing.WHEN_NOT_TO_ASK,
    **sharing.WITHOUT_CONSENT,
    **sharing.WEIGHING,
    **law.SEXUAL_ACTIVITY,
    **law.HEALTH_STAFF,
    **law.LAWFUL_BASES,
    **law.NEW_LAW,
    **law.DUTIES,
    **acting.ADULTS,
    **acting.EMERGENCY,
    **acting.REFERRAL,
    **acting.ALLEGATIONS,
    **acting.DISAGREEMENT,
    **acting.LATER_STAGES,
    **acting.OLD_SYSTEMS,
    **records.RECORDS,
    **records.TALKING,
    **records.SHARING_SAFELY,
    **records.PROMISES,
}


def visible(ids: Iterable[str], nation: Nation | None) -> tuple[str, ...]:
    """Those of the rule ids that hold in this nation, in their order (INV-19). Raises KeyError for an unknown id."""
    where = nation or Nation.UNKNOWN
    return tuple(id_ for id_ in ids if where in REFERENCES[id_].nations)


__all__ = ["REFERENCES", "RULE_REASONS", "Reference", "visible"]
