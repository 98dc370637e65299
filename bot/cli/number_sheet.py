"""An organisation's local numbers as a file that a spreadsheet can open, and back again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.store.local_numbers import LONGEST_HOURS, LONGEST_LABEL, LONGEST_SOURCE, MOST_NUMBERS, LocalNumber
from bot.typed.local_number import Refused, as_written_here, may_name_somebody, read_day, read_number, read_words
from states.outcomes.local_numbers import NumberKind
from states.text import Text, say

HEADER = ("kind", "label", "number", "hours", "source", "checked_on")
MOST_BYTES = 1_000_000

# A spreadsheet runs what begins so (https://owasp.org/www-community/attacks/CSV_Injection). One apostrophe before it
# makes it text; so does it before apostrophes that stand there already, so that reading gives back what was written.
_RUNS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

NO_SHEET = say(
    "The first line must be: {header}. The file must be a CSV file with commas, in UTF-8.", header=",".join(HEADER)
)


@dataclass(slots=True)
class Sheet:
    """What a file holds. With a problem nothing of it may be used. Problems and warnings come with their line."""

    numbers: list[LocalNumber] = field(default_factory=list)
    problems: list[tuple[int, Text]] = field(default_factory=list)
    warnings: list[tuple[int, Text]] = field(default_factory=list)


def written(numbers: Sequence[LocalNumber]) -> str:
    """The numbers as the text of such a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for one in numbers:
        label, hours, source = map(guarded, (one.label, one.hours, one.source))
        row = (one.kind.value, label, as_written_here(one.number), hours, source, one.checked_on.isoformat())
        writer.writerow(row)
    return text.getvalue()


def read(raw: bytes, organisation_id: str, new_id: Callable[[], str], today: date) -> Sheet:
    """The numbers that such a file holds, or every line that is wrong, and why."""
    sheet = Sheet()
    try:
        text = raw[: MOST_BYTES + 1].decode("utf-8-sig")
        lines = list(_lines(text)) if len(raw) <= MOST_BYTES else []
    except (UnicodeDecodeError, csv.Error):
        lines = []
    if not lines or tuple(cell.strip().lower() for cell in lines[0][1]) != HEADER:
        sheet.problems.append((1, NO_SHEET))
        return sheet
    seen: dict[tuple[NumberKind, str], int] = {}
    for place, cells in lines[1:]:
        try:
            one = _number(cells, organisation_id, new_id, today)
        except Refused as refused:
            sheet.problems.append((place, refused.sentence))
            continue
        first = seen.setdefault((one.kind, one.number), place)
        if first != place:
            sheet.problems.append((place, say("It is the same as line {line}.", line=first)))
        if any(may_name_somebody(words, today) for words in (one.label, one.hours, one.source)):
            sheet.warnings.append((place, say("This may be a person's name. Names do not belong here.")))
        sheet.numbers.append(one)
    if len(sheet.numbers) > MOST_NUMBERS:
        sheet.problems.append((lines[-1][0], say("There are more than {most} numbers.", most=MOST_NUMBERS)))
    return sheet


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that has something in it, with its number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _number(cells: Sequence[str], organisation_id: str, new_id: Callable[[], str], today: date) -> LocalNumber:
    if len(cells) != len(HEADER):
        raise Refused(say("It has {count} cells, not {wanted}.", count=len(cells), wanted=len(HEADER)))
    kind = next((kind for kind in NumberKind if kind == cells[0].strip().lower()), None)
    if kind is None:
        kinds = ", ".join(NumberKind)
        raise Refused(say("I do not know the kind “{kind}”. It is one of: {kinds}.", kind=cells[0], kinds=kinds))
    label = _words(cells[1], LONGEST_LABEL, today)
    if kind is NumberKind.HELPLINE and not label:
        raise Refused(say("A helpline needs a label: its name."))
    number = read_number(cells[2], kind)
    hours = _words(cells[3], LONGEST_HOURS, today)
    source = _words(cells[4], LONGEST_SOURCE, today)
    if not source:
        raise Refused(say("The source is missing: where does the number come from?"))
    return LocalNumber(new_id(), organisation_id, kind, number, label, hours, source, read_day(cells[5], today))


def guarded(words: str) -> str:
    """The words so that a spreadsheet takes them for text."""
    return f"'{words}" if _RUNS.match(words) else words


def _words(cell: str, longest: int, today: date) -> str:
    if _GUARDED.match(cell):
        cell = cell[1:]
    elif _RUNS.match(cell):
        raise Refused(say("A cell begins with = + - or @, which a spreadsheet would run. Put ' before it."))
    return read_words(cell, longest, today)
