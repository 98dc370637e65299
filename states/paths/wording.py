"""The invariants about what advice says (INV-1, 3, 12, 13, 14, 19, 20, 23), read from the English words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from states.advice import Advice
from states.editions import edition_for
from states.inputs import Nation
from states.paths.points import Point
from states.rules import O1, O3, O4

JUDGED_SAFE = re.compile(
    r"not at risk|(?:is|are) safe now|no risk\b(?! that outweighs)|below (?:the |a |any )?threshold|nothing to worry",
    re.IGNORECASE,
)
LEAD_FIRST = re.compile(
    r"(?:wait for|wait until|only after|only once|unless) (?:your |the )?lead"
    r"|ask (?:your |the )?lead before (?:you )?ring",
    re.IGNORECASE,
)
GO_TO_FAMILY = re.compile(
    r"\b(?:tell|ask|ring|call|contact|inform|speak (?:to|with)|talk (?:to|with))\b"
    r"[^.;:]*\b(?:famil\w+|parents?|household)\b",
    re.IGNORECASE,
)
HELD_BACK = re.compile(r"\b(?:not|never|no|nobody|without|before|until|leave|nothing|if)\b", re.IGNORECASE)
SAID_IN_FORCE = re.compile(r"\b(?:in force|section 16|16LA)\b", re.IGNORECASE)
NATIONAL_WORDS = {
    re.compile(r"\bLADO\b"): {Nation.ENG, Nation.WAL},
    re.compile(r"\bEngland\b"): {Nation.ENG},
    re.compile(r"\bPrevent\b"): {Nation.ENG, Nation.WAL, Nation.SCO},
}


def texts_of(advice: Advice) -> Iterator[str]:
    """All that this advice says, in English: what is shown at once first, then what is behind buttons."""
    from states.add_on_words import add_on_statement
    from states.outcomes import outcome_statement

    edition = edition_for(advice.facts.nation)
    statement = outcome_statement(advice, edition)
    yield from (str(text) for text in statement.visible)
    yield from (str(sentence.text) for sentence in statement.reason)
    yield str(statement.record)
    for add_on in advice.add_ons:
        words = add_on_statement(add_on, advice, edition)
        yield str(words.short)
        yield from (str(sentence.text) for sentence in words.full)


@lru_cache(maxsize=65536)
def _broken_by(text: str, telling: bool, nation: Nation | None, law: bool) -> tuple[str, ...]:
    broken = []
    if JUDGED_SAFE.search(text):
        broken.append("INV-12")
    if LEAD_FIRST.search(text):
        broken.append("INV-13")
    sentences = re.split(r"(?<=[.!?])\s", text)
    if not telling and any(GO_TO_FAMILY.search(part) and not HELD_BACK.search(part) for part in sentences):
        broken += ["INV-3", "INV-14", "INV-23"]
    if any(nation not in nations and word.search(text) for word, nations in NATIONAL_WORDS.items()):
        broken.append("INV-19")
    if not law and SAID_IN_FORCE.search(text):
        broken.append("INV-20")
    return tuple(broken)


def broken_wording(point: Point) -> Iterator[tuple[str, str]]:
    """Each invariant that the words break, with the text that breaks it."""
    advice, told = point.advice, point.told
    texts = list(texts_of(advice))
    law = told.law_26a or told.law_26b
    for text in texts:
        for invariant in _broken_by(text, advice.tell, told.nation, law):
            yield invariant, text
    if not texts[-1].strip() or not all(texts):
        yield "INV-15", "an empty text"
    if advice.outcome is O1 and not re.search(r"999|112", texts[0]):
        yield "INV-1", texts[0]
    if advice.outcome in (O3, O4) and not texts[0].startswith("Ring"):
        yield "INV-13", texts[0]
