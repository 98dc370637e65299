"""A screen in one person's language, its buttons written out: what goes out, and what is kept until it has."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Translator
from bot.screens import codes
from bot.screens.screen import Screen


@dataclass(frozen=True, slots=True)
class WordedParagraph:
    """See `Paragraph`."""

    text: str
    bold: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """Paragraphs, and rows of buttons, each with its label and what it carries."""

    paragraphs: tuple[WordedParagraph, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


def worded(screen: Screen, translate: Translator, walk: str, revision: int) -> Worded:
    """The screen in words, every button bound to its walk and to this revision of the screen."""
    return Worded(
        tuple(WordedParagraph(translate(one.text), one.bold, one.markup) for one in screen.paragraphs),
        tuple(
            tuple(
                (
                    f"✓ {translate(button.label)}" if button.ticked else translate(button.label),
                    codes.write(button.press, walk, revision),
                )
                for button in row
            )
            for row in screen.rows
        ),
    )
