"""The store that the settings name, opened with the key that they give, and kept open."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.alone import DataFolder, TakenError
from bot.settings import Settings
from bot.store import AddressUnusable, MasterKey, Store, StoreError, StoreUnavailable
from bot.store.key import key_from_file, key_from_setting
from bot.store.reopening import ReopeningStore
from states.text import Text, say

log = structlog.get_logger()


def open_key(settings: Settings, *, store_exists: bool) -> tuple[MasterKey, bool]:
    """The store's key, and whether it was made just now: then whoever runs the bot must hear of it.

    Raises StoreError.
    """
    if settings.store_key is not None:
        return key_from_setting(settings.store_key), False
    return key_from_file(settings.key_path, store_exists=store_exists)


def open_store(settings: Settings, *, make: bool = True) -> tuple[Store, bool]:
    """The store, and whether its key was made just now. Where there is none it is made, unless `make` is off.

    Raises StoreError.
    """
    key, made = open_key(settings, store_exists=not make or Store.exists(settings.store_location))
    return Store.open(settings.store_location, key, make=make), made


def keep_open(settings: Settings, folder: DataFolder, said: Callable[[Text], None]) -> ReopeningStore:
    """The store for a bot that answers whatever becomes of its store (docs/decisions/0011). `said` hears the sentences
    that whoever runs the bot must read.

    Raises StoreError only where nothing was ever stored and nothing can be: a first start with a wrong setting.
    """

    def opening(make: bool) -> Store:
        if settings.database_url is None:
            _take(folder, make=make)
        store, made = open_store(settings, make=make)
        if made:
            said(
                say(
                    "A new key was made: {path}. Whoever loses it loses every record, and nobody can bring them back. "
                    "Keep a copy in a safe place, away from this machine.",
                    path=str(settings.key_path),
                )
            )
        return store

    def told(trouble: StoreError | None) -> None:
        if trouble is None:
            log.info("the store is open again")
            said(say("The store is open again, and Sharewise goes on."))
            return
        log.error("the store cannot be used, trying again", error_class=type(trouble).__name__)
        said(trouble.sentence)
        said(
            say(
                "Sharewise runs without its store: people read that nothing is saved, whom to ring, and 999. It tries "
                "again every few seconds and goes on by itself."
            )
        )

    try:
        first: Store | StoreError = opening(True)
    except StoreError as error:
        if not _may_be_stored(settings):
            raise
        first = error
    return ReopeningStore(first, opening, told, shared=settings.database_url is not None)


def _take(folder: DataFolder, *, make: bool) -> None:
    try:
        folder.take(make=make)
    except TakenError:
        raise StoreUnavailable(folder.taken()) from None
    except OSError as error:
        raise StoreUnavailable(
            say(
                "The data folder {path} cannot be used: {reason}. Nothing was changed. Check the folder and who may "
                "write there.",
                path=str(folder.path),
                reason=error.strerror or type(error).__name__,
            )
        ) from error


def _may_be_stored(settings: Settings) -> bool:
    """Whether people may have been served from this store before; so too where it cannot be asked."""
    try:
        return Store.exists(settings.store_location)
    except AddressUnusable:
        return False
    except StoreError:
        return True
