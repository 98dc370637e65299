"""What is no answer of Telegram's counts as a network that failed: it is tried again, and nothing stumbles over it."""

from __future__ import annotations

import pytest
from telegram.error import NetworkError

from bot.telegram.counting import CountedRequest


@pytest.mark.parametrize(
    "body", [b"", b"<html>Please sign in</html>", b'{"ok": tr', b'{"ok": true}', b'{"ok": false}', b"[]", b'"ok"', b"7"]
)
def test_what_is_no_answer_is_a_failed_network(body: bytes) -> None:
    with pytest.raises(NetworkError):
        CountedRequest.parse_json_payload(body)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'{"ok": true, "result": null}', {"ok": True, "result": None}),
        (b'{"ok": false, "description": "no"}', {"ok": False, "description": "no"}),
    ],
)
def test_an_answer_and_a_refusal_are_read(body: bytes, read: object) -> None:
    assert CountedRequest.parse_json_payload(body) == read
