"""What a question is: its words, its options, what an answer means for the facts, and when it needs asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from states.advice import Advice, advise
from states.editions import Edition, edition_for
from states.facts import Facts, derive
from states.text import Text, say

Answer = tuple[str, ...]
"""The ids of the options chosen: one, or for a tick list all that were ticked, in the question's order."""

SKIP = "skip"
SAVE_NOW = "save_now"


class Here:
    """The point a walk has come to: what was told, what it means, and the advice as far as it can be given."""

    def __init__(self, told: Facts, answers: Mapping[str, Answer]) -> None:
        self.told = told
        self.answers = answers

    @property
    def edition(self) -> Edition:
        """The guidance of the nation told so far."""
        return edition_for(self.told.nation)

    @cached_property
    def facts(self) -> Facts:
        """The effective facts (D1-D12 applied)."""
        return derive(self.told)

    @cached_property
    def advice(self) -> Advice:
        return advise(self.told)

    def after(self, told: Facts, answers: Mapping[str, Answer]) -> Here:
        """The point one answer on. Where it told no fact, as on the record, the advice is not worked out again."""
        here = Here(told, answers)
        if told is self.told:
            here.__dict__ = {**self.__dict__, **here.__dict__}
        return here

    def answered(self, question: str, *options: str) -> bool:
        """Whether the question's answer holds any of these options."""
        return any(option in self.answers.get(question, ()) for option in options)


Condition = Callable[[Here], bool]


def always(here: Here) -> bool:
    return True


class Kind(StrEnum):
    ONE = "one"  # one option
    MANY = "many"  # a tick list
    NOTE = "note"  # a short text, which the shell keeps apart; the answer only says whether there is one


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. `sets` are the facts it means; an exclusive one stands alone in a tick list."""

    id: str
    label: Text
    sets: Mapping[str, Any] = field(default_factory=dict)
    offered: Condition = always
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A way on that goes before the usual one: to `target`, when the condition holds; `label` names it in drawings."""

    target: str
    when: Condition
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One screen's question. `needed` says when it can still change the advice, or belongs on the record."""

    id: str
    stage: str
    text: Text | Callable[[Here], Text]
    options: tuple[Option, ...] | Callable[[Here], tuple[Option, ...]]
    why: Text
    rules: tuple[str, ...]
    needed: Condition = always
    kind: Kind = Kind.ONE
    means: Callable[[frozenset[str], Here], Mapping[str, Any]] | None = None
    routes: tuple[Route, ...] = ()
    optional: bool = False
    renewed_by_advice: bool = False
    from_profile: bool = False
    help: Text | None = None

    def all_options(self, here: Here) -> tuple[Option, ...]:
        """Every option of the question, offered here or not, without "skip"."""
        return self.options(here) if callable(self.options) else self.options

    def offered(self, here: Here) -> tuple[Option, ...]:
        """The options that make sense here, in order, with "skip" last where the question is optional."""
        return tuple([option for option in self._with_skips(here) if option.offered(here)])

    def _with_skips(self, here: Here) -> tuple[Option, ...]:
        return (*self.all_options(here), *SKIPS) if self.optional else self.all_options(here)

    def accepts(self, answer: Answer, here: Here) -> bool:
        """Whether the answer can be given here: known options, one unless it is a tick list, exclusive ones alone."""
        chosen = [option for option in self._with_skips(here) if option.id in answer and option.offered(here)]
        if not answer or len(chosen) != len(answer):  # an option that is unknown, not offered here, or given twice
            return False
        return len(chosen) == 1 or (self.kind is Kind.MANY and not any(option.exclusive for option in chosen))

    def meaning(self, answer: Answer, here: Here) -> Mapping[str, Any]:
        """The facts that the answer sets."""
        if SKIP in answer or SAVE_NOW in answer:
            return {}
        if self.means is not None:
            return self.means(frozenset(answer), here)
        sets: dict[str, Any] = {}
        for option in self.all_options(here):
            if option.id in answer:
                sets.update(option.sets)
        return sets

    def words(self, here: Here) -> Text:
        """The question as it is asked here, placeholders not yet filled."""
        return self.text(here) if callable(self.text) else self.text

    def in_order(self, chosen: frozenset[str], here: Here) -> Answer:
        """The chosen option ids in the question's own order, so that equal choices are equal answers."""
        return tuple(option.id for option in self.offered(here) if option.id in chosen)


SKIPS = (
    Option(SKIP, say("Skip"), exclusive=True),
    Option(SAVE_NOW, say("Skip the rest and save"), exclusive=True),
)


def yes_no_unsure(name: str, yes: Text | None = None, no: Text | None = None) -> tuple[Option, ...]:
    """Yes, not sure, no: three options for the fact called `name`."""
    from states.inputs import NO, UNSURE, YES

    return (
        Option("yes", yes or say("Yes"), {name: YES}),
        Option("unsure", say("Not sure"), {name: UNSURE}),
        Option("no", no or say("No"), {name: NO}),
    )
