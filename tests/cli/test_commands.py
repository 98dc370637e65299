"""Every command explains itself."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bot.cli import app

RUNNER = CliRunner()
COMMANDS = ("run", "chat", "advise", "questions", "paths", "diagram", "records")


def test_without_a_command_all_are_listed() -> None:
    shown = RUNNER.invoke(app, []).output
    for command in COMMANDS:
        assert f"\n  {command} " in shown


@pytest.mark.parametrize("command", [*([one] for one in COMMANDS), ["records", "show"]], ids=" ".join)
def test_each_says_what_it_does(command: list[str]) -> None:
    result = RUNNER.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    assert len(result.stdout.splitlines()) > 5


def test_an_unknown_command_ends_with_2() -> None:
    result = RUNNER.invoke(app, ["advice"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "advice" in result.stderr
