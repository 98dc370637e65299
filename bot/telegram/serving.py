"""The bot at work: Telegram reached, the bot introduced, updates dealt with until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import metrics
from bot.due import HANDLERS, IN_TROUBLE, Due, Hearing, begin
from bot.health import Health
from bot.intake import Intake
from bot.store import Store, StoreError, due, outbox
from bot.telegram.client import introduce, make_bot, seconds_of
from bot.telegram.outbox import Outbox
from bot.telegram.polling import Polling
from bot.telegram.polling_lease import PollingLease
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Sender
from bot.telegram.webhook import Webhook, serve_webhook
from bot.turns.call import CHANNEL as SEND
from bot.turns.later import CHANNEL as HAPPEN
from bot.turns.later import ESCALATION
from bot.waiting import came

log = structlog.get_logger()

RETRY_SECONDS = 1.0
LISTEN_SECONDS = 30.0
SEND_SECONDS = 3.0
"""For what is being sent when the bot is told to stop. With the time for the updates in hand it makes eight; services
are killed after ten."""


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


async def serving(
    token: str,
    api_url: str,
    intake_for: Callable[[int, str], Intake],
    stop: asyncio.Event,
    *,
    health: Health,
    webhook: Webhook | None = None,
) -> None:
    """Serve until told to stop. `intake_for` makes the intake once the bot is known; `health` is told how
    it goes. With a webhook Telegram brings the updates, without one they are fetched. Raises TokenRefusedError."""
    bot = make_bot(token, api_url)
    try:
        if not await _reached(bot, stop, fetching=webhook is None):
            return
        intake = intake_for(bot.id, bot.username)
        log.info("serving")
        health.heard()
        freeing = asyncio.create_task(_let_go(intake.store, intake.surroundings.worker))
        await asyncio.wait({freeing}, timeout=RETRY_SECONDS)
        sender = Sender(bot)
        sending = Outbox(intake.store, sender, intake.surroundings.worker, intake.clock)
        receiver = Receiver(bot, intake, sender, sending)
        metrics.holding(receiver.in_hand)
        lease = None
        happening = Due(intake.store, intake.surroundings, HANDLERS, intake.clock, begin, IN_TROUBLE, ESCALATION)
        hearing = Hearing(intake.store, bot.id, intake.surroundings, intake.clock)
        health.on_heard = hearing.heard
        works = [
            *(sending.run(), _woken(intake.store, SEND, sending.look)),
            *(happening.run(), _woken(intake.store, HAPPEN, happening.look)),
        ]
        if intake.store.shared and webhook is None:
            lease = PollingLease(intake.store, bot.id, intake.surroundings.worker, intake.clock)
            works.append(lease.keep())
        loops = [asyncio.create_task(work) for work in works]
        health.sending = lambda: not any(loop.done() for loop in loops)
        trying_out = intake.surroundings.trying_out
        beside = [freeing, *loops, asyncio.create_task(introduce(bot, trying_out=trying_out))]
        try:
            if webhook is None:
                await Polling(bot, receiver, health.heard, lease).run(stop)
            else:
                await serve_webhook(bot, webhook, receiver, health, stop)
            await sending.finish(SEND_SECONDS)
        finally:
            health.stopping = True
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
    except InvalidToken:
        raise TokenRefusedError from None  # the error's text would carry the token
    finally:
        await bot.shutdown()
    log.info("stopped")


async def _reached(bot: Bot, stop: asyncio.Event, *, fetching: bool) -> bool:
    """Try until Telegram knows the bot and gives its updates to who fetches them; False when told to stop before."""
    while not stop.is_set():
        try:
            await bot.initialize()
            if fetching:
                await _without_webhook(bot)
        except InvalidToken:
            raise
        except TelegramError as error:
            seconds = seconds_of(error) if isinstance(error, RetryAfter) else RETRY_SECONDS
            log.warning("Telegram cannot be reached, trying again", error_class=type(error).__name__, seconds=seconds)
            await came(stop, seconds)
        else:
            return True
    return False


async def _without_webhook(bot: Bot) -> None:
    """Take away a webhook that is left over: while one is set, Telegram refuses to give updates to whoever asks
    (https://core.telegram.org/bots/api#getupdates). What waits for it is kept and comes by polling."""
    if (await bot.get_webhook_info()).url:
        log.warning("a webhook was set for this bot; it is taken away, because this bot fetches its updates itself")
        await bot.delete_webhook(drop_pending_updates=False)


async def _let_go(store: Store, worker: str) -> None:
    """What a process held that ended in the middle is free at once, where no other process can be holding it."""
    while not store.shared:
        try:
            for let_go_of_others in (outbox.let_go_of_others, due.let_go_of_others):
                work = partial(let_go_of_others, worker=worker)
                await asyncio.wrap_future(store.submit(work))
        except StoreError as error:
            log.warning("what was left over is not free yet", error_class=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


async def _woken(store: Store, channel: str, look: Callable[[], None]) -> None:
    """Let a loop look whenever something was written for it."""
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def listen() -> None:
        for woken in store.listen(channel, LISTEN_SECONDS):
            if stopped.is_set():
                return
            if woken:
                with contextlib.suppress(RuntimeError):  # the loop is gone
                    loop.call_soon_threadsafe(look)

    threading.Thread(target=listen, name=channel, daemon=True).start()
    try:
        await asyncio.Event().wait()
    finally:
        stopped.set()
