"""The conversation alone: how many answers a second it takes, without store, screens or Telegram."""

from __future__ import annotations

import time
from datetime import date
from random import Random

from benchmarks.figures import Row, by_itself, row
from states.facts import Facts
from states.flow import the_flow
from states.question import Answer
from states.walk import Walk

ON = date(2026, 12, 1)
AT_LEAST, AIM = 10_000, 20_000
CERTAIN = {"entry": ("start",), "danger": ("no",)}
"""Everything else is answered at random; these two lead past the short ways out."""

Said = list[tuple[str, Answer]]


def walks_at_random(count: int) -> list[Said]:
    """The answers of so many walks, each to its end; the same ones every time."""
    random = Random(1)
    found = []
    for _ in range(count):
        walk, said = Walk.begin(the_flow(), ON), Said()
        while walk.question is not None:
            question = walk.question
            offered = question.offered(walk.here)
            answer: Answer = CERTAIN.get(question.id) or (random.choice(offered).id,)
            said.append((question.id, answer))
            walk = walk.answer(question.id, answer).walk
        found.append(said)
    return found


def measure(walks: int = 500) -> list[Row]:
    """Answers along a walk; and each after a replay of everything said before it, as every turn of the bot does it."""
    flow = the_flow()
    along, replayed = [], []
    for said in walks_at_random(walks):
        walk = Walk.begin(flow, ON)
        before: dict[str, Answer] = {}
        for question, answer in said:
            begun = time.perf_counter()
            walk = walk.answer(question, answer).walk
            along.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            Walk.replay(flow, ON, Facts(), before).walk.answer(question, answer)
            replayed.append(time.perf_counter() - begun)
            before[question] = answer
    rate = len(along) / sum(along)
    wanted = f"at least {AT_LEAST:,}, aim {AIM:,}"
    return [
        row("the core alone: an answer", f"{rate:,.0f} answers/s", along, wanted, rate >= AT_LEAST),
        row(
            f"the same after a replay of all answers before it, {len(along) / walks:.0f} a walk",
            f"{len(replayed) / sum(replayed):,.0f} answers/s",
            replayed,
        ),
    ]


if __name__ == "__main__":
    by_itself(measure)
