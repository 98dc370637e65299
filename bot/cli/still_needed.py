"""Which inputs could still change the result, given the ones that are there: what `sharewise advise` must ask for.

A result is the outcome, the add-ons, whether and how soon the lead is needed, and whether the family may be told.
It is the sum of small pieces: each rule, each add-on, each derived value. Every piece is run on a view of the inputs
that stops at the first value that is not there; then each value that it could have is tried in turn, which gives a
decision tree. Branches that come to the same are joined, and what is left in the tree is what the piece depends on.
A rule that can only speak for an outcome that protects no more than one that is certain already changes nothing.
No condition is written twice: the engine's own functions are read.

The answer may name too much (pieces are looked at one by one), never too little: whatever is given for the inputs
that are named, no other input changes the result. The one exception is danger: whoever is in danger, or may be, gets
the emergency text and is asked for nothing else (INV-1), so that its add-ons are those that the given inputs show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, cast

from bot.cli.inputs import INPUTS, LEFT_OUT
from states.addons import ADD_ONS, may_tell
from states.advice import _lead, _within
from states.facts import Facts, _child_harm, _consent, _harm, _tell_family, derive
from states.inputs import MAYBE, NO, Flag, Harm
from states.rules import O5, O9, O10, PROTECTION, R27, R28, RULES, Group, Outcome, Rule

DERIVED: Mapping[str, Callable[[Facts], Any]] = {
    "harm": _harm,
    "child_harm": _child_harm,
    "tell_family": _tell_family,
    "consent": _consent,
}
"""The effective values that follow from more than one input (D3-D12)."""

_DERIVED_MARK = "="


class _NotThereError(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


class _Told:
    """Looks like Facts as told; raises _NotThereError for what is neither given nor tried."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        member = Facts.__dict__.get(name)
        if isinstance(member, property):
            return cast("Callable[[Any], Any]", member.fget)(self)
        if name not in self._values:
            raise _NotThereError(name)
        return _lifted(name, self._values[name])


class _Effective(_Told):
    """Looks like Facts with D1-D12 applied. A derived value that is still open is one value to try, not many."""

    def __getattr__(self, name: str) -> Any:
        if name not in DERIVED:
            return super().__getattr__(name)
        derived = _DERIVED_MARK + name
        if derived in self._values:
            return self._values[derived]
        try:
            return DERIVED[name](cast("Facts", _Told(self._values)))
        except _NotThereError:
            raise _NotThereError(derived) from None


@lru_cache(maxsize=1024)
def _lifted(name: str, value: Any) -> Any:
    """What one value means alone: "not sure" that counts as yes, a flag that brings another."""
    return value if name in DERIVED else getattr(derive(Facts(**{name: value})), name)


@dataclass(frozen=True, slots=True)
class _Fork:
    """A place in a decision tree where the value of one input, or one derived value, decides."""

    name: str
    values: tuple[Any, ...]
    ways: tuple[Any, ...]


def _leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, _Fork):
        for way in tree.ways:
            yield from _leaves(way)
    else:
        yield tree


