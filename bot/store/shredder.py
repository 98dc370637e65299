"""What a module that keeps personal data must bring along: a way to show one person's rows, and a way to blank them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from bot.store.transaction import Transaction

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shredder:
    """For one table: `export` shows the rows of a person, unsealed; `blank` removes what ties them to the person."""

    table: Table
    export: Callable[[Transaction, str], list[Shown]]
    blank: Callable[[Transaction, str], None]
