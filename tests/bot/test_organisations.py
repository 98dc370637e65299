"""Joining an organisation by invitation, and what its administrators do: in the chat, on the real store.

What may not be done and what does not exist are answered with the same words (A1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.screens import codes
from bot.screens.screen import Press
from bot.store import invitations, organisations, people
from bot.store.invitations import Invitation
from bot.store.organisations import Member, Organisation
from bot.turns.call import read
from bot.turns.incoming import Came, Incoming
from states.arrangements import changed
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat, open_intake, updates

NOT_GOOD = "That invitation does not work"
NOT_THERE = "I do not know that."
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Clock:
    """The bot's clock, as far ahead as a test wants it."""

    now = AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    made = open_intake(tmp_path)
    made.clock = Clock()
    club = Organisation("c" * 32, "Riverside Youth Club", "eng", "voluntary", AT)
    with made.store.transaction() as transaction:
        organisations.add(transaction, club)
        first = Invitation(club.id, OrganisationRole.ADMINISTRATOR, None, AT, AT + timedelta(days=1))
        invitations.add(transaction, "first-token", first)
    yield made
    made.store.close()


def newcomer(intake: Intake, name: str, token: str) -> DirectChat:
    """Somebody opens an invitation's link."""
    chat = DirectChat(intake, name=name)
    chat.say(f"/start {token}")
    return chat


@pytest.fixture
def admin(intake: Intake) -> DirectChat:
    """The first administrator, invited by whoever runs the bot."""
    chat = newcomer(intake, "Dee", "first-token")
    chat.tap("I agree and join")
    return chat


def token_from(admin: DirectChat, role: str) -> str:
    """Have an administrator make an invitation, and take the token out of the link."""
    admin.say("/admin")
    admin.tap("Invite somebody", role.capitalize())
    found = re.search(r"https://t\.me/sharewise_bot\?start=([A-Za-z0-9_-]{22})\b", admin.kept[-1])
    assert found is not None, admin.kept[-1]
    return found[1]


def told(intake: Intake, chat: DirectChat) -> list[str]:
    """What waits to be told to somebody, beside what they do."""
    with intake.store.transaction() as transaction:
        rows = transaction.connection.exec_driver_sql("SELECT id, kind, content FROM outbox ORDER BY number").all()
        calls = [read(kind, transaction.sealer.unseal(sealed, "outbox", "content", id_)) for id_, kind, sealed in rows]
    return [
        "\n".join(one.text for one in call.worded.paragraphs)
        for call in calls
        if call.worded and call.chat_id == chat.id
    ]


def button_told(intake: Intake, chat: DirectChat, label: str) -> str:
    """The data of a button that somebody was told."""
    with intake.store.transaction() as transaction:
        rows = transaction.connection.exec_driver_sql("SELECT id, kind, content FROM outbox ORDER BY number").all()
        calls = [read(kind, transaction.sealer.unseal(sealed, "outbox", "content", id_)) for id_, kind, sealed in rows]
    buttons = [
        button
        for call in calls
        if call.worded and call.chat_id == chat.id
        for row in call.worded.rows
        for button in row
    ]
    return next(data for found, data in buttons if found == label)


def roles(intake: Intake, chat: DirectChat) -> list[tuple[str, str, str]]:
    """The person's name, parts and how these stand."""
    with intake.store.reading() as transaction:
        found = organisations.memberships_of(transaction, chat.turn.person.id)
    return [(one.name, one.role.value, one.status) for one in found]


def test_a_large_organisation_is_shown_in_parts_with_those_who_wait_first(intake: Intake, admin: DirectChat) -> None:
    """Every screen is held to what a message of Telegram's has room for (`DirectChat`)."""
    with intake.store.transaction() as transaction:
        for number in range(130):
            waits = number == 100
            role = OrganisationRole.LEAD if waits else OrganisationRole.PRACTITIONER
            person = people.find_or_create(
                transaction, 800_000_000 + number, new_id=f"{number:032x}", at=AT, language=""
            )
            at = AT + timedelta(minutes=number + 1)
            one = Member(
                f"{number + 1000:032x}",
                "c" * 32,
                person.id,
                role,
                "waiting" if waits else "active",
                f"Name {number}",
                at,
            )
            organisations.join(transaction, one)
    assert "1 Name 100: safeguarding lead, waits to be confirmed" in admin.say("/admin")
    seen = [admin.screen.text, *(admin.tap(f"More members ({left})").text for left in (111, 91, 71, 51, 31, 11))]
    assert "131 Name 129: member of staff or volunteer" in seen[-1]
    assert all(len(re.findall(rf"\bName {number}:", " ".join(seen))) == 1 for number in range(130))
    assert "Name 129" in admin.tap("Name 129")
    assert "1 Name 100" in admin.tap("All members")


