"""The webhook as Telegram knows it: set at the start, looked at every minute, and set again where it was changed."""

from __future__ import annotations

import asyncio
import re

import structlog
from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, RetryAfter

from bot import metrics
from bot.health import Health
from bot.telegram.client import seconds_of
from bot.telegram.decoding import ALLOWED_UPDATES

log = structlog.get_logger()

LOOK_SECONDS = 60.0
RETRY_SECONDS = 5.0
MOST_DELIVERIES = 100
"""Updates that Telegram may bring at once, the most it allows: nobody should wait behind those that cannot be saved."""

WRONG_SECRET = "HTTP 401"  # noqa: S105  what this bot answers then
_STATUS = re.compile(r"Wrong response from the webhook: (\d{3})")


class Registration:
    """Keeps one webhook registered. Several workers may do so for the same one."""

    def __init__(self, bot: Bot, url: str, secret: str, health: Health) -> None:
        self.bot = bot
        self.url = url
        self.secret = secret
        self.health = health
        self._last_failure: object = None

    async def keep(self) -> None:
        """Register, and look after it until cancelled. Raises InvalidToken."""
        while True:
            seconds = await self._look()
            await asyncio.sleep(seconds)

    async def _look(self) -> float:
        """Look once, and set the webhook where needed. Gives the seconds until the next look."""
        try:
            await self._put_right(await self.bot.get_webhook_info())
        except InvalidToken:
            raise
        except BadRequest:
            log.error("Telegram refuses the webhook's address: is its name known, and its port 443, 80, 88 or 8443?")
            return LOOK_SECONDS
        except Exception as error:  # whatever it is, the updates go on coming meanwhile
            log.warning("webhook not looked after", error_class=type(error).__name__)
            return seconds_of(error) if isinstance(error, RetryAfter) else RETRY_SECONDS
        self.health.webhook_registered = True
        return LOOK_SECONDS

    async def _put_right(self, info: WebhookInfo) -> None:
        """Set the webhook at the start, since Telegram never tells which secret it has, and where it was changed."""
        failure = self._new_failure(info)
        self._note(info.pending_update_count, failure)
        if not self.health.webhook_registered:
            if info.url and not self._is_ours(info):
                log.warning("another webhook was set for this bot; it is replaced")
            await self._set()
        elif not self._is_ours(info):
            log.error("the webhook was changed: does somebody else have the bot's token? It is set again")
            self.health.webhook_registered = False
            await self._set()
        elif failure == WRONG_SECRET:
            log.error("Telegram shows another secret than the one set here; it is told again")
            await self._set()

    def _note(self, waiting: int, failure: str | None) -> None:
        """A name that is gone or a certificate that ran out keeps updates away, though Telegram answers all the while.
        Once it has failed with one, only one that comes, or none that waits, shows that they come again."""
        metrics.waiting_at_telegram(waiting)
        if waiting == 0:
            self.health.heard()
        else:
            self.health.answered()
            self.health.updates_come = self.health.updates_come and failure is None

    def _is_ours(self, info: WebhookInfo) -> bool:
        return (
            info.url.rstrip("/") == self.url.rstrip("/")
            and info.max_connections == MOST_DELIVERIES
            and sorted(info.allowed_updates or ()) == sorted(ALLOWED_UPDATES)
        )

    def _new_failure(self, info: WebhookInfo) -> str | None:
        """What Telegram met when it last failed to bring an update, if that is news. Said as a class: Telegram's own
        words are of no fixed form."""
        if info.last_error_date is None or info.last_error_date == self._last_failure:
            return None
        self._last_failure = info.last_error_date
        words = info.last_error_message or ""
        status = _STATUS.search(words)
        failure = f"HTTP {status[1]}" if status else "certificate" if "SSL" in words else "connection"
        log.warning("Telegram could not bring an update, and will try again", error_class=failure)
        return failure

    async def _set(self) -> None:
        """Nothing that waits is thrown away."""
        await self.bot.set_webhook(
            self.url,
            secret_token=self.secret,
            max_connections=MOST_DELIVERIES,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        log.info("webhook registered")
