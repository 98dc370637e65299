"""Bears bots without the second that importing takes: everything is imported once, and each bot is a fork of that.

`python -m tests.faults.fork_server` reads one order a line from its input and bears one bot at a time. It prints the
bot's process id, and in the end how it ended. Before a fork it opens no store, no event loop and no connection, so that
every bot begins as a fresh process does.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import faulthandler
import functools
import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import time_machine
from telegram.error import TelegramError

import bot.store.postgresql_store  # noqa: F401  imported only where it is wanted
from bot import run, steps
from bot.i18n import SOURCE_LANGUAGE, translator
from bot.intake import Intake
from bot.screens import codes
from bot.settings import load_settings
from bot.store import MasterKey, Store
from bot.telegram.client import make_bot
from bot.turns.own_words import labels_with_danger_words
from states.flow import the_flow
from tests.faults.controls import CONTROLS
from tests.faults.switch import Switch

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)
CLOCKS_AGREE = 0.0005
"""Seconds: far less than a turn takes."""


def _warm() -> None:
    """What is done once a process and depends on nothing but the code: imports, also the late ones, and the texts."""
    for name in _imported_late():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    codes.fingerprint(the_flow())
    translator(SOURCE_LANGUAGE)
    labels_with_danger_words()


def _imported_late() -> list[str]:
    """What a bot imports only once it opens a store and calls Telegram, found out by a fork that does so."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with tempfile.TemporaryDirectory() as folder, contextlib.suppress(TelegramError):
            Store.open(Path(folder) / "store.db", MasterKey(bytes(32))).close()
            asyncio.run(make_bot("1:none", "http://127.0.0.1:9").initialize())
        with os.fdopen(writing, "w") as told:
            told.write("\n".join(sys.modules))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        names = told.read().split("\n")
    os.waitpid(pid, 0)
    return [name for name in names if name not in sys.modules]


def _tell_all() -> None:
    """Print whole what a turn raises; in service that could hold people's words, here they are made up."""
    turn = Intake.turn

    @functools.wraps(turn)
    def loud(*given: Any, **named: Any) -> Any:
        try:
            return turn(*given, **named)
        except Exception:
            traceback.print_exc()
            raise

    setattr(Intake, "turn", loud)  # noqa: B010  to the type checker a method is not to be assigned


def _names_fail_while(path: Path) -> None:
    """No name resolves while this file is there: the lowest place where that can be had without another machine."""
    resolve = socket.getaddrinfo

    @functools.wraps(resolve)
    def failing(*given: Any, **named: Any) -> Any:
        if path.exists():
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return resolve(*given, **named)

    setattr(socket, "getaddrinfo", failing)  # noqa: B010


def _travel(ahead: float) -> None:
    """Let the clock be so many seconds ahead, which all the bots of a world must agree upon however busy the machine
    is. Time goes on between reading the clock and setting it."""
    while True:
        travelling = time_machine.travel(datetime.now(UTC) + timedelta(seconds=ahead))
        travelling.start()
        if abs(time.time() - time_machine.escape_hatch.time.time() - ahead) < CLOCKS_AGREE:
            return
        travelling.stop()


def _live(order: dict[str, Any]) -> int:
    """The bot's whole life. Gives its exit status."""
    folder = Path(order["folder"])
    log = os.open(folder / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.chdir(folder)
    os.environ.update(order["environment"])
    faulthandler.enable()  # should the interpreter itself crash, the log says where
    try:
        steps.watch(Switch(Path(order["switch"])).passed)
        _tell_all()
        vars(run)["secrets"] = SimpleNamespace(token_hex=lambda length: order["worker"])
        if ahead := order["ahead"]:
            _travel(ahead)
        if names_fail := order["names_fail"]:
            _names_fail_while(Path(names_fail))
        for name in order["controls"]:
            CONTROLS[name].break_it()
        return run.serve(load_settings())
    except KeyboardInterrupt:
        return 0
    except BaseException:
        traceback.print_exc()
        return 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def main() -> None:
    """Bear one bot after another, until there are no more orders."""
    _warm()
    gc.collect()
    gc.freeze()  # a fork then shares these pages for good
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as a bot's own, from its first moment
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            os._exit(_live(json.loads(line)))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    main()
