"""Webhook delivery against a real local server: the secret, repetition, order, and trouble on request."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking


class Hook:
    """A small web server that keeps what is posted and answers as told."""

    def __init__(self) -> None:
        self.posts: list[tuple[float, str | None, dict[str, Any]]] = []
        self.answers: list[int] = []
        self.hold = 0.0
        self.together = 0
        self.most_together = 0
        lock = threading.Lock()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    hook.posts.append((time.monotonic(), self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
                    answer = hook.answers.pop(0) if hook.answers else 200
                    hook.together += 1
                    hook.most_together = max(hook.most_together, hook.together)
                time.sleep(hook.hold)
                with lock:
                    hook.together -= 1
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"

    def texts(self) -> list[str]:
        return [body["message"]["text"] for _, _, body in self.posts]

    def wait(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not done():
            assert time.monotonic() < deadline, self.texts()
            time.sleep(0.01)


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A running hook."""
    made = Hook()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_the_secret_comes_along(telegram: PocketTelegram, hook: Hook) -> None:
    """Every post carries the secret header and one Update as JSON; a 200 ends it."""
    ask = asking(telegram)
    ask(lambda bot: bot.set_webhook(hook.url, secret_token="s3cret", max_connections=5, allowed_updates=["message"]))
    telegram.person("Sam").say("hello")
    hook.wait(lambda: len(hook.posts) == 1)
    assert hook.posts[0][1] == "s3cret"
    assert hook.texts() == ["hello"]
    info = ask(lambda bot: bot.get_webhook_info())
    assert (info.url, info.max_connections, info.allowed_updates) == (hook.url, 5, ("message",))
    hook.wait(lambda: ask(lambda bot: bot.get_webhook_info()).pending_update_count == 0)


def test_a_failed_delivery_comes_again(telegram: PocketTelegram, hook: Hook) -> None:
    """The same update_id, after a growing pause, and the last error is to be read; later ones of the chat wait."""
    telegram.deliver(retry_seconds=0.1)
    hook.answers = [500, 503]
    ask = asking(telegram)
    ask(lambda bot: bot.set_webhook(hook.url))
    sam = telegram.person("Sam")
    sam.say("one")
    sam.say("two")
    hook.wait(lambda: len(hook.posts) == 4)
    assert hook.texts() == ["one", "one", "one", "two"]
    assert len({body["update_id"] for _, _, body in hook.posts}) == 2
    pauses = [later[0] - earlier[0] for earlier, later in zip(hook.posts[:2], hook.posts[1:3], strict=True)]
    assert pauses[0] > 0.08
    assert pauses[1] > 0.16
    assert ask(lambda bot: bot.get_webhook_info()).last_error_message == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )


def test_a_slow_answer_counts_as_none(telegram: PocketTelegram, hook: Hook) -> None:
    """A time-out is repeated like an error, although the bot may have taken the update in."""
    telegram.deliver(retry_seconds=0.05, answer_seconds=0.2)
    hook.hold = 0.5
    ask = asking(telegram)
    ask(lambda bot: bot.set_webhook(hook.url))
    telegram.person("Sam").say("hello")
    hook.wait(lambda: len(hook.posts) >= 2)
    hook.hold = 0.0
    assert set(hook.texts()) == {"hello"}
    assert ask(lambda bot: bot.get_webhook_info()).last_error_message == "Read timeout expired"


def test_one_at_a_time_per_chat(telegram: PocketTelegram, hook: Hook) -> None:
    """One chat's updates come in order and singly, those of two chats at once."""
    hook.hold = 0.15
    asking(telegram)(lambda bot: bot.set_webhook(hook.url))
    sam, alex = telegram.person("Sam"), telegram.person("Alex")
    for number in range(3):
        sam.say(f"sam {number}")
    hook.wait(lambda: len(hook.posts) == 3 and hook.together == 0)
    assert (hook.texts(), hook.most_together) == (["sam 0", "sam 1", "sam 2"], 1)
    sam.say("sam 3")
    alex.say("alex")
    hook.wait(lambda: len(hook.posts) == 5)
    assert hook.most_together == 2


def test_doubled_and_out_of_order_on_request(telegram: PocketTelegram, hook: Hook) -> None:
    """What may happen on a bad day can be had at will."""
    telegram.deliver(order="newest first", doubled=True, gather_seconds=0.5)
    asking(telegram)(lambda bot: bot.set_webhook(hook.url, max_connections=1))
    sam = telegram.person("Sam")
    for text in ("one", "two", "three"):
        sam.say(text)
    hook.wait(lambda: len(hook.posts) == 6)
    assert hook.texts() == ["three", "three", "two", "two", "one", "one"]


def test_a_restart_goes_on_delivering(telegram: PocketTelegram, hook: Hook) -> None:
    """The webhook and what it has not got yet outlive the pocket."""
    telegram.deliver(retry_seconds=30)
    hook.answers = [500]
    asking(telegram)(lambda bot: bot.set_webhook(hook.url, secret_token="s3cret"))
    telegram.person("Sam").say("hello")
    hook.wait(lambda: len(hook.posts) == 1)
    telegram.kill()
    telegram.start()
    hook.wait(lambda: len(hook.posts) == 2)
    assert hook.posts[0][1:] == hook.posts[1][1:]
