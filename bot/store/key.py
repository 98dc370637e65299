"""The master key: made once, kept in a file for its owner alone or given as a setting, and never used itself.

Every use has a key of its own, derived with HKDF-SHA-256 (RFC 5869) under its own label, so that what one layer gives
away does not open another.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

from bot.store.errors import KeyUnusable, StoreUnavailable
from bot.store.once import write_once
from bot.store.sealing import KEY_ID_BYTES, Sealer
from states.text import say

KEY_BYTES = 32
_HEX_KEY = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")


class MasterKey:
    """The one secret. Shows itself as its id only, and hands out derived keys."""

    __slots__ = ("_secret", "key_id")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._secret = secret
        self.key_id = self._derived(b"key id", KEY_ID_BYTES)

    def __repr__(self) -> str:
        return f"<MasterKey {self.key_id.hex()}>"

    def _derived(self, label: bytes, length: int = KEY_BYTES) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"sharewise " + label).derive(self._secret)

    def database_key(self) -> bytes:
        """The raw key of the encrypted file."""
        return self._derived(b"database")

    def check_value(self) -> bytes:
        """What lies beside the store so that a wrong key is known before the store is touched. Gives nothing away."""
        return hmac.digest(self._derived(b"key check"), b"sharewise store", "sha256")

    def sealer(self, nonce_source: Callable[[int], bytes] = os.urandom) -> Sealer:
        """The sealer of this key's sealing and lookup keys."""
        return Sealer({self.key_id: self._derived(b"sealing")}, self.key_id, self._derived(b"lookup"), nonce_source)


def key_from_setting(setting: SecretStr) -> MasterKey:
    """The key given as a setting: 64 hexadecimal characters. Raises KeyUnusable."""
    text = setting.get_secret_value().strip()
    if not _HEX_KEY.fullmatch(text):
        raise KeyUnusable(
            say(
                "The key in the settings is not a key. A key has {count} characters, each 0-9 or a-f. "
                "Nothing was opened or changed. Copy the whole key and start again.",
                count=2 * KEY_BYTES,
            )
        )
    return MasterKey(bytes.fromhex(text))


def key_from_file(
    path: Path, *, store_exists: bool, random_bytes: Callable[[int], bytes] = os.urandom
) -> tuple[MasterKey, bool]:
    """The key in the file, and whether it was made just now.

    A key made just now must be pointed out to people: whoever loses it loses the records. A store that exists
    (`bot.store.key_check.store_exists`) never gets a new key, since that key could not open it.

    Raises KeyUnusable (missing beside a store, open to others, not a key) or StoreUnavailable (cannot be read or
    written).
    """
    made = False
    try:
        if not path.exists():
            if store_exists:
                raise KeyUnusable(
                    say(
                        "The key file {path} is missing, but there is a store that was made with it. No new key was "
                        "made, because it could not open that store. Put the key file back, from a backup if need "
                        "be, and start again.",
                        path=str(path),
                    )
                )
            made = write_once(path, random_bytes(KEY_BYTES).hex().encode() + b"\n")
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            raise KeyUnusable(
                say(
                    "The key file {path} can be read by others on this computer (permissions {mode}). Nothing was "
                    "opened. Run: chmod 600 {path}",
                    path=str(path),
                    mode=f"{mode:o}",
                )
            )
        text = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise StoreUnavailable(
            say(
                "The key file {path} could not be read or made: {reason}. Nothing was changed. Check the folder, or "
                "give the key as a setting.",
                path=str(path),
                reason=error.strerror or type(error).__name__,
            )
        ) from error
    if not _HEX_KEY.fullmatch(text):
        raise KeyUnusable(
            say(
                "The key file {path} does not hold a key. A key has {count} characters, each 0-9 or a-f. Nothing was "
                "opened or changed. Put the right key file back, from a backup if need be.",
                path=str(path),
                count=2 * KEY_BYTES,
            )
        )
    return MasterKey(bytes.fromhex(text)), made
