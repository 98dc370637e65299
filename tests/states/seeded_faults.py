"""Faults seeded into every rule and every transition, one at a time: the vectors, rows and scripts must notice each.

`python -m tests.states.seeded_faults` prints them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unittest.mock import patch

from states import advice
from states.advice import advise
from states.facts import Facts
from states.flow import ANSWER, ENDS, PASS_OVER, Flow, Way, the_flow
from states.question import SAVE_NOW, Here
from states.questions.advice_given import ADVICE
from states.rules import O5, PROTECTION, R27, R28, RULES, Outcome, Rule, by_group
from states.walk import _needs_asking, _next
from tests.flows.scripts import goes_as_expected, scripts
from tests.states.all_paths import walked
from tests.states.rule_rows import SILENT, SPEAKS
from tests.states.vectors import VECTORS

MOST_LOOKUPS = 10_000
"""A script looks up some dozens of ways; a fault that sends a walk in circles is cut off here."""


@dataclass(frozen=True)
class Fault:
    """A fault, and whether the tests noticed it."""

    where: str
    what: str
    noticed: bool
    can_be_told: bool = True

    @property
    def survived(self) -> bool:
        return self.can_be_told and not self.noticed

    def __str__(self) -> str:
        fate = "noticed" if self.noticed else "SURVIVED" if self.can_be_told else "no path can tell"
        return f"{fate:16}  {self.where:32}  {self.what}"


# Rules


def rules_hold(rules: tuple[Rule, ...]) -> bool:
    """Whether the vectors and the rows of the rules pass with these rules."""
    grouped = by_group(rules)
    return (
        all(advise(row.facts, grouped).outcome == row.outcome for row in VECTORS)
        and all(
            (said.outcome, said.rules) == (row.outcome, row.rules)
            for row in SPEAKS
            for said in (advise(row.facts, grouped),)
        )
        and all(row.rule not in advise(row.facts, grouped).rules for row in SILENT)
    )


def _never(facts: Facts) -> bool:
    return False


def _flipped(when: Callable[[Facts], bool]) -> Callable[[Facts], bool]:
    return lambda facts: not when(facts)


def _says(outcome: Outcome) -> Callable[[Facts], Outcome]:
    return lambda facts: outcome


def faulty_rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule dropped, flipped, and aimed at every outcome that protects less than its most protective one."""
    yield "dropped", replace(rule, when=_never)
    yield "flipped", replace(rule, when=_flipped(rule.when))
    best = min((row.outcome for row in SPEAKS if row.rule == rule.id), key=lambda id_: PROTECTION[Outcome(id_)])
    for outcome in Outcome:
        if PROTECTION[outcome] > PROTECTION[Outcome(best)]:
            yield f"says {outcome} instead of {best}", replace(rule, outcome=_says(outcome))


def faults_in_rules() -> Iterator[Fault]:
    """Every fault in every rule but R27, which speaks for no facts that a walk makes."""
    for place, rule in enumerate(RULES):
        for what, faulty in faulty_rules(rule):
            yield Fault(rule.id, what, not rules_hold((*RULES[:place], faulty, *RULES[place + 1 :])))
    for what, faulty in faulty_rules(R28):
        with patch.object(advice, "R28", faulty):
            yield Fault(R28.id, what, not rules_hold(RULES))


def r27_is_a_guard() -> bool:
    """The one exception: no vector and no row hears it, whatever it says."""
    with patch.object(advice, "R27", replace(R27, outcome=_says(Outcome.O1))):
        return R27.outcome(Facts()) is O5 and rules_hold(RULES)


# Transitions


class _Counted(dict[str, tuple[Way, ...]]):
    """Ways that are looked up only so often."""

    lookups = 0

    def __getitem__(self, question: str) -> tuple[Way, ...]:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise RuntimeError("the walk goes round in circles")
        return super().__getitem__(question)


def with_ways(flow: Flow, trigger: str, question: str, ways: tuple[Way, ...]) -> Flow:
    """The flow with other ways on from one question."""
    tables: Mapping[str, Mapping[str, tuple[Way, ...]]] = {
        name: _Counted({**table, question: ways} if name == trigger else table) for name, table in flow.ways.items()
    }
    return replace(flow, ways=tables)


