"""`/healthz`, `/readyz` and `/metrics`, at a port of their own that no proxy forwards."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.health import Health

MOST_CONNECTIONS = 20
ANSWER_SECONDS = 5.0


def probes(health: Health) -> Starlette:
    """The application. It says what is the matter in words, and never who is concerned."""

    # A thread of its own: those that all share also look up Telegram's name, and a store that hangs keeps one for each
    # question.
    asking = ThreadPoolExecutor(1, thread_name_prefix="metrics")

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("alive")  # that the loop came round to answering is the answer

    async def readyz(_: Request) -> Response:
        trouble = await health.unready()
        return PlainTextResponse("ready") if trouble is None else PlainTextResponse(trouble, 503)

    async def show_metrics(_: Request) -> Response:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                text = await asyncio.get_running_loop().run_in_executor(asking, metrics.text)
        except TimeoutError:
            return PlainTextResponse("the store does not answer", 503)
        return Response(text, media_type=metrics.MEDIA_TYPE)

    ways = {"/healthz": healthz, "/readyz": readyz, "/metrics": show_metrics}
    return Starlette(routes=[Route(path, answer, methods=["GET"]) for path, answer in ways.items()])
