"""Calls to Telegram, each counted by its method and what came of it, whoever makes it."""

from __future__ import annotations

from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot import metrics


class CountedRequest(HTTPXRequest):
    """python-telegram-bot's way to Telegram, and a count."""

    async def do_request(self, url: str, *details: Any, **how: Any) -> tuple[int, bytes]:
        """As the library's. Of the address, which holds the token, only the method's name is kept."""
        name = url.rpartition("/")[2]
        method = name[:1].lower() + name[1:]  # the raw way names methods with a capital
        try:
            status, body = await super().do_request(url, *details, **how)
        except NetworkError:
            metrics.sent(method, "network failed")
            raise
        metrics.sent(method, result_of(status))
        return status, body


def result_of(status: int) -> str:
    """In words what Telegram's status means for the bot."""
    if status >= 500:
        return "Telegram failed"
    return {200: "ok", 403: "chat closed", 429: "too many requests"}.get(status, "refused")
