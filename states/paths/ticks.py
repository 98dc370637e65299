"""The answers to a question that the rules can tell apart, each with the number of raw answers it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from states.paths.signature import Signature, signature
from states.question import Answer, Here, Kind, Question
from states.walk import Walk


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer, and how many raw answers the walk cannot tell from it (itself included)."""

    answer: Answer
    stands_for: int


def choices(walk: Walk, question: Question) -> Iterator[Choice]:
    """Every answer that can be given where the walk stands, those that nothing later tells apart taken together."""
    offered = question.offered(walk.here)
    alone = [option.id for option in offered if option.exclusive or question.kind is not Kind.MANY]
    yield from (Choice((id_,), 1) for id_ in alone)
    if question.kind is Kind.MANY:
        yield from _tick_lists(walk, question, [option.id for option in offered if not option.exclusive])


def _tick_lists(walk: Walk, question: Question, ids: list[str]) -> Iterator[Choice]:
    """Built tick by tick: lists of equal meaning stay equal whatever is ticked further down."""
    lists = {_meaning(walk, question, frozenset()): Lists(frozenset(), 1)}
    for id_ in ids:
        longer = dict(lists)
        for found in lists.values():
            ticked = found.first | {id_}
            meaning = _meaning(walk, question, ticked)
            known = longer.get(meaning)
            longer[meaning] = Lists(known.first, known.count + found.count) if known else Lists(ticked, found.count)
        lists = longer
    for found in lists.values():
        if found.first:  # an empty list is no answer
            yield Choice(question.in_order(found.first, walk.here), found.count)


@dataclass(frozen=True, slots=True)
class Lists:
    """The first tick list found with one meaning, and how many there are."""

    first: frozenset[str]
    count: int


def _meaning(walk: Walk, question: Question, ticked: frozenset[str]) -> Signature:
    """The recipient stands beside the signature: a later tick may still outrank it."""
    here = walk.here
    told = here.told.but(**question.meaning(tuple(ticked), here))
    return (bool(ticked), told.recipient, *signature(walk.flow, question.id, Here(told, here.answers)))
