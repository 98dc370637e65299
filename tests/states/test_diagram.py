"""The drawings of the walk show what the machine's table says, and docs/flow.md is the page they make now."""

from __future__ import annotations

import re
from pathlib import Path

from states.diagram import drawing, flow_page, stages
from states.flow import ANSWER, ENDS, PASS_OVER, the_flow

PAGE = Path(__file__).parents[2] / "docs" / "flow.md"
EDGE = re.compile(r"^    (\w+) (-->|-\.->)(?:\|\"([^\"]*)\"\|)? (\w+)$")
NODE = re.compile(r"^    (\w+)(?:\[/?\"[^\"]+\"/?\]|\(\[\"[^\"]+\"\]\)|\(\(\(\"[^\"]+\"\)\)\))$")
MERMAID_KEYWORDS = {"end", "graph", "subgraph", "flowchart", "style", "class", "click", "default", "direction"}


def lines_of_all_drawings() -> list[str]:
    return [line for stage in stages(the_flow()) for line in drawing(the_flow(), stage).splitlines()]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == flow_page(the_flow()), (
        "docs/flow.md is out of date; run: sharewise diagram --write docs/flow.md"
    )


def test_every_row_of_the_machines_table_is_drawn_once_and_nothing_else() -> None:
    flow = the_flow()
    table = sorted(
        (source, arrow, way.target)
        for trigger, arrow in ((ANSWER, "-->"), (PASS_OVER, "-.->"))
        for source, ways in flow.ways[trigger].items()
        for way in ways
    )
    drawn = sorted((m[1], m[2], m[4]) for line in lines_of_all_drawings() if (m := EDGE.match(line)))
    assert drawn == table


def test_every_line_is_one_that_mermaid_understands() -> None:
    for line in lines_of_all_drawings():
        assert line == "flowchart TD" or EDGE.match(line) or NODE.match(line), line


def test_every_question_has_a_box_and_no_id_is_a_keyword() -> None:
    boxes = {m[1] for line in lines_of_all_drawings() if (m := NODE.match(line)) and "[" in line and "([" not in line}
    assert boxes == set(the_flow().questions)
    assert not (boxes | set(ENDS)) & MERMAID_KEYWORDS


def test_the_readers_words_stand_in_the_drawing() -> None:
    shown = drawing(the_flow(), "danger")
    assert '<b>Is anyone in danger now, or in the next few hours?</b><br/>Yes<br/>Not sure<br/>No"]' in shown
    assert 'danger -->|"yes or not sure"| advice' in shown
    assert "{" not in flow_page(the_flow())
