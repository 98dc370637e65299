"""A sealed value can be read in its own place only, and any change of it is noticed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.store.errors import SealBroken
from bot.store.sealing import Sealer

OLD, NEW = b"old.", b"new."
SEALER = Sealer({NEW: bytes(32)}, NEW, bytes([7]) * 32)
words = st.text(max_size=12)
rows = st.lists(st.one_of(words, st.integers()), min_size=1, max_size=3).map(tuple)


@given(words, words, words, rows)
def test_a_value_comes_back_in_its_own_place(text: str, table: str, column: str, row: tuple[str | int, ...]) -> None:
    assert SEALER.unseal(SEALER.seal(text, table, column, *row), table, column, *row) == text


@given(words, words, words, rows, words, words, rows)
def test_a_value_moved_anywhere_else_is_refused(
    text: str,
    table: str,
    column: str,
    row: tuple[str | int, ...],
    other_table: str,
    other_column: str,
    other_row: tuple[str | int, ...],
) -> None:
    here = (table, column, *map(str, row))
    there = (other_table, other_column, *map(str, other_row))
    assume(here != there)
    with pytest.raises(SealBroken):
        SEALER.unseal(SEALER.seal(text, table, column, *row), other_table, other_column, *other_row)


@pytest.mark.parametrize(
    "place",
    [
        ("notes", "text", "walk-2", "q"),
        ("notes", "other", "walk-1", "q"),
        ("answers", "text", "walk-1", "q"),
        ("notes", "text", "walk-1q"),
        ("notes", "text", "walk-1", "q", ""),
        ("notestext", "", "walk-1", "q"),
    ],
)
def test_neighbouring_places_are_refused(place: tuple[str, ...]) -> None:
    """The spellings that would collide if the parts of a place were merely joined."""
    envelope = SEALER.seal("word", "notes", "text", "walk-1", "q")
    with pytest.raises(SealBroken):
        SEALER.unseal(envelope, *place)


def test_every_single_flipped_bit_and_every_cut_is_refused() -> None:
    envelope = SEALER.seal("a short note", "notes", "text", "walk-1", "q")
    for bit in range(8 * len(envelope)):
        flipped = bytearray(envelope)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            SEALER.unseal(bytes(flipped), "notes", "text", "walk-1", "q")
    for length in range(len(envelope)):
        with pytest.raises(SealBroken):
            SEALER.unseal(envelope[:length], "notes", "text", "walk-1", "q")


def test_a_broken_seal_names_the_place_and_never_the_words() -> None:
    envelope = SEALER.seal("canary", "notes", "text", "walk-1")
    with pytest.raises(SealBroken) as caught:
        SEALER.unseal(envelope, "notes", "text", "walk-2")
    assert (caught.value.table, caught.value.column, caught.value.row) == ("notes", "text", ("walk-2",))
    assert "canary" not in str(caught.value)


def test_the_envelope_is_version_key_id_nonce_and_ciphertext() -> None:
    """Written down because stored envelopes outlive the code that made them."""
    sealer = Sealer({NEW: bytes(32)}, NEW, bytes(32), nonce_source=lambda count: b"n" * count)
    envelope = sealer.seal("word", "notes", "text", "1")
    assert envelope[:17] == b"\x01" + b"new." + b"n" * 12
    assert len(envelope) == 17 + len("word") + 16
    expected = "dda0bfe9"
    assert envelope[17:21].hex() == expected


def test_a_new_key_still_opens_what_the_old_key_sealed() -> None:
    before = Sealer({OLD: b"o" * 32}, OLD, bytes(32))
    rotated = Sealer({OLD: b"o" * 32, NEW: b"n" * 32}, NEW, bytes(32))
    assert rotated.unseal(before.seal("word", "t", "c", 1), "t", "c", 1) == "word"
    with pytest.raises(SealBroken):
        before.unseal(rotated.seal("word", "t", "c", 1), "t", "c", 1)


def test_sealing_twice_never_gives_the_same_bytes_but_a_keyed_hash_does() -> None:
    assert SEALER.seal("word", "t", "c", 1) != SEALER.seal("word", "t", "c", 1)
    assert SEALER.keyed_hash("chat", 5) == SEALER.keyed_hash("chat", 5)
    assert SEALER.keyed_hash("chat", 5) != SEALER.keyed_hash("reference", 5)
    assert SEALER.keyed_hash("chat", 5) != Sealer({NEW: bytes(32)}, NEW, bytes(32)).keyed_hash("chat", 5)
