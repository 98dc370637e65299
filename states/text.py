"""Words for people, as data: an English sentence, its placeholders' values, and nothing of any language's catalogue.

`say` marks a sentence for extraction (the Babel keyword is `say`). The core only ever passes `Text` on; the shell
renders it in the practitioner's language. `str(text)` is the English, which is also the fallback.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter


@cache
def placeholders(msgid: str) -> frozenset[str]:
    """The names of the {placeholders} in a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(msgid) if name)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or short paragraph. `values` fill its {placeholders}; a value may itself be a Text."""

    msgid: str
    values: tuple[tuple[str, Text | str | int], ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence after `translate` has turned the English into another language, placeholders filled."""
        template = translate(self.msgid) if self.msgid else ""
        if not self.values:
            return template
        filled = {
            name: value.render(translate) if isinstance(value, Text) else str(value) for name, value in self.values
        }
        return template.format_map(filled)

    def __str__(self) -> str:
        return self.render(lambda english: english)


class FirstLine(Text):
    """A text of which only the first line is shown, in whatever language: a question without its explanation."""

    __slots__ = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """The first line of the whole text in the other language."""
        return Text.render(self, translate).splitlines()[0]


def first_line(text: Text) -> Text:
    """The text without what comes after its first line."""
    return FirstLine(text.msgid, text.values)


def joined(parts: Sequence[Text], between: str) -> Text:
    """Several texts as one, with the same few characters between them."""
    template = between.join(f"{{part_{place}}}" for place in range(len(parts)))
    return Text(template, tuple((f"part_{place}", part) for place, part in enumerate(parts)))


def say(msgid: str, **values: Text | str | int) -> Text:
    """Mark an English sentence as text for people, and fill its placeholders later, when it is rendered."""
    return Text(msgid, tuple(sorted(values.items())))
