"""The people who write to the bot: whose chat it is, how they like it, and what their chat shows now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, insert, or_, select, update

from bot.store.shredder import Shown, Shredder
from bot.store.tables import members, people, walks
from bot.store.transaction import Transaction
from bot.store.unless_there import unless_there
from states.roles import ANSWER_FOR_LEADS

Mode = Literal["edit", "new"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person chose or was asked once. `mode`: one message that changes, or a new one for each screen.
    `reminders`: whether they may be reminded of questions that they left unfinished."""

    language: str | None = None
    mode: Mode = "edit"
    role: str | None = None
    body: str | None = None
    nation: str | None = None
    reminders: bool = True


@dataclass(frozen=True, slots=True)
class ScreenShown:
    """What the chat shows now. A tap with another revision is old. `view` is what it is, such as "walk" or "help"."""

    message_id: int | None = None
    revision: int = 0
    view: str | None = None
    view_detail: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person, known by their chat."""

    id: str
    chat_id: int
    created_at: datetime
    profile: Profile
    privacy_seen_at: datetime | None
    screen: ScreenShown
    blocked_at: datetime | None


_REVISIONS_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_HASH_PURPOSE = "people.chat_id"
_COLUMNS: Select[*tuple[Any, ...]] = select(
    people.c.id,
    people.c.chat_id,
    people.c.created_at,
    people.c.language,
    people.c.mode,
    people.c.role,
    people.c.body,
    people.c.nation,
    people.c.reminders,
    people.c.privacy_seen_at,
    people.c.screen_message_id,
    people.c.screen_revision,
    people.c.view,
    people.c.view_detail,
    people.c.blocked_at,
)
_THIS = people.c.id == bindparam("person")
_BY_CHAT = _COLUMNS.where(people.c.chat_hash == bindparam("hash"))
_BY_ID = _COLUMNS.where(_THIS)
# Locking the person's row lets only one turn of a chat run at a time where several workers share a store. Turns of
# other chats may still write rows that point at this person, or two who write to each other would wait for each other.
_LOCK_BY_CHAT = _BY_CHAT.with_for_update(key_share=True)
_LOCK_BY_ID = _BY_ID.with_for_update(key_share=True)
_ADD = unless_there(
    insert(people).values(
        id=bindparam("person"),
        chat_hash=bindparam("hash"),
        chat_id=bindparam("chat"),
        created_at=bindparam("at"),
        language=bindparam("language"),
        mode="edit",
        reminders=True,
        screen_revision=bindparam("revision"),
    ),
    "chat_hash",
)
_PROFILE = (
    update(people)
    .where(_THIS)
    .values(
        language=bindparam("new_language"),
        mode=bindparam("new_mode"),
        role=bindparam("new_role"),
        body=bindparam("new_body"),
        nation=bindparam("new_nation"),
        reminders=bindparam("reminded"),
    )
)
_SCREEN = (
    update(people)
    .where(_THIS)
    .values(
        screen_message_id=bindparam("message"),
        screen_revision=bindparam("revision"),
        view=bindparam("new_view"),
        view_detail=bindparam("detail"),
    )
)
_LIVING = update(people).where(_THIS).values(screen_message_id=bindparam("message"))
_PRIVACY = update(people).where(_THIS).values(privacy_seen_at=bindparam("at"))
_BLOCKED = update(people).where(_THIS).values(blocked_at=bindparam("at"))
_ANSWER_FOR_LEADS = select(members.c.person_id).where(
    members.c.status == "active", members.c.role.in_([role.value for role in ANSWER_FOR_LEADS])
)
_REACHED = (
    select(people.c.id)
    .join(walks, (walks.c.person_id == people.c.id) & (walks.c.status == "open"), isouter=True)
    .where(
        people.c.id > bindparam("after"),
        people.c.blocked_at.is_(None),
        or_(walks.c.id.is_not(None), people.c.role == bindparam("of_role"), people.c.id.in_(_ANSWER_FOR_LEADS)),
    )
    .order_by(people.c.id)
    .limit(bindparam("limit"))
)
_DELETE = delete(people).where(_THIS)


def _person(transaction: Transaction, row: Row[*tuple[Any, ...]], chat_id: int | None = None) -> Person:
    """`chat_id`: given when it is known already, which saves unsealing it."""
    if chat_id is None:
        chat_id = int(transaction.sealer.unseal(row[1], "people", "chat_id", row[0]))
    return Person(row[0], chat_id, row[2], Profile(*row[3:9]), row[9], ScreenShown(*row[10:14]), row[14])


def chat_hash(transaction: Transaction, chat_id: int) -> bytes:
    """What finds a chat again where its number is sealed."""
    return transaction.sealer.keyed_hash(_HASH_PURPOSE, chat_id)


def find(transaction: Transaction, chat_id: int) -> Person | None:
    """The person of this chat, if the bot knows one. Until this transaction ends, no other turn of theirs runs."""
    hashed = chat_hash(transaction, chat_id)
    statement = _LOCK_BY_CHAT if transaction.locking else _BY_CHAT
    row = transaction.execute(statement, {"hash": hashed}).one_or_none()
    return None if row is None else _person(transaction, row, chat_id)


def find_or_create(
    transaction: Transaction, chat_id: int, *, new_id: str, at: datetime, language: str | None = None
) -> Person:
    """The person of this chat; made now, with `new_id` and `language`, if the chat is new."""
    found = find(transaction, chat_id)
    if found is not None:
        return found
    # Whoever was forgotten and comes back begins at another number: a button from before must not fit again.
    revision = (at - _REVISIONS_BEGAN) // timedelta(milliseconds=1)
    added = transaction.execute(
        _ADD,
        {
            "person": new_id,
            "hash": chat_hash(transaction, chat_id),
            "chat": transaction.sealer.seal(str(chat_id), "people", "chat_id", new_id),
            "at": at,
            "language": language,
            "revision": revision,
        },
    )
    if added.rowcount == 0:  # another worker made them in between
        return find_or_create(transaction, chat_id, new_id=new_id, at=at, language=language)
    return Person(new_id, chat_id, at, Profile(language=language), None, ScreenShown(revision=revision), None)


def by_id(transaction: Transaction, person_id: str) -> Person | None:
    """The person of this id, if there still is one. Until this transaction ends, no other turn of theirs runs."""
    statement = _LOCK_BY_ID if transaction.locking else _BY_ID
    row = transaction.execute(statement, {"person": person_id}).one_or_none()
    return None if row is None else _person(transaction, row)


def look_at(transaction: Transaction, person_id: str) -> Person | None:
    """The same in somebody else's turn: their own may go on meanwhile, so nothing of theirs may be changed by it."""
    row = transaction.execute(_BY_ID, {"person": person_id}).one_or_none()
    return None if row is None else _person(transaction, row)


