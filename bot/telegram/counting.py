"""Calls to Telegram, each counted by its method and what came of it, whoever makes it; and answers made sure of."""

from __future__ import annotations

from typing import Any

from telegram.error import NetworkError, TelegramError
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

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered. Raises NetworkError for what is no answer of Telegram's: a page of some proxy, or
        JSON with neither a result nor a refusal, on which the library would stumble with other errors than its own."""
        try:
            answer = HTTPXRequest.parse_json_payload(payload)
        except TelegramError as error:
            raise NetworkError("no JSON") from error
        if not isinstance(answer, dict) or not {"result", "description"} & set(answer):
            raise NetworkError("no answer of Telegram's")
        return answer


def result_of(status: int) -> str:
    """In words what Telegram's status means for the bot."""
    if status >= 500:
        return "Telegram failed"
    return {200: "ok", 403: "chat closed", 429: "too many requests"}.get(status, "refused")
