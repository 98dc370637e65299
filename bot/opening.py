"""The store that the settings name, opened with the key that they give."""

from __future__ import annotations

from bot.settings import Settings
from bot.store import MasterKey, Store
from bot.store.key import key_from_file, key_from_setting


def open_key(settings: Settings, *, store_exists: bool) -> tuple[MasterKey, bool]:
    """The store's key, and whether it was made just now: then whoever runs the bot must hear of it.

    Raises StoreError.
    """
    if settings.store_key is not None:
        return key_from_setting(settings.store_key), False
    return key_from_file(settings.key_path, store_exists=store_exists)


def open_store(settings: Settings) -> tuple[Store, bool]:
    """The store, made where there is none yet, and whether its key was made just now. Raises StoreError."""
    key, made = open_key(settings, store_exists=Store.exists(settings.store_location))
    return Store.open(settings.store_location, key), made
