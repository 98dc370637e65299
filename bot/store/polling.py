"""Where polling goes on: the next update id to ask Telegram for."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from bot.store.tables import polling
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there

_NEXT = select(polling.c.next_update_id).where(polling.c.bot_id == bindparam("bot"))
_ADD = unless_there(insert(polling).values(bot_id=bindparam("bot"), next_update_id=bindparam("number")), "bot_id")
_CHANGE = update(polling).where(polling.c.bot_id == bindparam("bot")).values(next_update_id=bindparam("number"))


def next_update_id(transaction: Transaction, bot_id: int) -> int | None:
    """The update id to ask for next, or None if this bot was never polled."""
    found: int | None = transaction.connection.execute(_NEXT, {"bot": bot_id}).scalar()
    return found


def save_next_update_id(transaction: Transaction, bot_id: int, number: int) -> None:
    """Ask from this id on next time; every earlier update is then confirmed to Telegram.

    The id may go down: after a week without updates Telegram goes on from a random number
    (https://core.telegram.org/bots/api#update).
    """
    found = {"bot": bot_id, "number": number}
    execute = transaction.connection.execute
    if execute(_CHANGE, found).rowcount == 0 and execute(_ADD, found).rowcount == 0:
        execute(_CHANGE, found)  # another worker added the row in between
