"""What lets others watch over the bot: the probes, what waits in the store, and the heartbeat."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from socket import socket

from bot import metrics
from bot.health import Health
from bot.heartbeat import heartbeat
from bot.listening import Listening
from bot.probes import MOST_CONNECTIONS, probes
from bot.store import Store, due, outbox, updates


@contextlib.asynccontextmanager
async def watched(
    health: Health, store: Store, clock: Callable[[], datetime], probing: socket | None, heartbeat_url: str | None
) -> AsyncIterator[None]:
    """Answer the probes at `probing` and call `heartbeat_url`, each where there is one, while the block runs."""
    metrics.standing(partial(standing, store, clock))
    listening = Listening(probes(health), probing, most_connections=MOST_CONNECTIONS) if probing else None
    beating = asyncio.create_task(heartbeat(heartbeat_url, health)) if heartbeat_url else None
    try:
        yield
    finally:
        if beating is not None:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
        if listening is not None:
            await listening.stop()


def ask(store: Store) -> None:
    """Read from a table, whatever it holds. Raises StoreError when the store does not answer."""
    with store.reading() as transaction:
        updates.seen(transaction, 0, 0)


def standing(store: Store, clock: Callable[[], datetime]) -> metrics.Standing:
    """What waits in the store now. Raises StoreError."""
    at = clock()
    with store.reading() as transaction:
        lanes = outbox.waiting(transaction)
        count, earliest = due.waiting(transaction)
    return metrics.Standing(
        outbox={waiting.lane: (waiting.count, (at - waiting.oldest).total_seconds()) for waiting in lanes},
        due=count,
        overdue=max(0.0, (at - earliest).total_seconds()) if earliest is not None else 0.0,
    )
