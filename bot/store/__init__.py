"""Where everything is kept: one encrypted file or PostgreSQL, reached by plain functions inside one transaction.

`Store.open` gives the store, `store.transaction()` gives a `Transaction`, and the modules named after their tables
(`updates`, `people`, `walks`, `notes`, `records`, `messages`) hold the functions that take it.
"""

from bot.store.errors import (
    AddressUnusable,
    CommitUnknown,
    KeyUnusable,
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreFromTheFuture,
    StoreGone,
    StoreUnavailable,
    WrongKey,
)
from bot.store.key import MasterKey
from bot.store.store import Store
from bot.store.transaction import Transaction

__all__ = [
    "AddressUnusable",
    "CommitUnknown",
    "KeyUnusable",
    "MasterKey",
    "Store",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreFromTheFuture",
    "StoreGone",
    "StoreUnavailable",
    "Transaction",
    "WrongKey",
]
