"""A screen: what a chat shows now, text and buttons, knowing nothing of Telegram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from states.text import Text


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

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)


def paragraphs(*texts: Text | Paragraph | None) -> tuple[Paragraph, ...]:
    """Texts as paragraphs; None leaves one out."""
    return tuple(text if isinstance(text, Paragraph) else Paragraph(text) for text in texts if text is not None)


def rows_of(buttons: Iterable[Button], across: int) -> tuple[Row, ...]:
    """The buttons in as few rows of at most `across` as there must be, the rows as even as can be."""
    rest = tuple(buttons)
    rows = []
    for left in range(-(-len(rest) // across), 0, -1):
        length = -(-len(rest) // left)
        rows.append(rest[:length])
        rest = rest[length:]
    return tuple(rows)
