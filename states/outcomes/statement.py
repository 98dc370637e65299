"""The shapes in which advice is said: a sentence with its rules, a statement, a notice; and how they are filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from states.addons import AddOn
from states.inputs import Nation
from states.references import visible
from states.text import Text, placeholders, say

LONGEST_VISIBLE = 850
"""Characters of the English advice that one screen shows at most."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or two that belong together, and the rules that it rests on in this nation."""

    text: Text
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What an outcome says. Shown at once: headline, sentences, next step, footing. Behind a button: the reason.

    `covers` are the add-ons that the sentences already say, so that they need not be shown beside it.
    """

    headline: Text
    sentences: tuple[Sentence, ...]
    reason: tuple[Sentence, Sentence]
    next_step: Text
    record: Text
    footing: Text
    covers: frozenset[AddOn]

    @property
    def visible(self) -> tuple[Text, ...]:
        """What stands on the advice screen, in order."""
        return (self.headline, *(sentence.text for sentence in self.sentences), self.next_step, self.footing)


@dataclass(frozen=True, slots=True)
class Notice:
    """A short text that is no outcome: a headline and what to do."""

    headline: Text
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An outcome before its placeholders are filled."""

    headline: Text
    sentences: tuple[Sentence, ...]
    next_step: Text
    because: Sentence
    covers: frozenset[AddOn] = frozenset()
    optional: tuple[tuple[Sentence, AddOn | None], ...] = ()
    footing: Text | None = None
    record: Text | None = None


FOOTING_CALL = say("This is guidance, not legal advice or a referral. You still have to make the call.")
FOOTING_ANSWER = say("This is guidance, not legal advice or a referral. You still have to answer them.")
FOOTING_DECIDE = say("This is guidance, not legal advice or a referral. The choice is yours.")


def line(text: Text, *rules: str) -> Sentence:
    """A sentence and the ids of the rules behind it."""
    return Sentence(text, rules)


def fill(text: Text, words: Mapping[str, Text]) -> Text:
    """The text with each {placeholder} taken from the words. Raises KeyError for one that is not among them."""
    names = placeholders(text.msgid)
    if not names:
        return text
    given = dict(text.values)
    return Text(text.msgid, tuple((name, given.get(name, words.get(name)) or words[name]) for name in sorted(names)))


@cache
def holding(rules: tuple[str, ...], nation: Nation) -> tuple[str, ...]:
    """Those of the rules that hold in this nation (INV-19); outside the UK, where none does, that UK rules may not."""
    held = visible(rules, nation)
    return held if held or nation is not Nation.OUTSIDE_UK or not rules else ("NAT-1",)


def fill_sentence(sentence: Sentence, words: Mapping[str, Text], nation: Nation) -> Sentence:
    """The sentence filled, with the rules that hold in this nation (INV-19)."""
    return Sentence(fill(sentence.text, words), holding(sentence.rules, nation))


def fill_all(sentences: Iterable[Sentence], words: Mapping[str, Text], nation: Nation) -> tuple[Sentence, ...]:
    return tuple(fill_sentence(sentence, words, nation) for sentence in sentences)
