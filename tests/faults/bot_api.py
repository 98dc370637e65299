"""Every object that an update of the Bot API can hold, with its fields and their types, read off python-telegram-bot's
classes: so that what Telegram could send, and what it could not, is made from the real description."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any

import telegram
from telegram import TelegramObject

Kind = Any
"""A class of python-telegram-bot's (mypy would not take `type` as a key of a cache)."""
RENAMED = {"from_user": "from"}
"""Fields whose names in the Bot API are words of Python."""
MARKS = ("type", "status", "source")
"""Fields that say which of several objects this is; python-telegram-bot fills them in."""


@dataclass(frozen=True)
class Field:
    """`kind`: one of int, str, bool, float, object, or a class of python-telegram-bot's. `lists`: how many lists it
    stands in."""

    name: str
    kind: type
    lists: int
    required: bool


@cache
def variants_of(kind: Kind) -> tuple[Kind, ...]:
    """The objects that can stand where this one is named, such as every sort of chat member."""
    return tuple(kind.__subclasses__()) or (kind,)


@cache
def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The object's fields, in the Bot API's words."""
    hints = typing.get_type_hints(kind.__init__, vars(telegram))
    return tuple(
        Field(RENAMED.get(name, name), *_plain(hints[name]), required=parameter.default is inspect.Parameter.empty)
        for name, parameter in inspect.signature(kind).parameters.items()
        if name != "api_kwargs"
    )


@cache
def marks_of(kind: Kind) -> dict[str, str]:
    """What tells this variant from the others, such as a chat member's status."""
    if kind.__mro__[1] is TelegramObject:  # no variant of anything
        return {}
    names = [name for name in inspect.signature(kind).parameters if name != "api_kwargs"]
    made = kind(**dict.fromkeys(names, False))
    return {mark: str(getattr(made, mark)) for mark in MARKS if mark not in names and hasattr(made, mark)}


def _plain(hint: Any, lists: int = 0) -> tuple[type, int]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType):
        return _plain(next(one for one in arguments if one is not type(None)), lists)
    if origin is typing.Literal:
        return str, lists
    if arguments:  # a sequence
        return _plain(arguments[0], lists + 1)
    if issubclass(hint, (datetime, timedelta)):
        return int, lists
    return (str, lists) if issubclass(hint, Enum) else (hint, lists)