def test_the_first_administrator_joins_by_the_link_that_the_command_line_gave(intake: Intake) -> None:
    chat = newcomer(intake, "Dee", "first-token")
    assert "You are invited to Riverside Youth Club." in chat.screen
    assert "Your part there: administrator." in chat.screen
    assert "two-step verification" in chat.screen
    assert roles(intake, chat) == [], "not before they agree"
    chat.tap("I agree and join")
    assert "You belong to Riverside Youth Club now: administrator." in chat.screen
    assert roles(intake, chat) == [("Dee", "administrator", "active")]
    assert chat.turn.profile.nation == "eng", "the organisation tells it, and nobody is asked (NAT-1)"


def test_a_practitioner_belongs_at_once_a_lead_once_an_administrator_has_confirmed_them(
    intake: Intake, admin: DirectChat
) -> None:
    sam = newcomer(intake, "Sam", token_from(admin, "member of staff or volunteer"))
    assert "Dee invites you to Riverside Youth Club." in sam.screen
    sam.tap("I agree and join")
    assert roles(intake, sam) == [("Sam", "practitioner", "active")]
    assert told(intake, admin) == [], "nobody is bothered"
    alex = newcomer(intake, "Alex", token_from(admin, "safeguarding lead"))
    alex.tap("I agree and join")
    assert "An administrator must confirm you first." in alex.screen
    assert roles(intake, alex) == [("Alex", "lead", "waiting")]
    assert "Telegram calls them Alex. Their part: safeguarding lead." in told(intake, admin)[0]
    admin.press(button_told(intake, admin, "Confirm"))
    assert "Done: Alex." in admin.screen
    assert "Alex: safeguarding lead" in admin.screen
    assert "waits to be confirmed" not in admin.screen
    assert roles(intake, alex) == [("Alex", "lead", "active")]
    confirmed = told(intake, alex)[0]
    assert confirmed.startswith("You are confirmed. At Riverside Youth Club you are safeguarding lead.\n")
    assert "/duty says when I ask you" in confirmed, "what a lead wants to know first"
    admin.press(button_told(intake, admin, "Refuse"))
    assert "That is done already, or no longer fits. Nothing has changed." in admin.screen
    assert roles(intake, alex) == [("Alex", "lead", "active")]


def test_a_link_works_once_for_one_day_and_never_says_why_it_does_not(intake: Intake, admin: DirectChat) -> None:
    """Forwarded after use, too old, or made up: the same words, and the bot can be used all the same."""
    token = token_from(admin, "safeguarding lead")
    first, forwarded = newcomer(intake, "Alex", token), newcomer(intake, "Mallory", token)
    first.tap("I agree and join")
    forwarded.tap("I agree and join")
    assert NOT_GOOD in forwarded.screen
    assert roles(intake, forwarded) == []
    old = token_from(admin, "deputy lead")
    intake.clock.now += timedelta(hours=24)  # type: ignore[attr-defined]
    screens = {str(newcomer(intake, "Mallory", one).screen) for one in (token, old, "made-up-token", "A" * 22)}
    assert len(screens) == 1
    assert NOT_GOOD in screens.pop()


def test_whoever_says_no_leaves_the_invitation_as_it_was(intake: Intake, admin: DirectChat) -> None:
    token = token_from(admin, "deputy lead")
    bo = newcomer(intake, "Bo", token)
    bo.tap("No, thank you")
    assert roles(intake, bo) == []
    bo.say(f"/start {token}")
    assert "Dee invites you" in bo.screen


