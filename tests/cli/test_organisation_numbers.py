"""Local numbers out of a file and into one: all or nothing, and what is written is what is read."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.number_sheet import HEADER, read, written
from bot.store.local_numbers import LONGEST_HOURS, LONGEST_LABEL, LONGEST_SOURCE, LocalNumber
from bot.typed.identifiers import find_identifiers
from bot.typed.local_number import SHORT_NUMBERS
from states.outcomes.local_numbers import NumberKind
from tests.cli.test_organisation import CLUB, folder, organisation

__all__ = ["folder"]
HEAD = ",".join(HEADER)
TODAY = date(2026, 12, 1)
GOOD = "children,Front door,020 7946 0123,Mon to Fri 9 to 5,Their own website,2024-11-01"


@pytest.fixture
def sheet(folder: Path) -> Path:
    assert organisation(*CLUB)[0] == 0
    return folder / "numbers.csv"


def numbers(*arguments: str) -> tuple[int, str, str]:
    return organisation("numbers", *arguments)


def put(sheet: Path, *lines: str) -> tuple[int, str, str]:
    sheet.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return numbers("import", "Riverside Youth Club", str(sheet))


def test_what_a_file_holds_takes_the_place_of_what_was_there(sheet: Path) -> None:
    assert put(sheet, GOOD, "police,,101,,Their own website,01/11/2024") == (
        0,
        "Numbers there now: 2. There were 0 before.\n",
        "",
    )
    shown = f"{HEAD}\n{GOOD}\npolice,,101,,Their own website,2024-11-01\n"
    assert numbers("export", "Riverside Youth Club") == (0, shown, "")
    out = sheet.with_name("out.csv")
    assert numbers("export", "Riverside Youth Club", str(out))[0] == 0
    assert out.read_bytes() == b"\xef\xbb\xbf" + shown.encode(), "a spreadsheet sees that it is UTF-8"
    assert numbers("import", "Riverside Youth Club", str(out))[0] == 0, "and so do we"
    assert numbers("export", "Riverside Youth Club", str(out))[0] == 1, "what is there is not written over"
    assert put(sheet, GOOD)[1] == "Numbers there now: 1. There were 2 before.\n"


def test_one_bad_line_and_nothing_is_changed(sheet: Path) -> None:
    """Each bad line is named, with what is wrong with it."""
    assert put(sheet, GOOD)[0] == 0
    status, printed, said = put(
        sheet,
        "police,,101,,Their own website,2024-11-01",
        "council,,020 7946 0123,,x,2024-11-01",
        "adults,,12345,,x,2024-11-01",
        "adults,,999,,x,2024-11-01",
        "",
        "adults,,020 7946 0123,,,2024-11-01",
        "adults,,020 7946 0123,,x,2099-11-01",
        "adults,,020 7946 0123,,x",
        "adults,=1+1,020 7946 0123,,x,2024-11-01",
        "adults,,020 7946 0123,,ask dee@example.org,2024-11-01",
        "helpline,,0808 157 0123,,x,2024-11-01",
        "police,,101,,again,2024-11-01",
    )
    assert (status, printed) == (2, "")
    assert said.splitlines() == [
        f"Line 3: I do not know the kind “council”. It is one of: {', '.join(NumberKind)}.",
        "Line 4: That is no UK phone number that I know. Give it with its area code, such as 020 7946 0123.",
        "Line 5: That short number does not fit here. Give the one with an area code.",
        "Line 7: The source is missing: where does the number come from?",
        "Line 8: That day has not come yet.",
        "Line 9: It has 5 cells, not 6.",
        "Line 10: A cell begins with = + - or @, which a spreadsheet would run. Put ' before it.",
        "Line 11: It holds an e-mail address. Please leave that out.",
        "Line 12: A helpline needs a label: its name.",
        "Line 13: It is the same as line 2.",
        "Nothing was changed.",
    ]
    assert numbers("export", "Riverside Youth Club")[1] == f"{HEAD}\n{GOOD}\n"


def test_a_name_in_a_file_is_warned_of(sheet: Path) -> None:
    """Nobody can be sure, so whoever runs the bot decides."""
    status, _, said = put(sheet, "children,Priya Sharma,020 7946 0123,,x,2024-11-01")
    assert (status, said) == (0, "Line 2: This may be a person's name. Names do not belong here.\n")


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"kind;label\n", b'"', b"x" * 1_000_001],
    ids=["empty", "not UTF-8", "other cells", "open quotes", "endless"],
)
def test_what_is_no_such_file_is_said_to_be_none(raw: bytes) -> None:
    found = read(raw, "club", lambda: "1", TODAY)
    assert not found.numbers
    assert str(found.problems[0][1]).startswith("The first line must be: kind,label,number,hours,source,checked_on.")


def test_more_than_fit_on_a_page_are_refused() -> None:
    lines = [f"helpline,Line {place},0808 157 01{place:02},,x,2024-11-01" for place in range(16)]
    assert [str(text) for _, text in read("\n".join((HEAD, *lines)).encode(), "club", lambda: "1", TODAY).problems] == [
        "There are more than 15 numbers."
    ]


@pytest.mark.usefixtures("folder")
def test_an_unknown_organisation_or_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    assert numbers("import", "Riverside Youth Club", str(file))[0] == 2
    file.write_text(HEAD)
    assert numbers("import", "Riverside Youth Club", str(file))[0] == 1
    assert numbers("export", "Riverside Youth Club")[0] == 1


def words(longest: int, *, least: int = 0) -> st.SearchStrategy[str]:
    """What may stand in a cell: also quotes, commas, and what a spreadsheet would run."""
    letters = st.sampled_from(list("abcXYZ 019,;\"'=+-@|{}éŵ’"))
    made = st.text(letters, min_size=least, max_size=longest).map(lambda text: " ".join(text.split()))
    return made.filter(lambda text: len(text) >= least and not find_identifiers(text, today=TODAY))


@st.composite
def kept(draw: st.DrawFn) -> list[LocalNumber]:
    ids = itertools.count()
    found = {}
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(NumberKind))
        real = st.integers(0, 999).map(lambda last: f"+442079460{last:03}")
        number = draw(real | st.sampled_from(sorted(SHORT_NUMBERS.get(kind, {"+448001111"}))))
        label = draw(words(LONGEST_LABEL, least=1 if kind is NumberKind.HELPLINE else 0))
        hours, source = draw(words(LONGEST_HOURS)), draw(words(LONGEST_SOURCE, least=1))
        day = draw(st.dates(date(2000, 1, 1), TODAY))
        found[kind, number] = LocalNumber(f"{next(ids)}", "club", kind, number, label, hours, source, day)
    return list(found.values())


@given(kept())
def test_export_then_import_is_the_identity_and_nothing_in_between_is_run(given_: list[LocalNumber]) -> None:
    text, ids = written(given_), iter([one.id for one in given_])
    found = read(text.encode(), "club", lambda: next(ids), TODAY)
    assert (found.problems, found.numbers) == ([], given_)
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
