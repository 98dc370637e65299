"""A made-up language, en_XA, that shows what a translation would do: every letter has an accent, every sentence is
two fifths longer and stands between marks. What is not marked on a screen went around the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.i18n import DOMAIN

LANGUAGE = "en_XA"
OPENING, CLOSING = "⟦", "⟧"
STRETCH = 0.4

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçđéƒǧĥíĵķľɱñóþɋřšţúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶĽṀÑÓÞɊŘŠŢÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(PLAIN, ACCENTED)
_KEPT = re.compile(r"(\{[^{}]*\}|</?b>|(?<![\w<])/[a-z][a-z_]+)")
"""Placeholders, markup and commands stay as they are."""


def pseudo(english: str) -> str:
    """The sentence in en_XA. Line breaks stay where they are; the stretch stands before the closing mark."""
    parts = _KEPT.split(english)
    words = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    longer = "~" * round(len(english) * STRETCH)
    return f"{OPENING}{words}{longer}{CLOSING}"


def compile_pseudo(template: Catalog, locales: Path) -> None:
    """Compile en_XA into `locales`, as the build compiles a real language."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8", fuzzy=False)
    for message in template:
        if message.id:
            catalogue.add(message.id, pseudo(str(message.id)))
    folder = locales / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
