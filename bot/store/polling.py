"""Where polling goes on: the next update id to ask Telegram for."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from bot.store.tables import polling
from bot.store.transaction import Transaction

_NEXT = select(polling.c.next_update_id).where(polling.c.bot_id == bindparam("bot"))
_ADD = insert(polling).values(bot_id=bindparam("bot"), next_update_id=bindparam("number"))
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
    if transaction.connection.execute(_CHANGE, {"bot": bot_id, "number": number}).rowcount == 0:
        transaction.connection.execute(_ADD, {"bot": bot_id, "number": number})
