"""A call to an outside address every minute while all is well, so that somebody else notices when it stays away.

A bot that is down cannot say so; a watcher that misses its call can. The call carries nothing.
"""

from __future__ import annotations

import asyncio

import httpx
import structlog

from bot.health import Health

log = structlog.get_logger()

BEAT_SECONDS = 60.0
ANSWER_SECONDS = 10.0


async def heartbeat(address: str, health: Health) -> None:
    """Call as long as all is well. Ends only when cancelled."""
    async with httpx.AsyncClient(follow_redirects=False, timeout=ANSWER_SECONDS) as client:
        while True:
            await asyncio.sleep(BEAT_SECONDS)  # first: a bot that keeps ending and being started again is not well
            if trouble := await health.unwell():
                log.warning("no heartbeat, because not all is well", error_class=trouble.name)
            else:
                await _call(client, address)


async def _call(client: httpx.AsyncClient, address: str) -> None:
    try:
        async with client.stream("GET", address) as answer:  # what it says is of no interest
            if not answer.is_success:
                log.warning("heartbeat not taken", error_class=f"HTTP {answer.status_code}")
    except Exception as error:  # an address that cannot be used must not stop the bot either
        log.warning("heartbeat not taken", error_class=type(error).__name__)
