"""`sharewise run`: the store opened, Telegram (or the pocket one) reached, updates dealt with until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.alone import DataFolder, wait_for
from bot.health import Health
from bot.intake import Intake
from bot.listening import open_socket
from bot.logging import start_logging
from bot.opening import keep_open
from bot.settings import PREFIX, Settings
from bot.store import Store, StoreError
from bot.telegram.serving import TokenRefusedError, serving
from bot.telegram.webhook import Webhook
from bot.turns.turn import Surroundings
from bot.watching import ask, watched
from states.flow import the_flow
from states.text import Text, say

POCKET_TOKEN = "100200300:pocket-telegram"  # noqa: S105  good for nothing but the server on this machine
POCKET_HOST = "127.0.0.1"


SWITCH_SECONDS = 0.0005
"""How long one thread may keep the interpreter from another. The store's thread lets go of it at each step of a
statement, and with Python's own 5 ms would wait that long to get it back from a busy loop."""


class CannotStartError(Exception):
    """The bot cannot start. `sentence` says why and what to do."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def serve(settings: Settings) -> int:
    """Run the bot until SIGTERM or Ctrl-C. Gives the exit status: 0, or 2 when it cannot start or go on."""
    start_logging(settings.log_level.value)
    sys.setswitchinterval(SWITCH_SECONDS)
    os.umask(0o077)  # whatever is made here is for its owner's eyes alone
    # Until it serves, SIGTERM stops it as Ctrl-C does, so that what it has begun is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    pocket: subprocess.Popen[str] | None = None
    store: Store | None = None
    folder = DataFolder(settings.data_dir)
    try:
        with contextlib.suppress(OSError):  # said where it matters: when the store is opened
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.database_url is None:
            wait_for(folder, _say)
        webhook, probing = _webhook(settings), _probing(settings)
        if settings.telegram_token is None:
            pocket = _start_pocket(settings)
        store = keep_open(settings, folder, _say)
        asyncio.run(_serve(settings, store, pocket, webhook, probing))
    except KeyboardInterrupt:
        return 0
    except TokenRefusedError:
        _say(say("Telegram refuses the token. Check {name} and start again.", name=f"{PREFIX}TELEGRAM_TOKEN"))
        return 2
    except (CannotStartError, StoreError) as error:
        _say(error.sentence)
        return 2
    finally:
        if store is not None:
            store.close()
        _stop(pocket)
        folder.let_go()
    return 0


def _webhook(settings: Settings) -> Webhook | None:
    """The webhook that the settings name, its port open already."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    at = _open(settings, "WEBHOOK_PORT", settings.webhook_port)
    return Webhook(settings.webhook_url, settings.webhook_secret.get_secret_value(), at)


def _probing(settings: Settings) -> socket.socket | None:
    return None if settings.probes_port is None else _open(settings, "PROBES_PORT", settings.probes_port)


def _open(settings: Settings, name: str, port: int) -> socket.socket:
    """Raises CannotStartError when the port is taken: rather at once than in the middle."""
    try:
        return open_socket(settings.http_host, port)
    except OSError:
        raise CannotStartError(
            say(
                "Nothing can listen at {host}, port {port}: it may be taken. Set {name} to another port.",
                host=settings.http_host,
                port=port,
                name=PREFIX + name,
            )
        ) from None


async def _serve(
    settings: Settings,
    store: Store,
    pocket: subprocess.Popen[str] | None,
    webhook: Webhook | None,
    probing: socket.socket | None,
) -> None:
    stop = asyncio.Event()
    health = Health(partial(ask, store), settings.alive_path, webhook_wanted=webhook is not None)

    def told_to_stop() -> None:
        health.stopping = True
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop)
    worker = secrets.token_hex(16)

    def intake_for(bot_id: int, bot_name: str) -> Intake:
        on_the_pocket = settings.telegram_token is None
        return Intake(store, Surroundings(the_flow(), os.urandom, worker, bot_name, on_the_pocket), bot_id, _now)

    if settings.telegram_token is not None:
        token, api_url = settings.telegram_token.get_secret_value(), settings.telegram_api_url
    else:
        token, api_url = POCKET_TOKEN, f"http://{POCKET_HOST}:{settings.pocket_port}"
        await asyncio.to_thread(_wait_for_pocket, settings.pocket_port, pocket)
        _say(say("Sharewise is running on this machine. Open {address} and press Start.", address=f"{api_url}/"))
    heartbeat_url = settings.heartbeat_url.get_secret_value() if settings.heartbeat_url else None
    async with watched(health, store, _now, probing, heartbeat_url):
        await serving(token, api_url, intake_for, stop, health=health, webhook=webhook)


def _now() -> datetime:
    return datetime.now(UTC)


def _start_pocket(settings: Settings) -> subprocess.Popen[str] | None:
    """The pocket Telegram in a process of its own; one that still runs from before is used again."""
    if _pocket_answers(settings.pocket_port):
        return None
    command = [
        *(sys.executable, "-m", "bot.pocket", "--port", str(settings.pocket_port)),
        *("--state", str(settings.pocket_path.resolve()), "--token", POCKET_TOKEN),
    ]
    root = Path(__file__).parents[1]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, text=True, cwd=root, start_new_session=True)  # noqa: S603


def _pocket_answers(port: int) -> bool:
    connection = HTTPConnection(POCKET_HOST, port, timeout=1)
    try:
        connection.request("GET", "/pocket/people")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _wait_for_pocket(port: int, process: subprocess.Popen[str] | None) -> None:
    """Until the pocket answers. Raises CannotStartError when it ends instead."""
    while not _pocket_answers(port):
        if process is not None and process.poll() is not None:
            raise CannotStartError(
                say(
                    "The pocket Telegram did not start; port {port} may be taken. Set {name} to another one.",
                    port=port,
                    name=f"{PREFIX}POCKET_PORT",
                )
            )
        time.sleep(0.02)


def _stop(process: subprocess.Popen[str] | None) -> None:
    if process is None:
        return
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _say(sentence: Text) -> None:
    print(sentence, flush=True)  # noqa: T201  what whoever starts the bot must read
