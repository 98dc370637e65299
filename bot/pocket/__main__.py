"""python -m bot.pocket: run the pocket Telegram until it is told to stop."""

import argparse
import asyncio
import logging
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from bot.listening import Server, open_socket
from bot.pocket.server import Pocket
from bot.pocket.store import StateInUseError, Store
from bot.pocket.world import World

HOST = "127.0.0.1"


async def _serve(arguments: argparse.Namespace, listening: socket.socket, world: World) -> None:
    pocket = Pocket(world, arguments.token)
    config = uvicorn.Config(
        pocket,
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        # The bot keeps its connections; a keep-alive race must not look like one of the faults asked for.
        timeout_keep_alive=600,
    )
    server = Server(config)
    pocket.delivery.start()

    def stop() -> None:
        server.should_exit = True
        pocket.release()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    print(f"pocket Telegram: http://{HOST}:{listening.getsockname()[1]}/", flush=True)  # noqa: T201
    await server.serve(sockets=[listening])
    pocket.delivery.stop()


def main() -> int:
    """Run until SIGTERM or Ctrl-C; 0 when stopped so, 2 when the port or the state file is taken."""
    parser = argparse.ArgumentParser("python -m bot.pocket", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="port on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--state", type=Path, help="file that keeps everything; without it nothing is kept")
    parser.add_argument("--token", help="the one right bot token; without it every well-formed token is right")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    # uvicorn calls a cut connection an error; here cutting is a service.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    try:
        listening = open_socket(HOST, arguments.port)
    except OSError:
        print(f"pocket Telegram: port {arguments.port} is taken; choose another with --port.", file=sys.stderr)  # noqa: T201
        return 2
    try:
        store = Store(arguments.state)
    except StateInUseError as error:
        print(f"pocket Telegram: another one is using {error}; stop it or choose another file.", file=sys.stderr)  # noqa: T201
        return 2
    asyncio.run(_serve(arguments, listening, World(store)))
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
