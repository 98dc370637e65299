"""One chat that floods waits behind its own updates; nobody waits behind them (trust, L4)."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from bot.store import updates
from tests.bot.direct import open_intake
from tests.faults.in_process import Transport, WorkingBot

FLOODING, OTHERS = 9, range(100, 130)
FEW = 40
"""Updates that are within any chat's pace."""
PATIENCE = 60.0


def _written(update_id: int, chat: int, text: str) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "A"}
    message = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": sender}
    return {"update_id": update_id, "message": {**message, "text": text}}


def test_others_are_dealt_with_between_the_updates_of_a_chat_that_floods(tmp_path: Path) -> None:
    """Forty came before theirs. Two of those at most go first: the one in hand, and the one it lets follow."""
    dealt_with: list[int] = []

    def note(chat: int, _: object) -> None:
        dealt_with.append(chat)

    async def play() -> None:
        bot = WorkingBot(open_intake(tmp_path), Transport())
        coming = [_written(number, FLOODING, f"let me in {number}") for number in range(1, FEW + 1)]
        coming += [_written(1000 + chat, chat, "/start") for chat in OTHERS]
        futures = []
        for update in coming:
            futures.append(bot.receiver.take_in(update))
            futures[-1].add_done_callback(partial(note, update["message"]["chat"]["id"]))
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*futures)
        await bot.finish(PATIENCE)

    asyncio.run(play())
    assert len(dealt_with) == FEW + len(OTHERS)
    last = max(dealt_with.index(chat) for chat in OTHERS)
    assert dealt_with[:last].count(FLOODING) <= 2


def test_what_comes_too_fast_is_left_out_but_danger_is_answered(tmp_path: Path) -> None:
    transport = Transport()
    intake = open_intake(tmp_path)

    async def play() -> int:
        bot = WorkingBot(intake, transport)
        await asyncio.gather(*(bot.receiver.take_in(_written(number, FLOODING, "/help")) for number in range(500)))
        await bot.outbox.finish(PATIENCE)
        before = transport.calls.count(("sendmessage", FLOODING))
        await bot.receiver.take_in(_written(1000, FLOODING, "he has a knife"))
        await bot.finish(PATIENCE)
        return transport.calls.count(("sendmessage", FLOODING)) - before

    assert asyncio.run(play()) == 1, "the 999 text"
    with intake.store.reading() as transaction:
        seen = [updates.seen(transaction, 1, number) for number in range(500)]
    intake.store.close()
    assert 50 <= sum(seen) < 100, "what was left out left nothing behind"


def test_a_chat_that_is_done_leaves_nothing_behind(tmp_path: Path) -> None:
    """Idle chats hold no memory: neither a line nor a task."""

    async def play() -> WorkingBot:
        bot = WorkingBot(open_intake(tmp_path), Transport())
        await asyncio.gather(*(bot.receiver.receive(_written(chat, chat, "/start")) for chat in OTHERS))
        await bot.outbox.finish(PATIENCE)
        return bot

    bot = asyncio.run(play())
    held = {**vars(bot.receiver), **{f"outbox.{name}": value for name, value in vars(bot.outbox).items()}}
    assert [name for name, value in held.items() if isinstance(value, dict | set | list) and value] == []
