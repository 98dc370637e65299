"""A load balancer as small as can be: connections to one port, shared out among the workers that answer."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Sequence


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


class SharingOut:
    """Each new connection goes to the next worker, and to another where that one does not answer."""

    def __init__(self, workers: Sequence[int]) -> None:
        self.workers = workers
        self.port = free_port()
        self._turn = itertools.count()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(self._turn)
        for number in range(len(self.workers)):
            port = self.workers[(first + number) % len(self.workers)]
            try:
                to_read, to_write = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                continue
            await asyncio.gather(_pass_on(reader, to_write), _pass_on(to_read, writer), return_exceptions=True)
            return
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    finally:
        writer.close()
