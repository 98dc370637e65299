"""A long text in messages that Telegram takes."""

from __future__ import annotations

LONGEST_TEXT = 4096
"""Characters of a message after its markup is read (https://core.telegram.org/bots/api#sendmessage)."""


def pieces(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """A long text in messages of at most `longest` characters, cut between lines; none for no text."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        cut = len(rest) if len(rest) <= longest else rest.rfind("\n", 0, longest)
        cut = cut if cut > 0 else longest
        found.append(rest[:cut])
        rest = rest[cut:].strip("\n")
    return found
