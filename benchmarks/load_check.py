"""What the pocket Telegram's own file says of a load: nothing lost, nothing in the wrong chat, and how long it took.

Apart from the code it checks: it reads rows and knows nothing of the bot. A walk's reference, which every button
carries, is a canary as well: it may be seen in one chat only.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHOWS = ("sendmessage", "editmessagetext")
REFERENCE = 1
"""Which of the parts of a button's data, divided by points, is the walk's reference."""


@dataclass
class Verdict:
    """What was found. `seconds`: from each tap or /start to the arrival of the screen that answers it."""

    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    wrong: int = 0
    shown_twice: int = 0

    @property
    def holds(self) -> bool:
        """Nothing lost, and nothing where it does not belong."""
        return not self.lost and not self.wrong


def check(state: Path, expected: Mapping[int, Sequence[str]]) -> Verdict:
    """`expected`: by chat, the texts that it must have been shown, in order."""
    database = sqlite3.connect(f"file:{state}?mode=ro", uri=True)
    done = _what_people_did(database)
    shown, chats_of = _what_was_shown(database)
    database.close()
    verdict = Verdict(wrong=sum(len(chats) - 1 for chats in chats_of.values()))
    verdict.wrong += len(shown.keys() - expected.keys())
    for chat, texts in expected.items():
        screens = _without_repeats(shown[chat])
        verdict.shown_twice += len(shown[chat]) - len(screens)
        verdict.lost += max(0, len(done[chat]) - len(screens)) + max(0, len(texts) - len(done[chat]))
        verdict.wrong += sum(text != wanted for (_, text), wanted in zip(screens, texts, strict=False))
        verdict.wrong += max(0, len(screens) - len(texts))
        verdict.seconds += [at - begun for begun, (at, _) in zip(done[chat], screens, strict=False)]
    return verdict


def _what_people_did(database: sqlite3.Connection) -> dict[int, list[float]]:
    """By chat, when each tap and each text was made."""
    done: dict[int, list[float]] = defaultdict(list)
    for kind, body in database.execute("SELECT kind, body FROM things WHERE kind IN ('tap', 'message')"):
        thing = json.loads(body)
        if kind == "tap":
            done[thing["chat_id"]].append(thing["at"])
        elif not thing["from_bot"]:
            done[thing["chat_id"]].append(thing["sent_at"])
    for times in done.values():
        times.sort()
    return done


def _what_was_shown(
    database: sqlite3.Connection,
) -> tuple[dict[int, list[tuple[float, str, str]]], dict[str, set[int]]]:
    """By chat, when what came with which buttons; and in which chats each walk's reference was seen."""
    shown: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
    chats_of: dict[str, set[int]] = defaultdict(set)
    rows = database.execute("SELECT at, method, chat_id, parameters FROM calls WHERE status = 200 ORDER BY number")
    for at, method, chat, written in rows:
        if method.lower() not in SHOWS:
            continue
        parameters: dict[str, Any] = json.loads(written)
        markup = parameters.get("reply_markup") or "{}"
        shown[chat].append((at, parameters["text"], markup))
        for row in json.loads(markup).get("inline_keyboard", []):
            for button in row:
                if reference := button["callback_data"].split(".")[REFERENCE]:
                    chats_of[reference].add(chat)
    return shown, chats_of


def _without_repeats(screens: Sequence[tuple[float, str, str]]) -> list[tuple[float, str]]:
    """A screen may come twice, with the same buttons, after a worker died; the first time counts."""
    found: list[tuple[float, str]] = []
    before = None
    for at, text, markup in screens:
        if (text, markup) != before:
            found.append((at, text))
        before = (text, markup)
    return found
