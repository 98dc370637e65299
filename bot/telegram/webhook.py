"""Updates that Telegram brings, each in a POST of its own, answered with 200 only once its effects are committed.

Whatever is answered otherwise, or not at all, Telegram brings again (https://core.telegram.org/bots/api#setwebhook).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from socket import socket
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot

from bot import metrics
from bot.health import Health
from bot.listening import Listening
from bot.telegram.decoding import update_id_of
from bot.telegram.registration import Registration

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
LARGEST_BODY = 1_000_000
"""Bytes. The longest message with everything about it is a small part of this."""
READ_SECONDS = 10.0
ANSWER_SECONDS = 10.0
"""How long an update may take to be committed before Telegram is asked to bring it again. It stays in hand meanwhile,
and the one brought again joins it. Not longer, since while the store is down Telegram's deliveries (at most
`registration.MOST_DELIVERIES` at once) all wait for so long, and an emergency may be behind them."""
STOP_SECONDS = 5
"""For the updates in hand when the bot is told to stop."""
MOST_CONNECTIONS = 200


@dataclass(frozen=True)
class Webhook:
    """The address that Telegram is told, the secret it must show there, and the socket where its requests arrive."""

    url: str
    secret: str
    at: socket

    @property
    def path(self) -> str:
        """The path that the address names."""
        return urlsplit(self.url).path or "/"


class Receiver(Protocol):
    """Who deals with updates."""

    async def receive(self, raw: Mapping[str, Any]) -> None:
        """Returns once the update is committed or set aside. May be given the same one again, and may be given up
        waiting for: neither changes what becomes of it. Raises CancelledError if the bot stops before."""

    async def finish(self, seconds: float) -> None:
        """Take nothing more in, and bring what has begun to its end, for so long."""


async def serve_webhook(bot: Bot, webhook: Webhook, receiver: Receiver, health: Health, stop: asyncio.Event) -> None:
    """Take in what Telegram brings until told to stop; then take in nothing more, and finish what is in hand.

    Raises InvalidToken when Telegram refuses the token.
    """
    app = webhook_app(webhook, receiver, health)
    listening = Listening(app, webhook.at, most_connections=MOST_CONNECTIONS, stop_seconds=STOP_SECONDS)
    keeping = asyncio.create_task(Registration(bot, webhook.url, webhook.secret, health).keep())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({keeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if keeping.done():
            await keeping
    finally:
        health.stopping = True
        keeping.cancel()
        stopping.cancel()
        await asyncio.gather(listening.stop(), receiver.finish(STOP_SECONDS), return_exceptions=True)


def webhook_app(webhook: Webhook, receiver: Receiver, health: Health) -> Starlette:
    """The application: one path, and nothing else."""

    async def take_in(request: Request) -> Response:
        if not _is_from_telegram(request, webhook.secret):
            raise HTTPException(401)
        if health.stopping:
            raise HTTPException(503)
        raw = _update(await _body(request))
        if raw is not None:
            await _received(receiver, raw, health)
        health.heard()
        metrics.webhook_answered(200)
        return Response()

    app = Starlette(
        routes=[Route(webhook.path, take_in, methods=["POST"])], exception_handlers={HTTPException: _refused}
    )
    app.router.redirect_slashes = False
    return app


def _is_from_telegram(request: Request, secret: str) -> bool:
    """Whether the request shows the secret, told in the same time wherever it differs, and before its body is read."""
    shown = [value for name, value in request.headers.raw if name.lower() == SECRET_HEADER.lower().encode()]
    return len(shown) == 1 and compare_digest(shown[0], secret.encode())


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
        raise HTTPException(413)
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.stream():  # its length may not be told beforehand, or not truly
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)


def _update(body: bytes) -> Mapping[str, Any] | None:
    """The update in a body; None for something that is no update.

    What is not JSON was damaged on its way, since Telegram's always is: it is refused, and comes again whole, or no
    more after a day. What is JSON without an update's id arrived as it was meant and would be the same each time: it is
    left out and confirmed, as in polling, so that it does not keep coming.
    """
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if isinstance(raw, dict) and update_id_of(raw) is not None:
        return raw
    log.error("an update without an id was left out")
    return None


async def _received(receiver: Receiver, raw: Mapping[str, Any], health: Health) -> None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await receiver.receive(raw)
    except asyncio.CancelledError:
        if not health.stopping:
            raise
        _put_off(raw, "stopped")
    except TimeoutError:
        _put_off(raw, "TimeoutError")
    except Exception as error:  # whatever it is, the update is not dealt with
        _put_off(raw, type(error).__name__)


def _put_off(raw: Mapping[str, Any], error_class: str) -> NoReturn:
    log.warning(
        "not committed, Telegram is asked to bring it again", update_id=raw["update_id"], error_class=error_class
    )
    raise HTTPException(503)


async def _refused(request: Request, error: Exception) -> Response:
    """Close the connection as well: what is left of the body is not wanted."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    metrics.webhook_answered(status)
    if status in (400, 408, 413, 415):  # it had shown the secret: strangers cannot fill the log
        log.warning("an update could not be read, Telegram will bring it again", error_class=f"HTTP {status}")
    return PlainTextResponse("", status, {"Connection": "close"})
