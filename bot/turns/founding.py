"""A new organisation, and the invitation of its first administrator.

For the command line; and in the chat, but only where somebody tries the bot out on this machine: on the real Telegram
anybody can find a bot, and must not become an administrator by typing a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.store import invitations, organisations
from bot.store.invitations import GOOD_FOR, Invitation, new_token
from bot.store.organisations import Organisation
from bot.store.transaction import Transaction
from bot.turns import later
from bot.turns.turn import Turn
from states.roles import OrganisationRole
from states.text import say

RandomBytes = Callable[[int], bytes]

_NATION_AND_NAME = re.compile(r"(eng|sco|wal|ni)\s+(.+)", re.IGNORECASE | re.DOTALL)
"""The nations as on the command line: an organisation works in one of them."""


def called(name: str) -> str | None:
    """The name as it is kept; None where it is too short or too long."""
    kept = " ".join(name.split())
    return kept if 1 <= len(kept) <= organisations.LONGEST_NAME else None


def found(transaction: Transaction, made: Organisation, random_bytes: RandomBytes) -> str | None:
    """Keep a new organisation. Gives the token for its first administrator; None where its name is taken."""
    if organisations.by_name(transaction, made.name) is not None:
        return None
    organisations.add(transaction, made)
    later.organisation_made(transaction, made.id, lambda: random_bytes(16).hex(), made.made_at)
    return invited(transaction, made.id, made.made_at, random_bytes)


def invited(transaction: Transaction, organisation_id: str, at: datetime, random_bytes: RandomBytes) -> str:
    """Invite an administrator, in the name of whoever runs the bot. Gives the token."""
    token = new_token(random_bytes)
    made = Invitation(organisation_id, OrganisationRole.ADMINISTRATOR, None, at, at + GOOD_FOR)
    invitations.add(transaction, token, made)
    return token


def found_here(turn: Turn, argument: str) -> None:
    """/organisation eng Riverside Youth Club, where the bot is tried out: makes it, and invites whoever typed this."""
    understood = _NATION_AND_NAME.fullmatch(argument)
    name = called(understood[2]) if understood else None
    if understood is None or name is None:
        turn.notice = say(
            "Type where it works (eng, sco, wal or ni), and its name, such as: /organisation eng Riverside Youth Club"
        )
        return
    made = Organisation(turn.surroundings.new_id(), name, understood[1].lower(), "voluntary", turn.at)
    token = found(turn.transaction, made, turn.surroundings.random_bytes)
    if token is None:
        turn.notice = say("There is an organisation of that name already: {name}. Nothing was made.", name=name)
    else:
        turn.show("invitation", invitations.key_of(turn.transaction, token))
