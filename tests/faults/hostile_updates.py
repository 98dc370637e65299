"""Updates that nobody should send: made by the Bot API's description, aimed at chats the bot knows, and then broken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import telegram
from hypothesis import strategies as st

from bot.screens import codes
from states.flow import the_flow
from tests.faults.bot_api import Field, Kind, fields_of, marks_of, variants_of

Json = Any
Draw = Callable[[st.SearchStrategy[Any]], Any]

CANARY = "zq7-canary"
"""Stands in what people write, and must never stand in the log."""
STRANGER = 555_000_001
"""A chat that the bot does not know yet."""
UPDATE_IDS = st.integers(1, 40)
"""Few, so that some come twice."""
MOSTLY = st.sampled_from((True,) * 12 + (False,))
DEEPEST = 2
"""Objects this far inside have nothing but what they must have."""


@dataclass(frozen=True)
class Target:
    """A chat the bot knows, as its phone sees it: what the buttons of its present screen carry."""

    chat_id: int
    walk: str
    revision: int
    question: str


NESTED: Json = json.loads('{"message": [' * 100 + "7" + "]}" * 100)
JUNK: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 7, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**64), 10**40, 1.0, 7.5, 1e308),
    *("", "0", "7", "private", "null", "\0", "\ud800", "\udc00\ud83d", "\u202e" + CANARY, "\u200f\u2066" * 40),
    *("\x1b[31m\r\n\t\x07", "e\u0301" * 300, CANARY * 100_000, "{", "%s %n {0}", "'; DROP TABLE people; --"),
    *([], {}, [[]], [None], {"id": {}}, {"id": 7, "type": "private"}, [{"id": 7}] * 3, {CANARY: CANARY}),
    *({"self": 1}, {"api_kwargs": {"id": 7}}, {"": None}, NESTED),
)
UNKNOWN = (CANARY, "id", "message", "callback_query", "from_user", "text", "self", "api_kwargs", "")
"""Names of fields that are put where they do not belong."""

TEXTS = (
    *("1", "2", "9", "1, 2", "no", "not sure", "done", "go on", "back", "yes", "england", "save the record", "stop"),
    *("/start", "/back", "/why", "/where", "/rules", "/records", "/cancel", "/mode new", "/mode edit", "/privacy"),
    *("/danger", "/delete_my_data", "/language", "/help", f"/nothing {CANARY}", f"/start {CANARY}", "/", "/ /", "//"),
    *(f"he has a knife {CANARY}", f"{CANARY} saw a bruise", "NHS 943 476 5919 " + CANARY, f"Priya Sharma {CANARY}"),
    *("/records SW-\0", "/records " + "9" * 4000, "/mode " + CANARY, "\u0661", "\uff11", "1\u20e3", "1" * 4096),
    *("\u202e" + CANARY, "\ud800" + CANARY, "a\0b" + CANARY, f"{CANARY} " * 400, "he has a " * 455, "1," * 150),
    *("🙈" * 2000, "\n" * 4096, "\ufdfa" * 4096, " ".join(f"strangl{number:o}" for number in range(400))),
)
CHAT_TYPES = ("private", "group", "supergroup", "channel", "sender", "PRIVATE", "", None)


def hostile_updates(targets: Sequence[Target]) -> st.SearchStrategy[dict[str, Json]]:
    """One raw update, aimed at one of these chats or at a stranger's."""
    strangers = [Target(STRANGER, "", 0, "entry")]
    any_target = st.sampled_from([*targets, *strangers])
    buttons = _button_data(targets)
    texts = st.sampled_from((*TEXTS, *(f"/records {target.walk}" for target in targets)))

    @st.composite
    def update(draw: Draw) -> dict[str, Json]:
        target = draw(any_target)
        kind = draw(KINDS)
        body = _made(draw, kind.kind, 0)
        _address(draw, body, target.chat_id, draw(any_target).chat_id)
        if kind.name == "callback_query":
            body["data"] = buttons(draw, target if draw(MOSTLY) else draw(any_target))
        elif draw(MOSTLY):
            body["text"] = draw(texts)
        made = {"update_id": draw(UPDATE_IDS), kind.name: body}
        for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 1, 3)))):
            _break(draw, made)
        return made

    return update()


# ---- what Telegram could send

_UPDATE_FIELDS = [field for field in fields_of(telegram.Update) if field.name != "update_id"]
_READ = {"message": 50, "callback_query": 70, "my_chat_member": 10}
"""Kinds that the bot reads come more often than the others."""
KINDS: st.SearchStrategy[Field] = st.sampled_from(
    [field for field in _UPDATE_FIELDS for _ in range(_READ.get(field.name, 1))]
)


