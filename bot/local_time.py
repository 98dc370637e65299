"""The wall clock of the people who use the bot. The store keeps UTC; only what people read is local."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

UNITED_KINGDOM = ZoneInfo("Europe/London")


def local(moment: datetime) -> datetime:
    """The moment on the clocks of the United Kingdom, where every edition's law applies."""
    return moment.astimezone(UNITED_KINGDOM)
