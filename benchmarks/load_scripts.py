"""What each of a thousand practitioners will answer, and what each must therefore see.

Their answers are their canary: no two give the same ones, so a screen in the wrong chat is not what is expected there.
What is expected comes from the same conversations one at a time, with nobody else about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.in_process import BotInProcess, new_store, start_update, tap_update
from benchmarks.network import SHOWS, Network
from benchmarks.practitioners import Wishes, next_tap

FIRST_CHAT = 10_001
CHOICES = {"nation": 4, "age": 6, "worry": 8, "who_did": 5, "harm": 3}
"""How many different options practitioners choose from at these questions: enough for 2,880 of them."""


@dataclass(frozen=True)
class Script:
    """One practitioner: what they wish, and the texts of the screens that they must see, one a tap, /start first."""

    wishes: Wishes
    texts: tuple[str, ...]


def wishes_of(number: int) -> Wishes:
    """The answers of the practitioner of this number; no two numbers have the same ones."""
    wishes = {"entry": 2, "danger": 3}
    for question, choices in CHOICES.items():
        number, chosen = divmod(number, choices)
        wishes[question] = chosen + 1
    return wishes


async def scripts(people: int, taps: int) -> list[Script]:
    """For so many practitioners, each with /start and so many taps, or fewer where the walk has no further question."""
    seen: dict[int, list[str]] = {}

    def on_call(name: str, parameters: dict[str, Any]) -> None:
        if name in SHOWS:
            seen.setdefault(int(parameters["chat_id"]), []).append(str(parameters["text"]))

    found = []
    with new_store() as store:
        worker = await BotInProcess(store, Network(on_call)).start()
        for number in range(people):
            chat, wishes = FIRST_CHAT + number, wishes_of(number)
            await worker.deal_with(start_update(chat * 1000, chat))
            for tap in range(1, taps + 1):
                try:
                    data = next_tap(worker.network.buttons[chat], wishes)
                except LookupError:
                    break
                await worker.deal_with(tap_update(chat * 1000 + tap, chat, worker.network.message[chat], data))
            found.append(Script(wishes, tuple(seen[chat])))
        await worker.stop()
    return found