def _changed(tree: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with every leaf changed, and joined again where that makes branches equal."""
    if not isinstance(tree, _Fork):
        return change(tree)
    return _joined(tree.name, tree.values, tuple(_changed(way, change) for way in tree.ways))


def _joined(name: str, values: tuple[Any, ...], ways: tuple[Any, ...]) -> Any:
    return ways[0] if all(way == ways[0] for way in ways) else _Fork(name, values, ways)


def _could_be(name: str) -> tuple[Any, ...]:
    """Every value of an input. Worries are tried one at a time: no piece asks for two at once."""
    if name == "flags":
        return (frozenset(), *(frozenset({flag}) for flag in Flag))
    return tuple(INPUTS[name].values.values())


class _Trees:
    """The decision trees over what is not given, and what they depend on."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._given = dict(values)
        self._derived = {name: self._grown(piece, _Told, self._given) for name, piece in DERIVED.items()}

    def tree(self, piece: Callable[[Facts], Any]) -> Any:
        """The piece's tree: a _Fork, or the value itself where nothing decides any more."""
        return self._grown(piece, _Effective, self._given)

    def _grown(self, piece: Callable[[Facts], Any], view: type[_Told], values: dict[str, Any]) -> Any:
        try:
            return piece(cast("Facts", view(values)))
        except _NotThereError as missing:
            name = missing.name
        if name.startswith(_DERIVED_MARK):
            tried = tuple(dict.fromkeys(_leaves(self._derived[name.removeprefix(_DERIVED_MARK)])))
        else:
            tried = _could_be(name)
        return _joined(name, tried, tuple(self._grown(piece, view, {**values, name: value}) for value in tried))

    def inputs(self, tree: Any) -> set[str]:
        """The inputs that the tree depends on, straight or through a derived value."""
        if not isinstance(tree, _Fork):
            return set()
        names = set[str]().union(*map(self.inputs, tree.ways))
        if not tree.name.startswith(_DERIVED_MARK):
            return names | {tree.name}
        leads_to = {value: tree.ways.index(way) for value, way in zip(tree.values, tree.ways, strict=True)}
        derived = self._derived[tree.name.removeprefix(_DERIVED_MARK)]
        return names | self.inputs(_changed(derived, leads_to.__getitem__))


def _says(rule: Rule, gate: Callable[[Facts], bool]) -> Callable[[Facts], Outcome | None]:
    """The outcome that the rule speaks for, where its group is heard."""
    return lambda facts: rule.outcome(facts) if gate(facts) and rule.when(facts) else None


def _endings(facts: Facts) -> Outcome | None:
    """Group A as one piece: its rules exclude one another, so together they are surer than one by one."""
    return next((rule.outcome(facts) for rule in RULES if rule.group is Group.A and rule.when(facts)), None)


def _of(group: Group, gate: Callable[[Facts], bool]) -> tuple[Callable[[Facts], Outcome | None], ...]:
    return tuple(_says(rule, gate) for rule in RULES if rule.group is group)


ALL_SPEAK = (
    _endings,
    *_of(Group.B, lambda facts: True),
    *_of(Group.C, lambda facts: facts.adult and facts.any_harm),
)
FIRST_SPEAKS = _of(Group.D, lambda facts: facts.harm is Harm.NONE)
"""The rules with the gates of guidance 12.3. The most protective wins, so that group A needs no gate on the others."""

NOTHING = len(PROTECTION)


def _rank(outcome: Outcome | None) -> int:
    return NOTHING if outcome is None else PROTECTION[outcome]


def _ranks(trees: Iterable[Any]) -> list[int]:
    return [_rank(said) for tree in trees for said in _leaves(tree) if said is not None]


def _outcome(trees: _Trees) -> tuple[set[str], frozenset[Outcome]]:
    """The inputs that the outcome still depends on, and the outcomes that are possible."""
    together = [trees.tree(piece) for piece in ALL_SPEAK]
    in_turn = []
    for piece in FIRST_SPEAKS:
        in_turn.append(trees.tree(piece))
        if None not in _leaves(in_turn[-1]):
            break  # it speaks for certain, so none after it does
    surest = min(max(map(_rank, _leaves(tree))) for tree in together)
    if all(surest <= _rank(said) for tree in in_turn for said in _leaves(tree)):
        in_turn = []  # something that protects as much or more is certain already
    # One that speaks in its turn silences those after it, so all of them count, and the least protective is sure.
    sure_in_turn = NOTHING if not in_turn or None in _leaves(in_turn[-1]) else max(_ranks(in_turn))
    certain = min(surest, sure_in_turn)
    together = [_changed(tree, lambda said: said if _rank(said) < certain else None) for tree in together]
    names = set[str]().union(*map(trees.inputs, [*together, *in_turn]))
    certainly = {outcome for outcome in PROTECTION if _rank(outcome) == certain}
    possible = {said for tree in (*together, *in_turn) for said in _leaves(tree) if said is not None} | certainly
    if certain == NOTHING:
        possible.add(R27.outcome(Facts()))
    if possible & {O9, O10}:
        last = trees.tree(R28.when)
        names |= trees.inputs(last)
        possible |= {O5} if True in _leaves(last) else set()
    return names, frozenset(possible)


def _other_pieces(outcomes: Iterable[Outcome]) -> Iterator[Callable[[Facts], Any]]:
    yield may_tell
    for outcome in outcomes:
        for says in (*ADD_ONS.values(), _lead, _within):
            yield partial(_with_outcome, says, outcome)


def _with_outcome(says: Callable[[Facts, Outcome], Any], outcome: Outcome, facts: Facts) -> Any:
    return says(facts, outcome)


def still_needed(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the inputs that are not given and could still change the result, in the order of guidance 12.1.

    `given` holds the values of Facts by name; what is left out there has not been told.
    """
    if given.get("danger") in MAYBE:
        return ()
    values = {**LEFT_OUT, **given, "danger": NO}
    trees = _Trees(values)
    names, outcomes = _outcome(trees)
    for piece in _other_pieces(outcomes):
        names |= trees.inputs(trees.tree(piece))
    if "danger" not in given:
        names.add("danger")
    return tuple(name for name in INPUTS if name in names)
