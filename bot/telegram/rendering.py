"""Screens -> Telegram's messages and buttons."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from telegram.constants import ParseMode

from bot.screens.pieces import LONGEST_TEXT
from bot.screens.worded import Worded

BETWEEN = "\n\n"
CUT = "\n…"

_HALF_A_TAG = re.compile(r"</?b?$")


def html_of(screen: Worded) -> str:
    """The screen's text as HTML. Only a whole paragraph, or <b> in our own words, can be bold.

    Where a language needs more words than Telegram takes, the longest paragraph ends early, at the end of a line.
    """
    worded = [paragraph.text for paragraph in screen.paragraphs]
    too_much = sum(map(len, worded)) + len(BETWEEN) * (len(worded) - 1) - LONGEST_TEXT
    if too_much > 0:
        place = max(range(len(worded)), key=lambda number: len(worded[number]))
        room = max(0, len(worded[place]) - too_much - len(CUT))
        worded[place] = _cut(worded[place], room) + CUT
    parts = []
    for paragraph, text in zip(screen.paragraphs, worded, strict=True):
        words = escape(text, quote=False)
        words = words.replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>") if paragraph.markup else words
        parts.append(f"<b>{words}</b>" if paragraph.bold else words)
    return BETWEEN.join(parts)


def _cut(text: str, room: int) -> str:
    """The beginning of a text, to the end of a line if there is one. No tag is cut, none stays open."""
    cut = text[:room].rpartition("\n")[0] or text[:room]
    cut = _HALF_A_TAG.sub("", cut)
    return cut + "</b>" if cut.count("<b>") > cut.count("</b>") else cut


def keyboard_of(screen: Worded) -> dict[str, Any] | None:
    """The screen's buttons (https://core.telegram.org/bots/api#inlinekeyboardmarkup)."""
    if not screen.rows:
        return None
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in screen.rows]}


def written(screen: Worded) -> dict[str, Any]:
    """What Telegram takes for a screen, in a new message or an old one."""
    keyboard = keyboard_of(screen)
    buttons = {} if keyboard is None else {"reply_markup": keyboard}
    return {"text": html_of(screen), "parse_mode": ParseMode.HTML, **buttons}