def test_suspending_and_removing_work_at_once_and_are_told(intake: Intake, admin: DirectChat) -> None:
    sam = newcomer(intake, "Sam", token_from(admin, "member of staff or volunteer"))
    sam.tap("I agree and join")
    for tapped, standing, words in (
        ("Suspend", [("Sam", "practitioner", "suspended")], "Riverside Youth Club has suspended you"),
        (
            "End the suspension",
            [("Sam", "practitioner", "active")],
            "You are member of staff or volunteer of Riverside",
        ),
        ("Remove", [], "You are not member of staff or volunteer of Riverside"),
    ):
        admin.say("/admin")
        admin.tap("Sam", tapped)
        assert roles(intake, sam) == standing
        assert words in told(intake, sam)[-1]


def test_nobody_changes_their_own_part(intake: Intake, admin: DirectChat) -> None:
    """The last administrator cannot lock everybody out by a slip."""
    admin.say("/admin")
    admin.tap("Dee")
    assert "Remove" not in admin.screen.buttons
    with intake.store.reading() as transaction:
        mine = organisations.memberships_of(transaction, admin.turn.person.id)[0]
    for verb in ("suspend", "remove", "refuse"):
        admin.press(codes.write(Press("member", verb, mine.id), "", 0))
        assert NOT_THERE in admin.screen
    assert roles(intake, admin) == [("Dee", "administrator", "active")]


@pytest.mark.parametrize(
    "role", [None, *(role for role in OrganisationRole if role is not OrganisationRole.ADMINISTRATOR)]
)
def test_what_is_forbidden_and_what_does_not_exist_are_answered_alike(
    intake: Intake, admin: DirectChat, role: OrganisationRole | None
) -> None:
    """For everybody who is no administrator there, and for an administrator of somewhere else."""
    sam = newcomer(intake, "Sam", token_from(admin, "member of staff or volunteer"))
    sam.tap("I agree and join")
    with intake.store.transaction() as transaction:
        victim = organisations.memberships_of(transaction, sam.turn.person.id)[0]
        elsewhere = Organisation("e" * 32, "Hillside", "eng", "school", AT)
        organisations.add(transaction, elsewhere)
        for place, part in ((elsewhere.id, OrganisationRole.ADMINISTRATOR), (victim.organisation_id, role)):
            if part is not None:
                made = Invitation(place, part, None, AT, AT + timedelta(days=1))
                invitations.add(transaction, f"token-{part}", made)
    chat = DirectChat(intake, name="Mallory")
    for part in (OrganisationRole.ADMINISTRATOR, role):
        if part is not None:
            chat.say(f"/start token-{part}")
            chat.tap("I agree and join")
    for verb in ("confirm", "refuse", "suspend", "resume", "remove"):
        answers = set()
        for member in (victim.id, "0" * 32):
            chat.say("/help")
            chat.press(codes.write(Press("member", verb, member), "", 0))
            answers.add(re.sub(r"\d{6,}", "", str(chat.screen.text)))
        assert len(answers) == 1
        assert NOT_THERE in answers.pop()
    chat.say("/admin")
    assert "Sam" not in chat.screen.text
    assert roles(intake, sam) == [("Sam", "practitioner", "active")]
    with_none = DirectChat(intake)
    with_none.say("/admin")
    assert NOT_THERE in with_none.screen


@pytest.mark.parametrize("how", ["forgets", "is removed"])
def test_an_invitation_ends_with_whoever_made_it(intake: Intake, admin: DirectChat, how: str) -> None:
    """Else it would look like one from whoever runs the bot, and let a stranger in without anybody's confirmation."""
    other = newcomer(intake, "Eve", token_from(admin, "administrator"))
    other.tap("I agree and join")
    admin.press(button_told(intake, admin, "Confirm"))
    token = token_from(other, "administrator")
    if how == "forgets":
        other.say("/delete_my_data")
        other.tap("Yes, delete it")
    else:
        admin.say("/admin")
        admin.tap("Eve", "Remove")
    assert NOT_GOOD in newcomer(intake, "Mallory", token).screen


