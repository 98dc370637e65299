"""Pings over the real way, through Telegram: what is remembered of a message, and a lead who has blocked the bot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store import invitations, organisations, people
from bot.store.invitations import Invitation
from bot.store.organisations import Organisation
from states.roles import OrganisationRole
from tests.bot.places import at
from tests.bot.running import Phone, RunningBot, wait_until


def member(own: RunningBot, *roles: OrganisationRole) -> Phone:
    """Somebody of the one organisation."""
    phone, now = own.newcomer(), datetime.now(UTC)
    for role in roles:
        with own.store.transaction() as transaction:
            if organisations.by_id(transaction, "club") is None:
                organisations.add(transaction, Organisation("club", "Riverside", "eng", "voluntary", now))
            made = Invitation("club", role, None, now, now + timedelta(days=1))
            invitations.add(transaction, f"{phone.id}-{role}", made)
        phone.say(f"/start {phone.id}-{role}")
        phone.tap("I agree and join")
    with own.store.transaction() as transaction:
        person = people.find(transaction, phone.id)
        for one in organisations.memberships_of(transaction, person.id if person else ""):
            organisations.save_status(transaction, one.id, "active")
    return phone


def asks(own: RunningBot) -> Phone:
    """A practitioner asks for a lead."""
    sam = at(member(own, OrganisationRole.PRACTITIONER), "danger")
    sam.tap("Speak to my lead", "No")
    assert "I am asking" in sam.screen
    return sam


def test_a_ping_changes_its_words_when_somebody_else_has_taken_it(own: RunningBot) -> None:
    """On everybody's phone, in the very message that rang."""
    leads = [member(own, OrganisationRole.LEAD) for _ in range(2)]
    sam = asks(own)
    wait_until(lambda: all("I'll take it" in lead.screen.buttons for lead in leads))
    assert all("today" in lead.screen for lead in leads)
    leads[0].tap("I'll take it")
    assert "is yours." in leads[0].screen
    wait_until(lambda: "is taken by the safeguarding lead." in leads[1].screen)
    assert leads[1].screen.buttons == ()
    wait_until(lambda: any("is taken by the safeguarding lead." in text for text in sam.readable()))


def test_a_lead_who_has_blocked_the_bot_is_passed_over_in_seconds(own: RunningBot) -> None:
    """The bot learns of it only when it rings; the deputy must not wait a quarter of an hour for that (E3)."""
    lead, deputy = member(own, OrganisationRole.LEAD), member(own, OrganisationRole.DEPUTY)
    own.telegram.fault("blocked", method="sendMessage", chat_id=lead.id)
    sam = asks(own)
    wait_until(lambda: "I'll take it" in deputy.screen.buttons)
    wait_until(lambda: any("I am asking the deputy lead now." in text for text in sam.readable()))