def in_a_walk_or_role(transaction: Transaction, role: str, after: str, limit: int) -> list[str]:
    """The ids of people who have an open walk or this role, or answer for leads in an organisation, and can be written
    to; in order, those past `after`."""
    rows = transaction.execute(_REACHED, {"of_role": role, "after": after, "limit": limit})
    return [row[0] for row in rows]


def save_profile(transaction: Transaction, person_id: str, profile: Profile) -> None:
    """Put this profile in the place of the old one."""
    transaction.execute(
        _PROFILE,
        {
            "person": person_id,
            "new_language": profile.language,
            "new_mode": profile.mode,
            "new_role": profile.role,
            "new_body": profile.body,
            "new_nation": profile.nation,
            "reminded": profile.reminders,
        },
    )


def save_screen(transaction: Transaction, person_id: str, screen: ScreenShown) -> None:
    """What the chat shows from now on."""
    transaction.execute(
        _SCREEN,
        {
            "person": person_id,
            "message": screen.message_id,
            "revision": screen.revision,
            "new_view": screen.view,
            "detail": screen.view_detail,
        },
    )


def save_living(transaction: Transaction, person_id: str, message_id: int) -> None:
    """The chat's screen is in this message from now on."""
    transaction.execute(_LIVING, {"person": person_id, "message": message_id})


def save_privacy_seen(transaction: Transaction, person_id: str, at: datetime) -> None:
    """The person was shown how their data is handled."""
    transaction.execute(_PRIVACY, {"person": person_id, "at": at})


def save_blocked(transaction: Transaction, person_id: str, at: datetime | None) -> None:
    """The person blocked the bot at this moment; None: they let it write again."""
    transaction.execute(_BLOCKED, {"person": person_id, "at": at})


def _export(transaction: Transaction, person_id: str) -> list[Shown]:
    person = by_id(transaction, person_id)
    if person is None:
        return []
    profile = person.profile
    return [
        {
            "chat_id": person.chat_id,
            "created_at": person.created_at,
            "language": profile.language,
            "mode": profile.mode,
            "role": profile.role,
            "body": profile.body,
            "nation": profile.nation,
            "reminders": profile.reminders,
            "privacy_seen_at": person.privacy_seen_at,
            "blocked_at": person.blocked_at,
            "view": person.screen.view,
            "view_detail": person.screen.view_detail,
        }
    ]


def _blank(transaction: Transaction, person_id: str) -> None:
    transaction.execute(_DELETE, {"person": person_id})


SHREDDERS = (Shredder(people, _export, _blank),)
