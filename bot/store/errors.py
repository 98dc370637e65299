"""What can go wrong with the store, in a small set, each with a sentence that whoever runs the bot can act on.

The names say what is the matter (the linter would have each end in "Error").
"""

from __future__ import annotations

from states.text import Text, say


class StoreError(Exception):
    """The store could not do what was asked. `sentence` says what was wrong and what to do now, for people.

    It never holds stored words: a file's path and a reason at most.
    """

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class StoreUnavailable(StoreError):  # noqa: N818
    """Locked, full, read-only, not there or a disk error. Nothing of this transaction was saved; it may be tried
    again."""


class StoreGone(StoreUnavailable):
    """The open store's files were moved, replaced or deleted, or its tables are. Nothing more goes into them; the store
    must be opened anew, once it is back."""


class CommitUnknown(StoreUnavailable):
    """PostgreSQL was lost between the commit and its answer: saved whole or not at all, and nobody knows which.

    Trying again is right: an update that was saved is then found to be dealt with.
    """


class StoreConflict(StoreError):  # noqa: N818
    """Somebody else wrote first, or the row is there already. Nothing was saved; read again, then decide."""


class StoreDamaged(StoreError):  # noqa: N818
    """The file's content is not what was written. Trying again does not help; a backup does."""


class StoreFromTheFuture(StoreError):  # noqa: N818
    """A newer version of the bot has changed the tables; this version must not touch them."""


class WrongKey(StoreError):  # noqa: N818
    """The key is well formed but is not the key that this store was made with. Nothing was touched."""


class AddressUnusable(StoreError):  # noqa: N818
    """The setting that says where the store is cannot be an address. Only another setting helps."""


class KeyUnusable(StoreError):  # noqa: N818
    """The key file is missing beside a store, is open to others, or does not hold a key."""


def taken_already() -> StoreConflict:
    """The error for a row that breaks a rule of the tables, such as a key that is taken."""
    return StoreConflict(say("This was written by somebody else first. Nothing was saved. Look again, then decide."))


class SealBroken(StoreDamaged):
    """A sealed value does not belong where it was found, or was changed. Names the column and the row, never words."""

    def __init__(self, table: str, column: str, row: tuple[str | int, ...]) -> None:
        super().__init__(
            say(
                "A sealed value in the store was changed or moved, so it cannot be trusted: {table}, {column}, row "
                "{row}. Nothing was shown. Restore the store from a backup, or ask for help.",
                table=table,
                column=column,
                row="/".join(map(str, row)),
            )
        )
        self.table = table
        self.column = column
        self.row = row
