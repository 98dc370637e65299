"""What the documentation promises is there, and what is there is documented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli import app
from bot.settings import PREFIX, Settings
from bot.turns.typing import COMMANDS
from tests.catalogues import ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
README = TEXTS["README.md"]
OPERATING = TEXTS["docs/operating.md"]

TARGETS = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:bot|states|tests|docs|locales|requirements)/[\w./-]*|\.ci/run|Makefile|Dockerfile)`")
FORBIDDEN = re.compile(
    r"/work/|/root/|/home/\w|/opt/|find-links|index-url|pypi\.|files\.pythonhosted|\bproxy\.|artifactory|nexus",
    re.IGNORECASE,
)


def _commands(command: Any, name: str) -> list[str]:
    """The command, or those beneath it; a group that does something by itself counts as well."""
    if hasattr(command, "commands"):
        beneath = [one for key, value in command.commands.items() for one in _commands(value, f"{name} {key}")]
        return [*beneath, *([name] if command.invoke_without_command else [])]
    return [name]


def test_every_command_of_the_command_line() -> None:
    """Each is in the README's table."""
    commands = _commands(typer.main.get_command(app), "sharewise")
    assert len(commands) >= 6
    assert [command for command in commands if f"| `{command}` |" not in README] == []


def test_the_readme_names_no_command_that_is_not_there() -> None:
    """A command that was renamed would fail the newcomer who types it."""
    commands = _commands(typer.main.get_command(app), "sharewise")
    assert [
        named for named in re.findall(r"`(sharewise [a-z ]+)`", " ".join(TEXTS.values())) if named not in commands
    ] == []


def test_every_command_of_the_bot() -> None:
    """In docs/operating.md, and no other."""
    assert set(re.findall(r"^\| `/([a-z_]+)` \|", OPERATING, re.MULTILINE)) == set(COMMANDS)


def test_every_make_target() -> None:
    """In the README, and every target that any page names is there."""
    assert TARGETS is not None
    targets = set(TARGETS[1].split())
    assert {target for target in targets if f"`make {target}`" not in README} == set()
    named = {name for text in TEXTS.values() for name in re.findall(r"`make ([a-z]+)`", text)}
    assert named <= targets


def test_every_setting() -> None:
    """Each is on its page, and every setting that any page names is there."""
    settings = {PREFIX + name.upper() for name in Settings.model_fields}
    assert {name for name in settings if f"`{name}`" not in TEXTS["docs/settings.md"]} == set()
    named = {name for text in TEXTS.values() for name in re.findall(rf"\b{PREFIX}[A-Z_]+\b", text)}
    assert named <= settings


def _anchors(text: str) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page: str) -> None:
    """To a file that is there, at a heading that is there; so do the paths of sources that a page names."""
    missing = []
    for target in LINK.findall(TEXTS[page]):
        if target.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / page).parent / name if name else ROOT / page
        if not file.exists() or (anchor and anchor not in _anchors(file.read_text(encoding="utf-8"))):
            missing.append(target)
    missing += [
        name
        for name in FILE.findall(TEXTS[page])
        if not any((ROOT / f"{name.rstrip('/')}{ending}").exists() for ending in ("", ".py"))
        and not name.startswith("locales/cy/")
    ]
    assert missing == []


def test_every_picture_is_shown_and_small() -> None:
    """A picture that nobody shows is forgotten; a large one makes every clone slower."""
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 6
    assert [path.name for path in pictures if path.name not in " ".join(TEXTS.values())] == []
    assert [path.name for path in pictures if path.stat().st_size > 250_000] == []


def test_no_page_names_a_machine_or_an_index() -> None:
    """Where packages come from is the business of whoever installs them."""
    files = [ROOT / "Makefile", ROOT / "Dockerfile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    texts = {**TEXTS, **{path.name: path.read_text() for path in (*files, *(ROOT / "requirements").glob("*.txt"))}}
    assert {name: found[0] for name, text in texts.items() if (found := FORBIDDEN.search(text))} == {}


def test_the_changelog_is_kept() -> None:
    """It has a place for what comes next."""
    assert re.search(r"^## \[Unreleased\]$", TEXTS["CHANGELOG.md"], re.MULTILINE)
    assert Path(ROOT / "LICENSE").exists()