def _made(draw: Draw, kind: Kind, depth: int) -> dict[str, Json]:
    """An object with all that it must have, and a little of what it may have."""
    variants = variants_of(kind)
    variant = variants[0] if len(variants) == 1 else draw(st.sampled_from(variants))
    fields = fields_of(variant)
    optional = [field.name for field in fields if not field.required]
    several = st.lists(st.sampled_from(optional), max_size=3) if optional and depth <= DEEPEST else st.just([])
    wanted = draw(several)
    made: dict[str, Json] = dict(marks_of(variant))
    for field in fields:
        if field.required or field.name in wanted:
            made[field.name] = _value(draw, field, depth)
    return made


def _value(draw: Draw, field: Field, depth: int) -> Json:
    plain = {int: 1, str: CANARY, bool: True, float: 0.5}
    value = plain[field.kind] if field.kind in plain else _made(draw, field.kind, depth + 1)
    for _ in range(field.lists):
        value = [value]
    return value


def _address(draw: Draw, body: dict[str, Json], chat: int, other: int) -> None:
    """Mostly from a person in their own private chat; else in somebody else's chat, or in a group."""
    private = {"id": chat, "type": "private", "first_name": CANARY}
    where = draw(st.sampled_from((*(private,) * 12, {**private, "id": other}, None)))
    if where is None:
        where = {"id": draw(st.sampled_from((-5, chat))), "type": draw(st.sampled_from(CHAT_TYPES)), "title": CANARY}
    sender = {"id": chat, "is_bot": False, "first_name": CANARY, "language_code": draw(LANGUAGES)}
    if "from" in body or draw(MOSTLY):
        body["from"] = sender
    if "chat" in body:
        body["chat"] = where
    elif draw(MOSTLY):
        body["message"] = {"message_id": draw(MESSAGE_IDS), "date": draw(st.sampled_from((0, 1))), "chat": where}


LANGUAGES = st.sampled_from(("en", "en", "cy", "xx", "", None, CANARY * 9, "e\0n", "\ud800"))
MESSAGE_IDS = st.integers(1, 40)


def _button_data(targets: Sequence[Target]) -> Callable[[Draw, Target], str]:
    """What a button carries: the parts are right, somebody else's, old, or nonsense."""
    flow = the_flow()
    names = st.sampled_from([codes.base36(number) for number in flow.order.values()])
    verbs = st.sampled_from([*codes.QUESTION_VERBS, *codes.VERBS])
    walks = st.sampled_from([target.walk for target in targets] + ["", "SW-00000", "\0", "x" * 40])
    arguments = st.sampled_from(
        ("", "yes", "keep", "rung", "unsafe", "new", "en", "record", "look_up", "why", "meaning", "more", "numbers")
    )
    seconds = st.sampled_from([*map(str, range(1, 12)), ""])
    nonsense = st.sampled_from(("", "0", "-1", "+1", "1_0", " 1", "zz", "z" * 9, "\u0661", "\0", "a|b", "\ud800"))

    def data(draw: Draw, target: Target) -> str:
        if not draw(MOSTLY):
            return str(draw(NO_BUTTONS))
        verb = draw(verbs)
        if verb in codes.QUESTION_VERBS:
            first = codes.base36(flow.order[target.question]) if draw(MOSTLY) else draw(names)
        else:
            first = draw(arguments if draw(MOSTLY) else walks)
        revision = codes.base36(target.revision + draw(LATER))
        number = codes.base36(codes.VERBS.index(verb))
        parts = [codes.fingerprint(flow), target.walk, revision, number, first, draw(seconds)]
        for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
            place = draw(st.integers(0, 5))
            parts[place] = draw(walks if place == 1 else nonsense)
        return ".".join(parts)

    return data


LATER = st.sampled_from((0, 0, 0, 0, 1, 2, 3, 40))
"""How many turns of the chat the button is ahead of where all began."""
NO_BUTTONS = st.sampled_from(("", ".....", "a.b.c", CANARY, "\0", "." * 70, CANARY * 999))


# ---- and what it could not


READ = {"update_id", "message_id", "id", "type", "chat", "from", "text", "data", "language_code", "message"}
"""Fields that the bot reads, here or there."""


def _places(value: Json) -> Iterator[tuple[dict[str, Json] | list[Json], Any]]:
    """Every place in this tree."""
    places = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, held in places:
        yield value, key
        if isinstance(held, dict | list):
            yield from _places(held)


def _break(draw: Draw, made: dict[str, Json]) -> None:
    """Put junk somewhere, take something out, add something, or put one part in another's place."""
    places = list(_places(made))
    read = [place for place in places if place[1] in READ]
    if not places:
        return
    within, key = draw(st.sampled_from(read if read and draw(st.booleans()) else places))
    match draw(st.sampled_from(("junk", "junk", "junk", "out", "unknown", "moved"))):
        case "out":
            del within[key]
        case "unknown" if isinstance(within, dict):
            within[draw(st.sampled_from(UNKNOWN))] = deepcopy(draw(st.sampled_from(JUNK)))
        case "moved":
            other, there = draw(st.sampled_from(places))
            within[key] = deepcopy(other[there])
        case _:
            within[key] = deepcopy(draw(st.sampled_from(JUNK)))
