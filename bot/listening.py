"""A web server inside the bot's own loop: uvicorn, without its signal handling and without a log of who asked."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

WAITING_CONNECTIONS = 256
KEEP_ALIVE_SECONDS = 150
"""Longer than proxies keep an idle connection (Caddy two minutes, nginx one): the proxy closes it, and an update never
meets a connection that is being closed at this end."""
NICETY_SECONDS = 1
"""How long answers may still take once the server is told to stop, after what the caller waits for."""


def open_socket(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 picks a free one. Raises OSError when the address is taken or not there."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    # With TCP named here, asyncio switches off the kernel's batching of small writes, which would cost 40 ms a call.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(WAITING_CONNECTIONS)
    except OSError:
        opened.close()
        raise
    return opened


class Server(uvicorn.Server):
    """uvicorn's server without its own signal handling, which would end a clean stop with the signal's exit status."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to us."""
        yield


class Listening:
    """One application at one socket, from its making until `stop`."""

    def __init__(self, app: ASGIApp, at: socket.socket, *, most_connections: int, stop_seconds: int = NICETY_SECONDS):
        """`most_connections`: past so many at once, the answer is 503. `stop_seconds`: how long what is under way may
        take when it stops."""
        self._server = Server(
            uvicorn.Config(
                app,
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=most_connections,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=stop_seconds,
            )
        )
        self._serving = asyncio.create_task(self._server.serve(sockets=[at]))

    async def stop(self) -> None:
        """Take no more connections, let go of the idle ones, and give what is under way its time."""
        self._server.should_exit = True
        await self._serving
