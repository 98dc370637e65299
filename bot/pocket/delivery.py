"""Updates on their way to the bot: the waiting poller, and the webhook with its repetitions."""

import asyncio
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.pocket import limits
from bot.pocket.refusals import RefusalError, conflict
from bot.pocket.things import Pending
from bot.pocket.world import World
from bot.waiting import came

if TYPE_CHECKING:
    import httpx

PAUSE_SECONDS = 3.0
"""A bot that polls again within this time was never away."""
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Manner:
    """How the webhook is served. The default is Telegram's way; the rest is trouble on request."""

    order: Literal["kept", "newest first"] = "kept"
    """ "newest first" gathers updates for `gather_seconds` and delivers them backwards, chats not kept apart."""
    gather_seconds: float = 0.2
    doubled: bool = False
    """Every update is posted twice at the same moment."""
    retry_seconds: float = limits.WEBHOOK_RETRY_SECONDS
    answer_seconds: float = limits.WEBHOOK_ANSWER_SECONDS


class Delivery:
    """One poller at most, or one webhook."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.manner = Manner()
        self.polled_at = float("-inf")
        self._poller: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def bot_is_there(self) -> bool:
        """Whether a bot polls, polled just now, or has set a webhook."""
        just_now = time.monotonic() - self.polled_at < PAUSE_SECONDS
        return self._poller is not None or just_now or bool(self.world.webhook.url)

    # ---- polling

    async def wait_for_updates(self, seconds: float) -> None:
        """Return when an update is there or time is up; a newer poller ends an older one with RefusalError (409)."""
        self.stop_poller(conflict(OTHER_POLLER))
        if not seconds or next(self.world.pending(), None):
            return
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = ended
        self.world.commit()
        news = asyncio.Event()
        self.world.listeners.add(news)
        deadline = time.monotonic() + seconds
        try:
            while not next(self.world.pending(), None) and (left := deadline - time.monotonic()) > 0:
                news.clear()
                waiting = asyncio.ensure_future(news.wait())
                try:
                    await asyncio.wait((waiting, ended), timeout=left, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    waiting.cancel()
                if ended.done():
                    ended.result()
        finally:
            self.world.listeners.discard(news)
            if self._poller is ended:
                self._poller = None
            if ended.done():  # a bot that was killed does not hear why its call ended
                ended.exception()

    def stop_poller(self, reason: RefusalError) -> None:
        """End the waiting poller, if any, with a refusal."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(reason)
        self._poller = None

    # ---- webhook

    def start(self) -> None:
        """Begin delivering to the webhook, if one is set."""
        self.stop()
        if self.world.webhook.url:
            self._task = asyncio.create_task(self._serve())

    def stop(self) -> None:
        """Stop delivering. What is under way may still arrive and will come again: at least once."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _serve(self) -> None:
        import httpx  # only a webhook needs a client; a polling bot's pocket starts faster without

        news = asyncio.Event()
        self.world.listeners.add(news)
        running: dict[int, asyncio.Task[None]] = {}
        delays: dict[int, float] = {}
        due: dict[int, float] = {}
        # The address is on this machine and its certificate its own, so there is nobody to verify.
        try:
            async with httpx.AsyncClient(verify=False, trust_env=False, timeout=None) as client:  # noqa: S113, S501
                while True:
                    news.clear()
                    if self.manner.order != "kept" and next(self.world.pending(), None):
                        await asyncio.sleep(self.manner.gather_seconds)
                    for number in [number for number, task in running.items() if task.done()]:
                        del running[number]
                    for update in self._deliverable(running, due):
                        task = asyncio.create_task(self._deliver(client, update, delays, due))
                        running[update.update_id] = task
                        task.add_done_callback(lambda _: news.set())
                    wakeups = [at for number, at in due.items() if number in self.world.updates]
                    left = max(0.01, min(wakeups) - time.monotonic()) if wakeups else None
                    await came(news, left)
        finally:
            self.world.listeners.discard(news)
            for task in running.values():
                task.cancel()

    def _deliverable(self, running: dict[int, asyncio.Task[None]], due: dict[int, float]) -> list[Pending]:
        """What may go out now: one per chat at a time and in order, unless disorder was asked for."""
        kept = self.manner.order == "kept"
        pending = list(self.world.pending())
        busy = {update.chat_id for update in pending if update.update_id in running} if kept else set()
        chosen: list[Pending] = []
        now = time.monotonic()
        for update in pending if kept else reversed(pending):
            if len(running) + len(chosen) >= self.world.webhook.max_connections:
                break
            if update.update_id in running or update.chat_id in busy:
                continue
            if kept:
                # A failed update holds back the later ones of its chat until it gets through.
                busy.add(update.chat_id)
            if due.get(update.update_id, 0) <= now:
                chosen.append(update)
        return chosen

    async def _deliver(
        self, client: "httpx.AsyncClient", update: Pending, delays: dict[int, float], due: dict[int, float]
    ) -> None:
        posts = [self._post(client, update) for _ in range(2 if self.manner.doubled else 1)]
        problems = await asyncio.gather(*posts)
        if not all(problems):
            self.world.forget_update(update.update_id)
            due.pop(update.update_id, None)
        else:
            delay = delays.get(update.update_id, self.manner.retry_seconds)
            delays[update.update_id] = min(delay * 2, limits.WEBHOOK_RETRY_LONGEST_SECONDS)
            due[update.update_id] = time.monotonic() + delay * random.uniform(0.9, 1.1)  # noqa: S311
            self.world.webhook.last_error_at = self.world.now()
            self.world.webhook.last_error = problems[0]
            self.world.keep_webhook()
        self.world.commit()

    async def _post(self, client: "httpx.AsyncClient", update: Pending) -> str:
        """Post one update. Returns what went wrong, in Telegram's words, or nothing."""
        import httpx

        webhook = self.world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        try:
            async with asyncio.timeout(self.manner.answer_seconds):
                answer = await client.post(webhook.url, json=update.body, headers=headers)
        except TimeoutError:
            return "Read timeout expired"
        except httpx.ConnectError:
            return "Connection refused"
        except httpx.HTTPError:
            return "Webhook connection closed"
        if answer.is_success:
            return ""
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
