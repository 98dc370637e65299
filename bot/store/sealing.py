"""Sealing: encrypting one value so that it can be read only in the very row and column it was written to.

AES-256-GCM (NIST SP 800-38D). The envelope is version (1 byte), key id (4), nonce (12), ciphertext with its tag; the
associated data are the first five bytes, the table, the column and the row's key, each with its length in front, so
that no two places share one spelling. Whoever can write to the tables, but has no key, can neither read a value nor
move it to another row.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.errors import SealBroken

ENVELOPE_VERSION = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12
TAG_BYTES = 16
_HEADER_BYTES = 1 + KEY_ID_BYTES
_SHORTEST_ENVELOPE = _HEADER_BYTES + NONCE_BYTES + TAG_BYTES


def _joined(parts: tuple[str | int, ...]) -> bytes:
    """The parts with their lengths in front: ("a", "bc") and ("ab", "c") must never give the same bytes."""
    return "".join([f"{len(part)}:{part}" for part in map(str, parts)]).encode()


class Sealer:
    """A ring of sealing keys by id, and the lookup key. Seals with the current key, unseals with any on the ring.

    `nonce_source` gives as many random bytes as asked for. A nonce that repeats under one key gives the secrets away,
    so nothing but a test may pass its own.
    """

    __slots__ = ("_ciphers", "_current", "_lookup_key", "_nonce_source")

    def __init__(
        self,
        keys: Mapping[bytes, bytes],
        current: bytes,
        lookup_key: bytes,
        nonce_source: Callable[[int], bytes] = os.urandom,
    ) -> None:
        if any(len(key_id) != KEY_ID_BYTES for key_id in keys):
            raise ValueError(f"a key id has {KEY_ID_BYTES} bytes")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        if current not in self._ciphers:
            raise ValueError("the current key must be on the ring")
        self._current = current
        self._lookup_key = lookup_key
        self._nonce_source = nonce_source

    def seal(self, text: str, table: str, column: str, *row: str | int) -> bytes:
        """The envelope that holds `text`, bound to this table, column and row key."""
        header = ENVELOPE_VERSION + self._current
        nonce = self._nonce_source(NONCE_BYTES)
        place = header + _joined((table, column, *row))
        return header + nonce + self._ciphers[self._current].encrypt(nonce, text.encode(), place)

    def unseal(self, envelope: bytes, table: str, column: str, *row: str | int) -> str:
        """The text that was sealed in this very place.

        Raises SealBroken when the envelope was changed, cut, moved here from elsewhere, or its key is not on the ring.
        """
        header = envelope[:_HEADER_BYTES]
        cipher = self._ciphers.get(header[1:])
        if cipher is None or header[:1] != ENVELOPE_VERSION or len(envelope) < _SHORTEST_ENVELOPE:
            raise SealBroken(table, column, row)
        nonce = envelope[_HEADER_BYTES : _HEADER_BYTES + NONCE_BYTES]
        place = header + _joined((table, column, *row))
        try:
            return cipher.decrypt(nonce, envelope[_HEADER_BYTES + NONCE_BYTES :], place).decode()
        except InvalidTag:
            raise SealBroken(table, column, row) from None

    def keyed_hash(self, purpose: str, value: str | int) -> bytes:
        """HMAC-SHA-256 of the value for one purpose: finds a sealed value again without being able to read it."""
        return hmac.digest(self._lookup_key, _joined((purpose, value)), "sha256")
