"""What is written into a button: which walk and which revision of the screen it belongs to, and what it means.

At most 64 bytes, numbers instead of words, so that a button tells an onlooker nothing
(https://core.telegram.org/bots/api#inlinekeyboardbutton). A fingerprint of the questions makes a button from before an
update of the bot an old one.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.screens.screen import Press
from states.flow import Flow, the_flow

LONGEST_BYTES = 64
ALWAYS = ("danger", "emergency", "lead", "member", "escalation", "disagree", "got")
"""Verbs that work from any button, however old: help is never refused because a screen has moved on, and what stands
beside the screen names what it is about and looks first whether it still fits."""

QUESTION_VERBS = ("option", "tick", "done", "change")
VERBS = (
    *ALWAYS,
    *QUESTION_VERBS,
    "back",
    "go_on",
    "view",
    "begin_anew",
    "stop",
    "mode",
    "language",
    "forget",
    "keep",
    "add",
    "nation",
    "note",
    "role",
    "reminders",
    "review",
    "join",
    "invite",
    "ask",
    "own_call",
    "close",
    "duty",
    "hours",
    "arrange",
    "choose",
    "offer",
    "give_back",
    "remind",
    "number",
    "follow",
    "again",
    "test",
    "longer",
    "leave",
)
_ID = re.compile(r"[0-9a-f]{32}")
_SHORT_ID = re.compile(r"~[A-Za-z0-9_-]{22}")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button as it came back."""

    walk: str
    revision: int
    press: Press


class UnreadableButtonError(ValueError):
    """Not a button of ours, or one from before an update."""


@lru_cache(maxsize=1024)  # every button of a screen carries the same revision
def base36(number: int) -> str:
    """A number in the fewest characters that need no escaping."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
        if not number:
            return digits


def _number(digits: str) -> int:
    """The number that `base36` wrote so. Raises ValueError on anything it would not write, such as "+7" or "0_7"."""
    number = int(digits, 36)
    if number < 0 or base36(number) != digits:
        raise ValueError(digits)
    return number


def _shorter(argument: str) -> str:
    """An id in 23 characters instead of 32: beside a walk and a word, a button has no room for more."""
    if _ID.fullmatch(argument) is None:
        return argument
    return "~" + urlsafe_b64encode(bytes.fromhex(argument)).decode().rstrip("=")


def _longer(argument: str) -> str:
    """What `_shorter` wrote so. Raises ValueError on anything it would not write."""
    found = urlsafe_b64decode(f"{argument[1:]}==").hex() if _SHORT_ID.fullmatch(argument) else argument
    if _shorter(found) != argument:
        raise ValueError(argument)
    return found


@cache
def fingerprint(flow: Flow) -> str:
    """Changes whenever a question or an option comes, goes or moves."""
    ids = [
        (question.id, () if callable(question.options) else tuple(option.id for option in question.options))
        for question in flow.questions.values()
    ]
    return hashlib.sha256(repr((ids, VERBS)).encode()).hexdigest()[:4]


def write(press: Press, walk: str, revision: int) -> str:
    """The button's data. `walk` is the walk's reference, or "" where there is none."""
    flow = the_flow()
    first, second = _shorter(press.first), _shorter(press.second)
    if press.verb in QUESTION_VERBS:
        first = base36(flow.order[first])
    parts = (fingerprint(flow), walk, base36(revision), base36(VERBS.index(press.verb)), first, second)
    return ".".join(parts)


def read(data: str) -> Pressed:
    """What the button means. Raises UnreadableButtonError.

    The phone's app may send whatever it likes: only what `write` writes is a button.
    """
    flow = the_flow()
    try:
        if len(data.encode()) > LONGEST_BYTES:
            raise UnreadableButtonError("too long")
        written_for, walk, revision, verb_number, first, second = data.split(".")
        verb, first, second = VERBS[_number(verb_number)], _longer(first), _longer(second)
        if written_for != fingerprint(flow):
            if verb in ALWAYS:  # the places of these verbs never move
                return Pressed(walk, -1, Press(verb, first, second))
            raise UnreadableButtonError(verb)
        if verb in QUESTION_VERBS:
            first = list(flow.questions)[_number(first)]
        return Pressed(walk, _number(revision), Press(verb, first, second))
    except (ValueError, IndexError) as error:
        raise UnreadableButtonError("unreadable") from error
