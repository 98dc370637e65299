"""The scripted walks of this folder, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from states.flow import Flow
from states.script import Script, found, script_from, walked
from states.walk import AnswerRefusedError

FOLDER = Path(__file__).parent


@cache
def scripts() -> dict[str, Script]:
    """Every script, by the name of its file."""
    return {path.stem: script_from(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))}


def goes_as_expected(flow: Flow, script: Script) -> bool:
    """Whether the flow asks, advises and ends as the script says."""
    try:
        return found(walked(flow, script.known, script.on, script.answers)) == script.expect
    except (AnswerRefusedError, LookupError, RuntimeError):
        return False
