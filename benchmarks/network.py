"""Telegram in the place of python-telegram-bot's transport: calls are serialised and answered within the process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest, RequestData

from benchmarks.practitioners import Buttons, buttons_of

TOKEN = "123456:BENCH-TOKEN"  # noqa: S105  good for nothing
BOT = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
SHOWS = ("sendmessage", "editmessagetext")
FIRST_MESSAGE = 1_000_001


class Network(BaseRequest):
    """Answers every call at once, as Telegram would, and remembers which buttons each chat sees.

    `on_call` is told of each call, by method in small letters and parameters, as it arrives.
    """

    def __init__(self, on_call: Callable[[str, dict[str, Any]], None] | None = None) -> None:
        self.calls = 0
        self.buttons: dict[int, Buttons] = {}
        self.message: dict[int, int] = {}
        self._on_call = on_call
        self._last_message = FIRST_MESSAGE

    @property
    def read_timeout(self) -> float:
        """Never waited for."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *unused: Any, **waits: Any
    ) -> tuple[int, bytes]:
        """One call, answered."""
        name = url.rsplit("/", 1)[-1].lower()
        parameters: dict[str, Any] = {}
        if request_data is not None:
            parameters = request_data.parameters
            _ = request_data.json_parameters  # what the live transport would put on the wire
        self.calls += 1
        if self._on_call is not None:
            self._on_call(name, parameters)
        return 200, json.dumps({"ok": True, "result": self._result(name, parameters)}).encode()

    def _result(self, name: str, parameters: dict[str, Any]) -> Any:
        if name == "getme":
            return BOT
        if name not in SHOWS:
            return True
        chat = int(parameters["chat_id"])
        if name == "sendmessage":
            self._last_message += 1
        message_id = int(parameters.get("message_id") or self._last_message)
        if "reply_markup" in parameters:
            self.buttons[chat] = buttons_of(parameters["reply_markup"])
            self.message[chat] = message_id
        return {
            "message_id": message_id,
            "date": int(time.time()),
            "from": BOT,
            "chat": {"id": chat, "type": "private", "first_name": "User"},
            "text": parameters.get("text", ""),
            "reply_markup": parameters.get("reply_markup"),
        }
