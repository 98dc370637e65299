"""The pocket Telegram as one ASGI application: the Bot API, the control calls and the page, for this machine only."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.pocket import actions
from bot.pocket.api import BotApi
from bot.pocket.control import Control
from bot.pocket.delivery import Delivery
from bot.pocket.faults import Faults
from bot.pocket.refusals import RefusalError
from bot.pocket.world import World

PAGE = Path(__file__).parent / "page"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FIRST_PERSON = "Sam, volunteer"
NEAR = ("127.0.0.1", "localhost", "::1")


class Pocket:
    """The whole server."""

    def __init__(self, world: World, token: str | None) -> None:
        self.world = world
        self.delivery = Delivery(world)
        faults = Faults()
        self.control = Control(world, self.delivery, faults)
        self._api = BotApi(world, self.delivery, faults, token)
        pages = [Route(f"/{name}", _page(name), methods=["GET"]) for name in _names()]
        self._rest: ASGIApp = Starlette(
            routes=[Route("/", self._first_page, methods=["GET"]), *pages, *self.control.routes()]
        )

    async def _first_page(self, request: Request) -> Response:
        """The page of phones; it is never empty."""
        if not self.world.people:
            actions.add_person(self.world, FIRST_PERSON)
            self.world.commit()
        return await _page("index.html")(request)

    def release(self) -> None:
        """Let go of everyone who waits: the server is about to stop."""
        self.control.stopping.set()
        self.delivery.stop_poller(RefusalError(502, "Bad Gateway"))
        for listener in self.world.listeners:
            listener.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, unless it comes from a page that is not ours."""
        if scope["type"] != "http":
            return
        if is_foreign(scope):
            await JSONResponse({"problem": "The pocket Telegram answers only this machine."}, 403)(scope, receive, send)
        elif scope["path"].startswith(("/bot", "/file/bot")):
            await self._api(scope, receive, send)
        else:
            await self._rest(scope, receive, send)


def is_foreign(scope: Scope) -> bool:
    """Whether a browser elsewhere is behind the request: a foreign Host (a rebound name) or a foreign Origin."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if _hostname(f"//{host}") not in NEAR:
        return True
    origin = headers.get(b"origin")
    if origin is not None and origin != f"http://{host}":
        return True
    if scope["method"] == "POST" and scope["path"].startswith("/pocket"):
        # A form on a foreign page can post plain text without asking first; JSON it cannot.
        return not headers.get(b"content-type", "").startswith("application/json")
    return headers.get(b"sec-fetch-site") == "cross-site" and scope["path"] != "/"


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _names() -> list[str]:
    return sorted(file.name for file in PAGE.iterdir() if file.suffix in KINDS)


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        file = PAGE / name
        return Response(file.read_bytes(), media_type=KINDS[file.suffix], headers=SECURITY)

    return serve
