"""`sharewise run`: the store opened, Telegram (or the pocket one) reached, updates dealt with until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.alone import DataFolder, waited_for
from bot.intake import Intake
from bot.logging import start_logging
from bot.opening import keep_open
from bot.settings import PREFIX, Settings
from bot.store import Store, StoreError
from bot.telegram.serving import TokenRefusedError, serving
from bot.turns.turn import Surroundings
from states.flow import the_flow
from states.text import Text, say

POCKET_TOKEN = "100200300:pocket-telegram"  # noqa: S105  good for nothing but the server on this machine
POCKET_HOST = "127.0.0.1"


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
    os.umask(0o077)  # whatever is made here is for its owner's eyes alone
    pocket: subprocess.Popen[str] | None = None
    store: Store | None = None
    folder = DataFolder(settings.data_dir)
    try:
        with contextlib.suppress(OSError):  # said where it matters: when the store is opened
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.database_url is None and not asyncio.run(waited_for(folder, _say)):
            return 0
        if settings.telegram_token is None:
            pocket = _start_pocket(settings)
        store = keep_open(settings, folder, _say)
        asyncio.run(_serve(settings, store, pocket))
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


async def _serve(settings: Settings, store: Store, pocket: subprocess.Popen[str] | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    surroundings = Surroundings(the_flow(), os.urandom, worker=secrets.token_hex(16))

    def intake_for(bot_id: int) -> Intake:
        return Intake(store, surroundings, bot_id, lambda: datetime.now(UTC))

    if settings.telegram_token is not None:
        token, api_url = settings.telegram_token.get_secret_value(), settings.telegram_api_url
    else:
        token, api_url = POCKET_TOKEN, f"http://{POCKET_HOST}:{settings.pocket_port}"
        await asyncio.to_thread(_wait_for_pocket, settings.pocket_port, pocket)
        _say(say("Sharewise is running on this machine. Open {address} and press Start.", address=f"{api_url}/"))
    await serving(token, api_url, intake_for, stop, alive=settings.alive_path)


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
