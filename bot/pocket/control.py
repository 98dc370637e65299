"""The control calls under /pocket/: what a page of phones, a test or a fault harness asks of the pocket itself."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.pocket import actions, views
from bot.pocket.delivery import Delivery, Manner
from bot.pocket.faults import Faults
from bot.pocket.refusals import MisuseError
from bot.pocket.things import Group, Json, Person
from bot.pocket.world import World
from bot.waiting import came

WINDOW_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 30.0
Handler = Callable[[Request, Json], Awaitable[Any]]


class Control:
    """Everything but the Bot API."""

    def __init__(self, world: World, delivery: Delivery, faults: Faults) -> None:
        self.world = world
        self.delivery = delivery
        self.faults = faults
        self.stopping = asyncio.Event()

    def routes(self) -> list[Route]:
        """The control calls. Those that change something take JSON by POST."""
        person = "/pocket/people/{person_id:int}"
        posts: dict[str, Handler] = {
            "/pocket/people": self.add_person,
            f"{person}/{{action:str}}": self.act,
            "/pocket/groups": self.add_group,
            "/pocket/groups/{group_id}/say": self.say_in_group,
            "/pocket/groups/{group_id}/tap": self.tap_in_group,
            "/pocket/faults": self.add_fault,
            "/pocket/faults/clear": self.clear_faults,
            "/pocket/clock": self.move_clock,
            "/pocket/delivery": self.set_manner,
        }
        gets: dict[str, Handler] = {
            "/pocket/people": self.people,
            f"{person}/phone": self.phone,
            "/pocket/groups/{group_id}": self.group,
            "/pocket/calls": self.calls,
            "/pocket/counters": self.counters,
            "/pocket/faults": self.list_faults,
            "/pocket/updates": self.updates,
            "/pocket/clock": self.clock,
        }
        return [
            *(Route(path, self._answering(handler), methods=["GET"]) for path, handler in gets.items()),
            *(Route(path, self._answering(handler), methods=["POST"]) for path, handler in posts.items()),
            Route("/pocket/stream", self.stream, methods=["GET"]),
            Route("/pocket/files/{file_id}", self.file, methods=["GET"]),
        ]

    def _answering(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                result = await handler(request, await _body(request))
            except MisuseError as misuse:
                self.world.commit()
                return JSONResponse({"problem": str(misuse)}, 409)
            except (TypeError, ValueError) as error:
                return JSONResponse({"problem": f"That cannot be read: {error}."}, 400)
            self.world.commit()
            return JSONResponse(result)

        return answer

    # ---- phones

    async def people(self, request: Request, body: Json) -> Any:
        """Everybody with a phone."""
        return [vars(person) for person in self.world.people.values()]

    async def add_person(self, request: Request, body: Json) -> Any:
        """Add a phone: name, and if wanted language_code and id."""
        person = actions.add_person(
            self.world, str(body.get("name", "")), str(body.get("language_code", "en")), body.get("id")
        )
        return vars(person)

    async def phone(self, request: Request, body: Json) -> Any:
        """One phone; with `since`, waits up to `wait` seconds until it looks different from that revision."""
        person = self.world.person(request.path_params["person_id"])
        since = request.query_params.get("since")
        wait = min(float(request.query_params.get("wait", 0)), LONGEST_WAIT_SECONDS)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        news = asyncio.Event()
        self.world.listeners.add(news)
        try:
            while since == str(self.world.revisions.get(person.person_id, 0)) and loop.time() < deadline:
                news.clear()
                if not await came(news, deadline - loop.time()) or self.stopping.is_set():
                    break
        finally:
            self.world.listeners.discard(news)
        return views.phone(self.world, person)

    async def act(self, request: Request, body: Json) -> Any:
        """What a person does, and the ids of the updates that it made for the bot."""
        person = self.world.person(request.path_params["person_id"])
        before = self.world.settings.last_update_id
        made = self._acted(person, request.path_params["action"], body)
        return made | {"updates": list(range(before + 1, self.world.settings.last_update_id + 1))}

    def _acted(self, person: Person, action: str, body: Json) -> Json:
        world = self.world
        match action:
            case "say":
                return {"message_id": actions.say(world, person, str(body.get("text", ""))).message_id}
            case "start":
                return {"message_id": actions.start(world, person, str(body.get("payload", ""))).message_id}
            case "send":
                made = actions.send(world, person, str(body.get("kind", "")), str(body.get("caption", "")))
                return {"message_id": made.message_id}
            case "tap":
                tap = actions.tap(
                    world,
                    person,
                    int(body.get("message_id", 0)),
                    str(body.get("data", "")),
                    str(body.get("label", "")),
                    stale=bool(body.get("stale")),
                )
                return {"id": str(tap.tap_id)}
            case "edit":
                actions.edit(world, person, int(body.get("message_id", 0)), str(body.get("text", "")))
            case "delete":
                actions.delete(world, person, int(body.get("message_id", 0)))
            case "clear":
                actions.clear(world, person)
            case "block":
                actions.block(world, person)
            case "unblock":
                actions.unblock(world, person)
            case unknown:
                raise MisuseError(f"A person cannot {unknown}.")
        return {}

    # ---- groups

    def _group(self, request: Request) -> Group:
        # The path's own number type knows no minus, and groups have negative ids.
        wanted = request.path_params["group_id"]
        group = next((group for group in self.world.groups.values() if str(group.group_id) == wanted), None)
        if group is None:
            raise MisuseError("There is no such group.")
        return group

    async def add_group(self, request: Request, body: Json) -> Any:
        """A group to which `person_id` adds the bot."""
        by = self.world.person(int(body.get("person_id", 0)))
        return vars(actions.add_group(self.world, str(body.get("title", "A group")), by))

    async def say_in_group(self, request: Request, body: Json) -> Any:
        """`person_id` writes `text` in the group."""
        person = self.world.person(int(body.get("person_id", 0)))
        message = actions.say_in_group(self.world, self._group(request), person, str(body.get("text", "")))
        return {"message_id": message.message_id}

    async def tap_in_group(self, request: Request, body: Json) -> Any:
        """`person_id` taps a button of `message_id`."""
        person = self.world.person(int(body.get("person_id", 0)))
        tap = actions.tap_in_group(
            self.world, self._group(request), person, int(body.get("message_id", 0)), str(body.get("data", ""))
        )
        return {"id": str(tap.tap_id)}

    async def group(self, request: Request, body: Json) -> Any:
        """What the group shows now."""
        group = self._group(request)
        standing = [message for message in self.world.all_messages(group.group_id) if message.gone_at is None]
        return vars(group) | {"messages": [views.shown(message) for message in standing]}

    # ---- what the bot did

    async def calls(self, request: Request, body: Json) -> Any:
        """The outbox: all calls, or those of a method or chat, or after a number."""
        asked = request.query_params
        chat_id = int(asked["chat_id"]) if "chat_id" in asked else None
        return self.world.store.calls(asked.get("method"), chat_id, int(asked.get("after", 0)))

    async def counters(self, request: Request, body: Json) -> Any:
        """Sends and edits per chat and second of the real clock, and the most within any one second."""
        seconds: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        windows: dict[int | None, deque[float]] = defaultdict(deque)
        most: dict[int | None, int] = defaultdict(int)
        for chat_id, at in self.world.store.call_times():
            seconds[chat_id][int(at)] += 1
            for key in (chat_id, None):
                window = windows[key]
                window.append(at)
                while window[0] <= at - WINDOW_SECONDS:
                    window.popleft()
                most[key] = max(most[key], len(window))
        overall = most.pop(None, 0)
        return {"seconds": seconds, "most_in_a_second": most, "most_in_a_second_overall": overall}

    async def updates(self, request: Request, body: Json) -> Any:
        """Updates the bot has not confirmed."""
        return [update.body for update in self.world.pending()]

    # ---- trouble and time

    async def add_fault(self, request: Request, body: Json) -> Any:
        """Ask for a fault; the fields are those of Fault."""
        return vars(self.faults.ask_for(body))

    async def list_faults(self, request: Request, body: Json) -> Any:
        """Faults that have not struck yet."""
        return [vars(fault) for fault in self.faults.waiting]

    async def clear_faults(self, request: Request, body: Json) -> Any:
        """No more faults."""
        self.faults.waiting.clear()
        return {}

    async def clock(self, request: Request, body: Json) -> Any:
        """The pocket's clock."""
        return {"now": self.world.now(), "offset": self.world.settings.clock_offset}

    async def move_clock(self, request: Request, body: Json) -> Any:
        """Move the clock on by `seconds`."""
        self.world.settings.clock_offset += float(body.get("seconds", 0))
        self.world.keep_settings()
        return {"now": self.world.now(), "offset": self.world.settings.clock_offset}

    async def set_manner(self, request: Request, body: Json) -> Any:
        """How the webhook is served from now on; the fields are those of Manner, the rest goes back to its default."""
        try:
            self.delivery.manner = Manner(**body)
        except TypeError as error:
            raise MisuseError(f"Delivery cannot be described like this: {error}.") from None
        return vars(self.delivery.manner)

    # ---- for the page

    async def file(self, request: Request) -> Response:
        """A file from a chat, always as a download."""
        known = self.world.store.file(request.path_params["file_id"])
        if known is None:
            return JSONResponse({"problem": "There is no such file."}, 404)
        name = "".join(character if character.isalnum() or character in "-_." else "_" for character in known[0])
        headers = {"Content-Disposition": f'attachment; filename="{name.encode("ascii", "replace").decode()}"'}
        return Response(known[2], headers=headers, media_type="application/octet-stream")

    async def stream(self, request: Request) -> Response:
        """Server-sent events: every phone at first, then each phone that looks different."""
        return StreamingResponse(self._events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _events(self) -> AsyncIterator[str]:
        news = asyncio.Event()
        self.world.listeners.add(news)
        sent: dict[int, int] = {}
        told: Json = {}
        try:
            yield "retry: 500\n\n"
            while not self.stopping.is_set():
                news.clear()
                general = {"phones": list(self.world.people), "bot_is_there": self.delivery.bot_is_there()}
                if general != told:
                    told = general
                    yield f"event: general\ndata: {json.dumps(general)}\n\n"
                for person in list(self.world.people.values()):
                    revision = self.world.revisions.get(person.person_id, 0)
                    if sent.get(person.person_id) != revision:
                        sent[person.person_id] = revision
                        yield f"data: {json.dumps(views.phone(self.world, person))}\n\n"
                if not await came(news, HEARTBEAT_SECONDS):
                    yield ": still here\n\n"
        finally:
            self.world.listeners.discard(news)


async def _body(request: Request) -> Json:
    if request.method != "POST":
        return {}
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        raise MisuseError("The body is not JSON.") from None
    if not isinstance(given, dict):
        raise MisuseError("The body must be a JSON object.")
    return given
