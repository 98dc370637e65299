"""References of walks and records, such as SW-7F3K2: short enough to say on the phone, and meaning nothing."""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U to be misread
LENGTH = 5
PREFIX = "SW-"
TRIES = 50


def new_reference(random_bytes: Callable[[int], bytes], taken: Callable[[str], bool]) -> str:
    """A reference that is not taken. It grows by one character should the short ones run out."""
    for length in (LENGTH, LENGTH + 3):
        for _ in range(TRIES):
            reference = PREFIX + "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(length))
            if not taken(reference):
                return reference
    raise LookupError("no reference is free")
