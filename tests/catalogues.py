"""The catalogues: extracted from the sources, refreshed, and checked.

`python -m tests.catalogues` checks, and ends with 1 and one sentence a problem. `python -m tests.catalogues refresh`
writes locales/sharewise.pot and brings every language's catalogue up to it. Nothing is written that changes without
the words changing: no dates, no line numbers.
"""

from __future__ import annotations

import ast
import io
import re
import string
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.i18n import DOMAIN

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "states")
KEYWORDS = {"say": (1,)}
COMMENTS = ("Translators:",)
REFRESH = "Run `make catalogues`."

_NOISE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To: EMAIL|Last-Translator: FULL NAME|'
    r"Language-Team: LANGUAGE).*\n",
    re.MULTILINE,
)
_MARKUP = re.compile(r"</?[a-z]+>")
_COMMAND = re.compile(r"(?<![\w/<])/[a-z][a-z_]+")


def extracted(root: Path) -> Catalog:
    """Every sentence that the sources mark with `say`, as a template."""
    heading = "# Sharewise: the words for people, in English. Written by `make catalogues`."
    catalogue = Catalog(project="Sharewise", version="1", header_comment=heading, charset="utf-8", fuzzy=False)
    for package in PACKAGES:
        found = extract_from_dir(
            root / package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=COMMENTS, strip_comment_tags=True
        )
        for name, _line, message, comments, context in found:
            catalogue.add(
                message, None, [(f"{package}/{Path(name).as_posix()}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def written(catalogue: Catalog) -> str:
    """The catalogue as its file has it: sorted, without dates and line numbers."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, width=110)
    return _NOISE.sub("", out.getvalue().decode()).strip() + "\n"


def template_of(locales: Path) -> Path:
    """The file that holds the English sentences."""
    return locales / f"{DOMAIN}.pot"


def catalogues_of(locales: Path) -> dict[str, Path]:
    """Every language's own file, by language."""
    return {path.parent.parent.name: path for path in sorted(locales.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


def refresh(root: Path = ROOT) -> None:
    """Write the template anew and bring every language's file up to it; nothing is guessed for what is new."""
    locales = root / "locales"
    template = extracted(root)
    template_of(locales).write_text(written(template), encoding="utf-8")
    for language, path in catalogues_of(locales).items():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.write_text(written(catalogue), encoding="utf-8")


def problems(root: Path = ROOT) -> Iterator[str]:
    """What is wrong with the words' way into the catalogues, one sentence each."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            yield from unextractable(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    locales = root / "locales"
    template = extracted(root)
    for message in template:
        if message.id:
            yield from _misspelt(str(message.id), str(message.id), "English")
    path = template_of(locales)
    if not path.exists() or path.read_text(encoding="utf-8") != written(template):
        yield f"{path.relative_to(root)} is not what the sources say. {REFRESH}"
    for language, po in catalogues_of(locales).items():
        yield from _language_problems(template, language, po, po.relative_to(root).as_posix())


def unextractable(source: str, name: str) -> Iterator[str]:
    """Calls that the extraction cannot see, or words that go around it."""
    tree = ast.parse(source)
    imported = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "states.text"
        for alias in node.names
    ]
    if any(alias.asname for alias in imported):
        yield f"{name}: say() is known to the extraction by its name alone; import it without another name."
    marks = any(alias.name == "say" for alias in imported) or name == "states/text.py"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
        where = f"{name}:{node.lineno}"
        if node.func.id == "say" and marks and literal is None:
            yield f"{where}: the first argument of say() must be one plain string, so that it can be translated."
        elif node.func.id == "say" and marks and literal is not None and literal != literal.strip():
            yield f"{where}: a sentence begins or ends with a space or a line break, which translators will lose."
        elif node.func.id in ("Text", "FirstLine") and literal is not None and _has_words(literal):
            yield f'{where}: the words "{literal}" stand in Text(); say() would let them be translated.'


def _has_words(template: str) -> bool:
    return any(character.isalpha() for fixed, *_ in string.Formatter().parse(template) for character in fixed)


def _language_problems(template: Catalog, language: str, path: Path, name: str) -> Iterator[str]:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        yield f"{name} cannot be read: {error}"
        return
    known = {message.id for message in template if message.id}
    for message in template:
        if message.id:
            yield from _message_problems(catalogue.get(message.id), str(message.id), name)
    for message in catalogue:
        if message.id and message.id not in known:
            yield f"{name} translates a sentence that is no more: {_short(str(message.id))} {REFRESH}"


def _message_problems(found: Message | None, english: str, name: str) -> Iterator[str]:
    if found is None or not found.string:
        yield f"{name} lacks a translation of {_short(english)}"
    elif found.fuzzy:
        yield f"{name} has only a guess (fuzzy) for {_short(english)}"
    else:
        yield from _misspelt(english, str(found.string), name)


def _misspelt(english: str, translated: str, name: str) -> Iterator[str]:
    """Placeholders, markup and commands must be the same; a broken placeholder would break the screen."""
    try:
        same = _placeholders(english) == _placeholders(translated)
    except ValueError as error:
        yield f"{name} has a broken placeholder in {_short(english)}: {error}"
        return
    if not same:
        yield f"{name} has other placeholders than {_short(english)}"
    if Counter(_MARKUP.findall(english)) != Counter(_MARKUP.findall(translated)):
        yield f"{name} has other markup than {_short(english)}"
    if _open_markup(translated):
        yield f"{name} opens or closes markup wrongly in {_short(english)}"
    if sorted(_COMMAND.findall(english)) != sorted(_COMMAND.findall(translated)):
        yield f"{name} has other commands than {_short(english)}"


def _placeholders(template: str) -> frozenset[str]:
    parts = list(string.Formatter().parse(template))
    if any(name is not None and (not name.isidentifier() or form or how) for _, name, form, how in parts):
        raise ValueError("only {name} may stand in braces")
    return frozenset(name for _, name, _, _ in parts if name)


def _open_markup(words: str) -> bool:
    standing: list[str] = []
    for tag in _MARKUP.findall(words):
        if not tag.startswith("</"):
            standing.append(tag)
        elif not standing or standing.pop() != tag.replace("/", ""):
            return True
    return bool(standing)


def _short(sentence: str) -> str:
    line = sentence.replace("\n", " ")
    return f'"{line}".' if len(line) <= 70 else f'"{line[:67]}...".'


def main(arguments: list[str]) -> int:
    """0 when all is well."""
    if arguments == ["refresh"]:
        refresh()
    found = list(problems())
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
