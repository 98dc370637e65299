"""The practitioner's language: gettext catalogues, English beneath them."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
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


def languages(locales: Path | None = None) -> tuple[str, ...]:
    """The languages there are compiled catalogues for, English first. The folder is read once."""
    return _found(locales or LOCALES)


@cache
def _found(locales: Path) -> tuple[str, ...]:
    found = sorted(path.parent.parent.name for path in locales.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE_LANGUAGE, *(language for language in found if language != SOURCE_LANGUAGE))


def language_for(wanted: str | None, offered: Iterable[str] | None = None) -> str:
    """The offered language nearest to Telegram's code, which may carry a script, a region or nonsense."""
    return _nearest(wanted, tuple(offered or languages())) if wanted else SOURCE_LANGUAGE


@lru_cache(maxsize=256)  # every turn asks, and the code comes from outside
def _nearest(wanted: str, offered: tuple[str, ...]) -> str:
    # Telegram writes pt-br, the folder is pt_BR; what comes back must be the folder's spelling.
    spellings = {language.lower(): language for language in offered}
    codes = [wanted.replace("-", "_").lower()]
    codes.append(codes[0].split("_")[0])
    found = negotiate_locale(codes, list(spellings), sep="_") or SOURCE_LANGUAGE
    return spellings.get(found.lower(), SOURCE_LANGUAGE)


def language_name(language: str) -> str:
    """The language's name in that language."""
    try:
        return (Locale.parse(language).display_name or language).capitalize()
    except (UnknownLocaleError, ValueError):
        return language


def translator(language: str, locales: Path | None = None) -> Translator:
    """The translator for one language; English for one that has no catalogue."""
    return _loaded(language, locales or LOCALES)


@cache
def _loaded(language: str, locales: Path) -> Translator:
    catalogue = gettext.translation(DOMAIN, locales, languages=[language], fallback=True)
    return Translator(language, catalogue.gettext)
