"""A screen: what a chat shows now, text and buttons, knowing nothing of Telegram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from states.text import Text, joined, say


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `bold` for the one thing that must be read first; `markup` where our own words carry <b>."""

    text: Text
    bold: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """What a button means: a verb and up to two arguments. How it is written into the button is `codes`' matter."""

    verb: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what pressing it means. `said` are further words that may be typed for it."""

    label: Text
    press: Press
    said: tuple[str, ...] = ()
    ticked: bool = False
    number: int | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Paragraphs above, rows of buttons below."""

    paragraphs: tuple[Paragraph, ...]
    rows: tuple[Row, ...] = field(default=())
    lists_numbers: bool = False
    """Whether the numbers of its buttons are spelled out in the text already."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)


def paragraphs(*texts: Text | Paragraph | None) -> tuple[Paragraph, ...]:
    """Texts as paragraphs; None leaves one out."""
    return tuple(text if isinstance(text, Paragraph) else Paragraph(text) for text in texts if text is not None)


SHORT_LABEL = 12
"""Characters up to which labels share a row and a line; longer ones stand alone (telegram guidelines, U11)."""

CONTROLS = frozenset({"back", "go_on", "lead", "danger", "done"})
"""Verbs of buttons that stand on many screens, always with the same words: they need no number."""

EXPLAINS = frozenset({Press("view", "why"), Press("view", "meaning")})


def number_lines(lines: Iterable[tuple[int, Text, bool]]) -> Text:
    """Number and label, ticked or not, as text: for whoever cannot see or use the buttons (needs, point 13)."""
    shown = tuple(lines)
    short = all(len(str(label)) <= SHORT_LABEL and not ticked for _, label, ticked in shown)
    parts = [
        say("{number} ✓ {label}", number=number, label=label)
        if ticked
        else say("{number} {label}", number=number, label=label)
        for number, label, ticked in shown
    ]
    return joined(parts, "   " if short else "\n")


def with_numbers(screen: Screen) -> Screen:
    """The screen with a number for every option, and every number that may be typed spelled out in the text."""
    buttons = screen.buttons
    unnumbered = [button for button in buttons if button.number is None and not _needs_no_number(button, screen)]
    if screen.lists_numbers and not unnumbered:
        return screen
    first = 1 + max((button.number or 0 for button in buttons), default=0)
    given = {button: replace(button, number=number) for number, button in enumerate(unnumbered, first)}
    rows = tuple(tuple(given.get(button, button) for button in row) for row in screen.rows)
    unlisted = given.values() if screen.lists_numbers else [button for row in rows for button in row]
    lines = [(button.number, button.label, button.ticked) for button in unlisted if button.number is not None]
    if not lines:
        return screen
    text = number_lines(sorted(lines, key=lambda line: line[0]))
    return Screen((*screen.paragraphs, Paragraph(text)), rows, lists_numbers=True)


def _needs_no_number(button: Button, screen: Screen) -> bool:
    return button.press.verb in CONTROLS or (screen.lists_numbers and button.press in EXPLAINS)


def rows_of(buttons: Iterable[Button], across: int) -> tuple[Row, ...]:
    """The buttons in as few rows of at most `across` as there must be, the rows as even as can be."""
    rest = tuple(buttons)
    rows = []
    for left in range(-(-len(rest) // across), 0, -1):
        length = -(-len(rest) // left)
        rows.append(rest[:length])
        rest = rest[length:]
    return tuple(rows)
