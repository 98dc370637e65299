"""A thousand practitioners at their phones, at a steady pace, in one process beside the bot and the pocket Telegram."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.load_scripts import FIRST_CHAT, Script
from benchmarks.practitioners import Buttons, buttons_of, next_tap

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 120.0
"""For what is still to be shown when everybody has made their last tap."""
SHOWS = ("sendmessage", "editmessagetext")


@dataclass
class Practitioner:
    """One phone: what it shows, and how many of its screens have been shown."""

    chat: int
    script: Script
    message: int = 0
    buttons: Buttons = ()
    seen: list[str] = field(default_factory=list)
    done: int = 0

    @property
    def waits(self) -> bool:
        """Whether the last tap has not been answered yet: then this one does not tap on."""
        return len(self.seen) < self.done

    @property
    def finished(self) -> bool:
        return self.done == len(self.script.texts)


class People:
    """All of them."""

    def __init__(self, address: str, scripts: list[Script]) -> None:
        self._http = httpx.AsyncClient(base_url=address, trust_env=False, timeout=30.0)
        self._people = {
            FIRST_CHAT + number: Practitioner(FIRST_CHAT + number, one) for number, one in enumerate(scripts)
        }
        self._read_up_to = 0
        self._news = asyncio.Event()
        self.late = 0
        """Taps that had to wait, since nobody was ready for the next one."""

    async def come(self) -> None:
        """Give each of them a phone."""
        for chat in self._people:
            await self._post("people", name=f"Person {chat}", id=chat)

    async def walk(self, a_second: int, halfway: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """Make every /start and every tap, so many a second, and wait until all are answered.

        `halfway` is done once half of them are made. Raises TimeoutError where some are never answered.
        """
        async with asyncio.TaskGroup() as doing:
            looking = doing.create_task(self._look())
            loop, ready = asyncio.get_running_loop(), deque(self._people.values())
            begun, made, half = loop.time(), 0, sum(len(one.script.texts) for one in ready) // 2
            while ready:
                await asyncio.sleep(max(0.0, begun + made / a_second - loop.time()))
                one = next((one for one in ready if not one.waits), None)
                if one is None:
                    self.late += 1
                    begun += LOOK_SECONDS
                    continue
                ready.remove(one)
                one.done += 1
                doing.create_task(self._do(one))
                if not one.finished:
                    ready.append(one)
                made += 1
                if made == half and halfway is not None:
                    doing.create_task(halfway())
            async with asyncio.timeout(PATIENCE_SECONDS):
                while any(one.waits for one in self._people.values()):
                    self._news.clear()
                    await self._news.wait()
            looking.cancel()
        await self._http.aclose()

    async def _do(self, one: Practitioner) -> None:
        if one.done == 1:
            await self._post(f"people/{one.chat}/start")
        else:
            data = next_tap(one.buttons, one.script.wishes)
            await self._post(f"people/{one.chat}/tap", message_id=one.message, data=data, label="", stale=True)

    async def _look(self) -> None:
        """Read what the bot showed, for everybody at once."""
        while True:
            found = await self._http.get("/pocket/calls", params={"after": self._read_up_to})
            for call in found.json():
                self._read_up_to = call["number"]
                if call["status"] == 200 and call["method"].lower() in SHOWS:
                    self._show(self._people[call["chat_id"]], call)
                    self._news.set()
            await asyncio.sleep(LOOK_SECONDS)

    def _show(self, one: Practitioner, call: dict[str, Any]) -> None:
        markup = call["parameters"].get("reply_markup") or "{}"
        if one.seen and one.seen[-1] == call["parameters"]["text"] + markup:
            return  # the same once more, as after a worker's death
        one.seen.append(call["parameters"]["text"] + markup)
        one.message = call["message_id"]
        one.buttons = buttons_of(json.loads(markup)) if markup != "{}" else ()

    async def _post(self, path: str, **details: Any) -> None:
        (await self._http.post(f"/pocket/{path}", json=details)).raise_for_status()
