"""The network between the bot and Telegram, with TLS and with its faults: resets, refusals, broken handshakes.

A proxy of our own in a thread. It reads each call as it passes, so that a fault can be meant for one method and chat.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Kind = Literal["reset", "reset after", "refused", "TLS handshake cut", "TLS certificate wrong", "name unknown"]
KINDS: tuple[Kind, ...] = (
    "reset",
    "reset after",
    "refused",
    "TLS handshake cut",
    "TLS certificate wrong",
    "name unknown",
)
OUTAGES: tuple[Kind, ...] = ("refused", "TLS handshake cut", "TLS certificate wrong", "name unknown")
"""They last a while and strike whatever is called meanwhile."""

UNREAD_SECONDS = 0.3
"""A reset throws away what the other side has not read yet: an answer as young as this may not have arrived."""

_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset
_CHAT = re.compile(rb'(?:chat_id=|"chat_id": ?"?)(\d+)')
_METHOD = re.compile(rb"^\w+ /bot[^/ ]+/(\w+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Trouble:
    """One fault, for the next call of this method, and of this chat if one is named."""

    kind: Kind
    method: str
    chat_id: int | None = None


@dataclass(frozen=True)
class Unheard:
    """A call that Telegram got, and whose answer never reached the bot."""

    at: float
    method: str
    chat_id: int | None


class Network:
    """`with Network(port_of_telegram, folder) as network:` and then the bot is told `network.address`."""

    def __init__(self, port: int, folder: Path, outage_seconds: float = 0.7) -> None:
        self.troubles: list[Trouble] = []
        self.unheard: list[Unheard] = []
        self.certificate = folder / "trusted.pem"
        self.names_fail = folder / "names-fail"
        """While this file is there, no name resolves (see `fork_server`)."""
        self._telegram = port
        self._outage_seconds = outage_seconds
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.StreamWriter] = set()
        self._answered: dict[asyncio.StreamWriter, Unheard] = {}
        """The last call whose answer was handed on, of each connection."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._trusted = _server_context(self.certificate)
        self._untrusted = _server_context(folder / "untrusted.pem")
        self._server: asyncio.Server | None = None
        # Bound and never listened at: nobody else gets the port while an outage lasts.
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._held.bind(("127.0.0.1", 0))
        self._port = int(self._held.getsockname()[1])

    @property
    def address(self) -> str:
        """What the bot takes for Telegram."""
        return f"https://localhost:{self._port}"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        self._run(self._listen(self._trusted))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop everything."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._held.close()

    def _run(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)  # type: ignore[arg-type]

    # ---- listening

    async def _listen(self, context: ssl.SSLContext | None) -> None:
        serve = self._serve if context is not None else self._drop
        self._server = await asyncio.start_server(serve, "127.0.0.1", self._port, ssl=context, reuse_port=True)

    async def _drop(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept and end it at once, in the middle of the handshake."""
        await reader.read(100)
        _reset(writer)

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            _reset(writer)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _outage(self, kind: Kind) -> None:
        """End every connection, and let none be made for a while."""
        if self._server is None:
            return  # it is out already
        server, self._server = self._server, None
        server.close()
        for writer in list(self._open):
            last = self._answered.get(writer)
            if last is not None and time.time() - last.at < UNREAD_SECONDS:
                self.unheard.append(last)
            _reset(writer)
        if kind == "name unknown":
            self.names_fail.touch()
        elif kind == "TLS handshake cut":
            await self._listen(None)
        elif kind == "TLS certificate wrong":
            await self._listen(self._untrusted)
        await asyncio.sleep(self._outage_seconds)
        if self._server is not None:
            self._server.close()
        self.names_fail.unlink(missing_ok=True)
        await self._listen(self._trusted)

    # ---- one connection

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        upstream: asyncio.StreamWriter | None = None
        try:
            answers, upstream = await asyncio.open_connection("127.0.0.1", self._telegram)
            while call := await _message(reader):
                trouble = self._struck(call)
                if trouble is not None and trouble.kind != "reset after":
                    if trouble.kind in OUTAGES:
                        task = asyncio.create_task(self._outage(trouble.kind))
                        self._tasks.add(task)
                        task.add_done_callback(self._tasks.discard)
                    return _reset(writer)
                upstream.write(call)
                answering, leaving = asyncio.ensure_future(_message(answers)), asyncio.ensure_future(reader.read(1))
                await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
                if not answering.done() or trouble is not None or writer.transport.is_closing():
                    self.unheard.append(Unheard(time.time(), *_named(call)))
                    await _give_up(answering, leaving)
                    return _reset(writer)
                await _give_up(leaving)
                if writer.transport.is_closing():
                    return self.unheard.append(Unheard(time.time(), *_named(call)))
                self._answered[writer] = Unheard(time.time(), *_named(call))
                writer.write(answering.result())
                await writer.drain()
        except (OSError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            self._answered.pop(writer, None)
            for end in (writer, upstream):
                if end is not None:
                    end.close()

    def _struck(self, call: bytes) -> Trouble | None:
        method, chat_id = _named(call)
        for trouble in self.troubles:
            if trouble.method.lower() == method and trouble.chat_id in (None, chat_id):
                self.troubles.remove(trouble)
                return trouble
        return None


def _named(call: bytes) -> tuple[str, int | None]:
    """The method, in small letters, and the chat of a call."""
    method, chat = _METHOD.search(call), _CHAT.search(call)
    return method[1].decode().lower() if method else "", int(chat[1]) if chat else None


async def _give_up(*tasks: asyncio.Future[bytes]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a TCP reset."""
    held: socket.socket | None = writer.get_extra_info("socket")
    if held is not None:
        with suppress(OSError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message, whole; nothing at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")


def _server_context(path: Path) -> ssl.SSLContext:
    """A context with a certificate of its own, which whoever is given the file can trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=3))
        .not_valid_after(today + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    path.with_suffix(".key").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, path.with_suffix(".key"))
    return context
