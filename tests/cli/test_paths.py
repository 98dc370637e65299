"""`sharewise paths` prints the report and ends by what it found. The walking itself takes a minute and is tested with
`states.paths`; here the report is a small one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from typer.testing import CliRunner

import states.paths
from bot.cli import app
from states.flow import Flow, the_flow
from states.paths import Report
from states.paths.after_advice import AfterAdvice
from states.paths.merged import Graph
from states.paths.report import Violation

BROKEN = Violation("INV-4", "O9", (("entry", ("start",)), ("worry", ("da", "missing"))))


@pytest.mark.parametrize(("violations", "code"), [((), 0), ((BROKEN,), 1)])
def test_the_report_is_printed_and_the_exit_code_says_whether_all_holds(
    monkeypatch: pytest.MonkeyPatch, violations: tuple[Violation, ...], code: int
) -> None:
    def explore(flow: Flow, progress: Any) -> Report:
        assert flow is the_flow()
        progress("walking to the advice")
        graph = Graph(flow, (), ())
        return Report(graph, Counter(invariants=7), violations, AfterAdvice(3, 4, (), ()))

    monkeypatch.setattr(states.paths, "explore", explore)
    result = CliRunner().invoke(app, ["paths"], catch_exceptions=False)
    assert result.exit_code == code
    assert result.stderr == "… walking to the advice\n"
    lines = result.stdout.splitlines()
    assert "Checked: invariants 7" in lines
    assert f"{len(violations)} violations" in lines
    assert ("INV-4: O9 [entry=start worry=da+missing]" in lines) == bool(violations)
