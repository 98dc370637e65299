"""The practitioner's language: gettext catalogues, English beneath them."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale

from states.text import Text

DOMAIN = "sharewise"
SOURCE_LANGUAGE = "en"
LOCALES = Path(__file__).parent.parent / "locales"


class Translator:
    """Turns Text into one language's words. A sentence that is not translated stays English."""

    def __init__(self, language: str, translate: Callable[[str], str]) -> None:
        self.language = language
        self._translate = translate

    def __call__(self, text: Text) -> str:
        return text.render(self._translate)


def languages(locales: Path = LOCALES) -> tuple[str, ...]:
    """The languages there are catalogues for, English first."""
    found = sorted(path.parent.parent.name for path in locales.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE_LANGUAGE, *(language for language in found if language != SOURCE_LANGUAGE))


def language_for(wanted: str | None, offered: Iterable[str] | None = None) -> str:
    """The offered language nearest to Telegram's code, which may carry a script, a region or nonsense."""
    if not wanted:
        return SOURCE_LANGUAGE
    codes = [wanted.replace("-", "_")]
    codes.append(codes[0].split("_")[0])
    return negotiate_locale(codes, list(offered or languages()), sep="_") or SOURCE_LANGUAGE


def language_name(language: str) -> str:
    """The language's name in that language."""
    try:
        return (Locale.parse(language).display_name or language).capitalize()
    except (UnknownLocaleError, ValueError):
        return language


@cache
def translator(language: str, locales: Path = LOCALES) -> Translator:
    """The translator for one language; English for one that has no catalogue."""
    catalogue = gettext.translation(DOMAIN, locales, languages=[language], fallback=True)
    return Translator(language, catalogue.gettext)
