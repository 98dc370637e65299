"""A proxy before PostgreSQL that can lose the answer to one statement, as a network does at the worst moment."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from types import TracebackType

_SOCKET = ".s.PGSQL.5432"


class CuttingProxy:
    """Hands everything on, both ways, until it is told to cut. `folder` is where the server's socket is."""

    def __init__(self, folder: Path) -> None:
        self.cuts = 0
        self._server = folder / _SOCKET
        self._folder = Path(tempfile.mkdtemp(prefix="cut-"))
        self._wanted: bytes | None = None
        self._arrives = True
        self._listening = socket.socket(socket.AF_UNIX)
        self._open: list[socket.socket] = [self._listening]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> CuttingProxy:
        self._listening.bind(str(self._folder / _SOCKET))
        self._listening.listen()
        self._run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._open:
            _close(one)
        for thread in self._threads:
            thread.join(5)
        shutil.rmtree(self._folder)

    def address(self, database: str) -> str:
        """The database's address through this proxy."""
        return database.replace(str(self._server.parent), str(self._folder))

    def cut_answer_to(self, statement: bytes) -> None:
        """Lose the answer to the next statement with these words, and the connection with it."""
        self._wanted, self._arrives = statement, True

    def cut_before(self, statement: bytes) -> None:
        """Lose the next statement with these words before the server hears of it, and the connection with it."""
        self._wanted, self._arrives = statement, False

    def _run(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            self._open += [client, server]
            try:
                server.connect(str(self._server))
            except OSError:  # the server is not there just now
                _close(client)
                continue
            cutting = threading.Event()
            self._run(self._questions, client, server, cutting)
            self._run(self._answers, client, server, cutting)

    def _questions(self, client: socket.socket, server: socket.socket, cutting: threading.Event) -> None:
        while data := _received(client):
            if self._wanted is not None and self._wanted in data:
                self._wanted = None
                cutting.set()
                if not self._arrives:
                    self.cuts += 1
                    _close(client)
                    break
            _hand_on(server, data)
        _close(server)

    def _answers(self, client: socket.socket, server: socket.socket, cutting: threading.Event) -> None:
        while data := _received(server):
            if cutting.is_set():  # the server has answered, so it is done; nobody hears of it
                self.cuts += 1
                break
            _hand_on(client, data)
        _close(client)
        _close(server)


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""


def _hand_on(connection: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):  # the other side has closed it already
        connection.sendall(data)


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