@dataclass(frozen=True)
class Aim:
    """Which of a question's ways is aimed elsewhere, and where."""

    way: int
    at: str


def faulty_ways(flow: Flow, question: str, ways: tuple[Way, ...]) -> Iterator[tuple[str, Aim | None, tuple[Way, ...]]]:
    """Each way dropped, its condition turned round, and its aim moved one on, one back, and to the advice."""
    ids = [*flow.questions, "saved"]
    for place, way in enumerate(ways):
        rest, later = ways[:place], ways[place + 1 :]
        yield f"to {way.target} dropped", None, (*rest, *later)
        if way.condition is not None:
            yield f"to {way.target} turned round", None, (*rest, replace(way, condition=_not(way.condition)), *later)
        at = ids.index(way.target) if way.target in ids else 0
        aims = {ids[at - 1], ids[min(at + 1, len(ids) - 1)], ADVICE.id} - {way.target}
        for aim in sorted(aims):
            yield f"to {way.target} aimed at {aim}", Aim(place, aim), (*rest, replace(way, target=aim), *later)


def _not(condition: Callable[..., bool]) -> Callable[..., bool]:
    return lambda here: not condition(here)


def scripts_hold(flow: Flow, passing: str = "") -> bool:
    """Whether every script goes as it should; those that pass the question first, since they are likeliest to fail."""
    likeliest = sorted(scripts().values(), key=lambda script: passing not in script.expect.questions)
    return all(goes_as_expected(flow, script) for script in likeliest)


def faults_in_transitions() -> Iterator[Fault]:
    """Every fault in every transition of the machine."""
    flow = the_flow()
    for trigger, table in flow.ways.items():
        for question, ways in table.items():
            for what, aim, faulty in faulty_ways(flow, question, ways):
                mutant = with_ways(flow, trigger, question, faulty)
                noticed = not scripts_hold(mutant, question if trigger == ANSWER else "")
                told = noticed or aim is None or _can_be_told(flow, trigger, question, aim)
                yield Fault(f"{question}, {trigger}", what, noticed, told)


class _Point:
    """Where a step of a path came to. Whether a question needs asking here is asked once, for all faults."""

    def __init__(self, flow: Flow, before: str, here: Here) -> None:
        self.flow, self.before, self.here = flow, before, here
        self._saving = any(SAVE_NOW in answer for answer in here.answers.values())
        self._needed: dict[str, bool] = {}
        self.passing = self.passing_from(_next(flow, ANSWER, before, here))

    def passing_from(self, state: str) -> tuple[str, ...]:
        """The questions that a walk here passes over, coming to this one; the last is where it stops."""
        passing = [state]
        while state not in ENDS and not self._needs_asking(state):
            state = _next(self.flow, PASS_OVER, state, self.here)
            passing.append(state)
        return tuple(passing)

    def _needs_asking(self, state: str) -> bool:
        if state not in self._needed:
            self._needed[state] = _needs_asking(self.flow.questions[state], self.here, None, self._saving)
        return self._needed[state]


@cache
def _points() -> Mapping[tuple[str, str], Sequence[_Point]]:
    """Every step of every path, under each trigger and question that has a part in it."""
    flow = the_flow()
    found: dict[tuple[str, str], list[_Point]] = defaultdict(list)
    for before, here in walked().steps:
        point = _Point(flow, before, here)
        found[ANSWER, before].append(point)
        for question in point.passing[:-1]:
            found[PASS_OVER, question].append(point)
    return found


def _can_be_told(flow: Flow, trigger: str, question: str, aim: Aim) -> bool:
    """Whether any path at all ends a step elsewhere if this way is aimed there.

    Often none does: what is passed over in between needs no asking on any path that takes the way.
    """
    ways = flow.ways[trigger][question]
    for point in _points().get((trigger, question), ()):
        here = point.here
        taken = next(place for place, way in enumerate(ways) if way.condition is None or way.condition(here))
        if taken == aim.way and point.passing_from(aim.at)[-1] != point.passing[-1]:
            return True
    return False


if __name__ == "__main__":
    found = [*faults_in_rules(), *faults_in_transitions()]
    for fault in found:
        print(fault)
    print(f"{len(found)} faults, {sum(fault.survived for fault in found)} survived")
