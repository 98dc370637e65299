"""The words that every question may use as placeholders: the nation's own, and what to call the person it is about."""

from __future__ import annotations

from states.inputs import Age
from states.question import Here
from states.text import Text, placeholders, say

PERSON = {
    Age.UNBORN: say("the baby"),
    Age.U12: say("the child"),
    Age.TWELVE: say("the child"),
    Age.FROM_13: say("the young person"),
    Age.FROM_16: say("the young person"),
    Age.ADULT: say("the adult"),
    Age.UNKNOWN: say("the child or young person"),
    None: say("the person"),
}
DECIDER = {**PERSON, Age.UNBORN: say("the mother")}
"""Who would be asked: for a baby not yet born, the mother."""

PERSON_KEYS = frozenset({"person", "decider"})


def fill(text: Text, here: Here) -> Text:
    """The text with the placeholders of this walk filled; values that it brought along stay."""
    missing = placeholders(text.msgid) - {name for name, _ in text.values}
    if not missing:
        return text
    return Text(text.msgid, (*text.values, *((name, _word(name, here)) for name in sorted(missing))))


def _word(name: str, here: Here) -> Text:
    if name == "person":
        return PERSON[here.facts.age]
    return DECIDER[here.facts.age] if name == "decider" else here.edition.words[name]
