"""The Bot API itself: /bot<token>/<method> and /file/bot<token>/<path>, as a plain ASGI application."""

import asyncio
import inspect
import json
import logging
import re
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from bot.pocket import limits
from bot.pocket.call import Call, Upload
from bot.pocket.delivery import Delivery
from bot.pocket.faults import LOST, MANGLED, Fault, Faults
from bot.pocket.methods import METHODS, NAMES
from bot.pocket.refusals import RefusalError, bad_request, not_found, unauthorized
from bot.pocket.world import World

log = logging.getLogger("bot.pocket")

TOKEN = re.compile(r"([1-9]\d{0,16}):[A-Za-z0-9_-]{3,64}")
PARAMETER_SHOWN = 8192


class BotApi:
    """Answers the bot's calls. With `token`, only that one is right; without, every well-formed one is."""

    def __init__(self, world: World, delivery: Delivery, faults: Faults, token: str | None) -> None:
        self.world = world
        self.delivery = delivery
        self.faults = faults
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            await self._file(path.removeprefix("/file/bot"), send)
            return
        token, _, method = path.removeprefix("/bot").partition("/")
        method = method.strip("/")
        method = NAMES.get(method.lower(), method)
        try:
            self._check_token(unquote(token))
            parameters, files = await _read(scope, receive)
        except RefusalError as refusal:
            self._record(method, None, refusal, "", {})
            await _answer(send, refusal)
            return
        await self._call(Call(self.world, self.delivery, method, parameters, files), receive, send)

    def _check_token(self, token: str) -> None:
        match = TOKEN.fullmatch(token)
        if match is None:
            log.warning("refused a call: the token is malformed (404)")
            raise not_found()
        if self.token is not None and token != self.token:
            log.warning("refused a call: the token is not this pocket's (401)")
            raise unauthorized()
        if self.world.settings.bot_id != int(match[1]):
            self.world.settings.bot_id = int(match[1])
            self.world.keep_settings()

    async def _call(self, call: Call, receive: Receive, send: Send) -> None:
        chat_id = call.integer("chat_id") or None
        if chat_id is None and (tap := self.world.taps.get(call.integer("callback_query_id"))):
            chat_id = tap.chat_id
        slowness, fault = self.faults.strike(call.method, chat_id)
        if slowness:
            await asyncio.sleep(slowness)
        struck = "slow" if slowness and not fault else fault.kind if fault else ""
        if fault and (fault.kind == "cut before" or fault.refusal()):
            refusal = fault.refusal()
            self._record(call.method, chat_id, refusal or 0, struck, call.parameters)
            await (_answer(send, refusal) if refusal else _cut(send))
            return
        outcome: Any
        try:
            outcome = await self._run(call, receive)
        except RefusalError as refusal:
            outcome = refusal
        except _HungUpError:
            return
        except Exception:
            # Our own mistake, not the bot's: it must be seen here and look like Telegram's there.
            log.exception("%s failed inside the pocket", call.method[:64])
            outcome = RefusalError(500, "Internal Server Error")
        lost = fault is not None and fault.kind in LOST
        refused = outcome if isinstance(outcome, RefusalError) else None
        self._record(call.method, chat_id, 0 if lost else refused or 200, struck, call.parameters, call.message_id)
        await (_spoilt(fault, outcome, receive, send) if fault else _answer(send, outcome))

    async def _run(self, call: Call, receive: Receive) -> Any:
        method = METHODS.get(call.method.lower())
        if method is None:
            log.warning("refused a call: there is no method %s here (404); the token is fine", call.method[:64])
            raise not_found()
        result = method(call)
        if not inspect.isawaitable(result):
            return result
        # A poller that died must not be taken for one that still waits.
        work = asyncio.ensure_future(result)
        hangup = asyncio.ensure_future(_hangup(receive))
        await asyncio.wait((work, hangup), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            raise _HungUpError
        hangup.cancel()
        return work.result()

    def _record(
        self,
        method: str,
        chat_id: int | None,
        outcome: RefusalError | int,
        fault: str,
        parameters: dict[str, Any],
        message_id: int | None = None,
    ) -> None:
        refusal = outcome if isinstance(outcome, RefusalError) else None
        self.world.store.record_call(
            clock=self.world.now(),
            method=method,
            chat_id=chat_id,
            status=refusal.code if refusal else int(str(outcome)),
            description=refusal.description if refusal else "",
            fault=fault,
            parameters={
                name: value[:PARAMETER_SHOWN] if isinstance(value, str) else value for name, value in parameters.items()
            },
            message_id=message_id,
        )
        if chat_id is not None:
            self.world.call_counts[chat_id] += 1
        self.world.commit()

    async def _file(self, rest: str, send: Send) -> None:
        token, _, path = rest.partition("/")
        try:
            self._check_token(unquote(token))
            known = self.world.store.file(path.rpartition("/")[2])
            if known is None:
                raise not_found()
        except RefusalError as refusal:
            self._record("(file)", None, refusal, "", {"path": path})
            await _answer(send, refusal)
            return
        self._record("(file)", None, 200, "", {"path": path})
        await _send(send, 200, known[2], "application/octet-stream")


class _HungUpError(Exception):
    """The bot hung up while it waited."""


async def _hangup(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read(scope: Scope, receive: Receive) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters from the query and a JSON, urlencoded or multipart body, and the files."""
    parameters: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"").decode("latin-1").lower()
    if kind.startswith("multipart/form-data"):
        return await _read_multipart(parameters, scope, receive)
    body = b""
    more = True
    while more:
        event: Message = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)
        if len(body) > limits.UPLOAD_BYTES:
            raise RefusalError(413, "Request Entity Too Large")
    try:
        if kind.startswith("application/json"):
            given = json.loads(body or b"{}")
            if not isinstance(given, dict):
                raise bad_request("object expected")
            parameters |= given
        elif body:
            parameters |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        raise bad_request("can't parse the request body") from None
    return parameters, {}


async def _read_multipart(
    parameters: dict[str, Any], scope: Scope, receive: Receive
) -> tuple[dict[str, Any], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    async with Request(scope, receive).form(max_part_size=limits.UPLOAD_BYTES) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or "file", kind, await value.read())
            else:
                parameters[name] = value
    return parameters, files


async def _answer(send: Send, outcome: object) -> None:
    status, body = _worded(outcome)
    await _send(send, status, body, "application/json")


def _worded(outcome: object) -> tuple[int, bytes]:
    if not isinstance(outcome, RefusalError):
        return 200, json.dumps({"ok": True, "result": outcome}).encode()
    told: dict[str, Any] = {"ok": False, "error_code": outcome.code, "description": outcome.description}
    if outcome.parameters:
        told["parameters"] = outcome.parameters
    return outcome.code, json.dumps(told).encode()


async def _spoilt(fault: Fault, outcome: object, receive: Receive, send: Send) -> None:
    """The call was made; what the bot is told of it is the fault's matter."""
    status, body = _worded(outcome)
    match fault.kind:
        case "cut after":
            await _cut(send)
        case "silence":
            await _hangup(receive)
        case "slow bytes":
            await _send(send, status, body, "application/json", fault.seconds)
        case kind:
            status, content_type, body = MANGLED[kind](body)
            await _send(send, status, body, content_type)


async def _send(send: Send, status: int, body: bytes, kind: str, seconds: float = 0) -> None:
    """One answer; spread over so many seconds, if any."""
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    if status == 302:
        headers.append((b"location", b"/elsewhere"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if seconds:
        for place in range(len(body) - 1):
            await send({"type": "http.response.body", "body": body[place : place + 1], "more_body": True})
            await asyncio.sleep(seconds / len(body))
        body = body[-1:]
    await send({"type": "http.response.body", "body": body})


async def _cut(send: Send) -> None:
    """Promise a body and never send it: the server then drops the connection."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
