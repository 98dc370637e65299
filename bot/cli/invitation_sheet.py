"""Invitations in bulk: a CSV file says for whom and in which part, another holds their links."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.number_sheet import guarded
from states.roles import OrganisationRole

HEADER = ("for", "part")
LINKS = ("for", "part", "link")
MOST = 500
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """One invitation. `whom`: how the file calls them; it is written beside the link and kept nowhere."""

    whom: str
    role: OrganisationRole


class SheetError(ValueError):
    """The file cannot be used, and nothing was made; its text says which lines are wrong, and why."""


def read(text: str) -> list[Wanted]:
    """What such a file asks for. Raises SheetError, naming every line that is wrong."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != HEADER:
        raise SheetError(f"The first line must be: {','.join(HEADER)}")
    wanted, wrong = [], []
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        part = next((role for role in OrganisationRole if len(cells) == len(HEADER) and role == cells[1].lower()), None)
        if part is None or not 1 <= len(cells[0]) <= LONGEST:
            parts = ", ".join(OrganisationRole)
            wrong.append(f"line {number}: somebody (1 to {LONGEST} characters), a comma, and one of {parts}")
        else:
            wanted.append(Wanted(cells[0], part))
    if wrong:
        raise SheetError("\n".join(wrong))
    if not 1 <= len(wanted) <= MOST:
        raise SheetError(f"A file holds 1 to {MOST} people; this one has {len(wanted)}.")
    return wanted


def written(made: Sequence[tuple[Wanted, str]]) -> str:
    """Each with its link, as the text of a file that a spreadsheet can open."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LINKS)
    for one, link in made:
        writer.writerow((guarded(one.whom), one.role.value, link))
    return text.getvalue()