def test_somebody_with_a_new_account_takes_the_place_of_the_old_one_once_an_administrator_has_confirmed(
    intake: Intake, admin: DirectChat
) -> None:
    """The old one ends in that moment: a lost phone reads no cases."""
    alex = newcomer(intake, "Alex", token_from(admin, "safeguarding lead"))
    alex.tap("I agree and join")
    admin.press(button_told(intake, admin, "Confirm"))
    admin.say("/admin")
    admin.tap("Alex", "They have a new phone or account")
    found = re.search(r"start=([A-Za-z0-9_-]{22})\b", admin.kept[-1])
    assert found is not None
    new = newcomer(intake, "Alex anew", found[1])
    new.tap("I agree and join")
    assert roles(intake, new) == [("Alex anew", "lead", "waiting")]
    assert roles(intake, alex) == [("Alex", "lead", "active")], "not before it is confirmed"
    assert "They take the place of Alex, whose part then ends." in told(intake, admin)[-1]
    admin.say("/admin")
    admin.tap("Alex anew", "Confirm")
    assert roles(intake, new) == [("Alex anew", "lead", "active")]
    assert roles(intake, alex) == []
    assert "You are not safeguarding lead of Riverside Youth Club." in told(intake, alex)[-1]


def test_an_invitation_names_the_paper_that_says_how_they_share(intake: Intake, admin: DirectChat) -> None:
    with intake.store.transaction() as transaction:
        (club,) = organisations.everything(transaction)
        arranged = changed(club.arrangements, "protocol", "Sharing in Riverside")
        organisations.arrange(transaction, club.id, changed(arranged, "protocol_signed", "01.02.2026"))
    sam = newcomer(intake, "Sam", token_from(admin, "member of staff or volunteer"))
    assert "That is in: Sharing in Riverside, signed on 01.02.2026." in sam.screen


def test_the_only_administrator_becomes_their_own_lead_at_once(intake: Intake, admin: DirectChat) -> None:
    """Small clubs have one person for everything: there is nobody else who could confirm them."""
    admin.say(f"/start {token_from(admin, 'safeguarding lead')}")
    admin.tap("I agree and join")
    assert "You belong to Riverside Youth Club now: safeguarding lead." in admin.screen
    assert sorted(roles(intake, admin)) == [("Dee", "administrator", "active"), ("Dee", "lead", "active")]


def test_an_administrator_waits_for_another_who_can_be_reached(intake: Intake, admin: DirectChat) -> None:
    other = newcomer(intake, "Eve", token_from(admin, "administrator"))
    other.tap("I agree and join")
    admin.press(button_told(intake, admin, "Confirm"))
    token = token_from(admin, "safeguarding lead")
    admin.say(f"/start {token}")
    admin.tap("I agree and join")
    assert "I have told them" in admin.screen
    assert ("Dee", "lead", "waiting") in roles(intake, admin)
    assert "Telegram calls them Dee." in told(intake, other)[-1]


def test_an_administrator_whom_nobody_else_can_confirm_takes_another_place_at_once(
    intake: Intake, admin: DirectChat
) -> None:
    """The part whose place they take ends, as it does where somebody confirms it."""
    alex = newcomer(intake, "Alex", token_from(admin, "safeguarding lead"))
    alex.tap("I agree and join")
    admin.press(button_told(intake, admin, "Confirm"))
    admin.say("/admin")
    admin.tap("Alex", "They have a new phone or account")
    found = re.search(r"start=([A-Za-z0-9_-]{22})\b", admin.kept[-1])
    assert found is not None
    admin.say(f"/start {found[1]}")
    admin.tap("I agree and join")
    assert ("Dee", "lead", "active") in roles(intake, admin)
    assert roles(intake, alex) == []


def test_a_newcomer_whom_no_administrator_hears_of_reads_so(intake: Intake, admin: DirectChat) -> None:
    token = token_from(admin, "deputy lead")
    admin.give(Incoming(next(updates), Came.BLOCKED, admin.id))
    bo = newcomer(intake, "Bo", token)
    bo.tap("I agree and join")
    assert "I have told them" not in bo.screen
    assert "I cannot reach one now. Ring one of them" in bo.screen
    assert roles(intake, bo) == [("Bo", "deputy", "waiting")]
    admin.say("/admin")
    assert "1 Bo: deputy lead, waits to be confirmed" in admin.screen
    admin.tap("Bo", "Confirm")
    assert roles(intake, bo) == [("Bo", "deputy", "active")]
