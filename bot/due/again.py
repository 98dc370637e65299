"""What a handler says of its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Again:
    """It is due again at this moment, at this stage."""

    at: datetime
    stage: int = 0
