"""Waiting for news, but not for ever."""

from __future__ import annotations

import asyncio


async def came(event: asyncio.Event, seconds: float | None) -> bool:
    """Whether it came within so many seconds; None: without end. A cancelled wait always ends, which with
    `asyncio.wait_for` it does not before Python 3.12 (https://github.com/python/cpython/issues/86296)."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
