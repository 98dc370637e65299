"""What keeps the way to a lead open when there is no case: who cannot be reached any more, tests of the roster, what is
open in the morning; and that a record says what became of a call for a lead (REC-11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.due import blind_window
from bot.turns.incoming import Came, Incoming
from bot.turns.later import DIGEST, ROSTER, organisation_made
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat, updates
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import People, newest
from tests.bot.test_lead_commands import taken
from tests.bot.walking import go_to, quiet

DANGER = {"danger": ("yes",)}
MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=16)


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    with club.intake.store.transaction() as transaction:
        organisation_made(transaction, club.organisation.id, club.intake.surroundings.new_id, club.now)
    yield People(club)
    club.close()


def blocks(chat: DirectChat) -> None:
    chat.give(Incoming(next(updates), Came.BLOCKED, chat.id))


def test_administrators_hear_at_once_that_a_lead_cannot_be_reached(people_: People) -> None:
    blocks(people_.alex)
    people_.club.pass_time(MINUTE)
    told = newest(people_.dee)
    assert told.startswith("Riverside Youth Club: I cannot reach Alex.")
    assert "Nobody else is safeguarding lead there. Invite somebody today: /admin" in told


def test_a_practitioner_who_blocks_the_bot_alarms_nobody(people_: People) -> None:
    before = len(people_.dee.messages)
    blocks(people_.sam)
    people_.club.pass_time(MINUTE)
    assert len(people_.dee.messages) == before


def test_a_test_ping_shows_part_by_part_who_answers(people_: People) -> None:
    """Without a case, and nobody is frightened: it says first that nobody needs help."""
    blocks(people_.chris)
    people_.alex.say("/duty off")
    people_.dee.say("/rota")
    people_.dee.tap("Test it now")
    people_.club.deliver()
    assert newest(people_.alex).startswith("This is a test. Nobody needs help."), "on duty or not"
    people_.club.pass_time(3 * MINUTE)
    people_.alex.tap("I got it")
    assert "Thank you. I can reach you." in newest(people_.alex)
    people_.club.pass_time(QUARTER)
    assert newest(people_.bo).startswith("This is a test.")
    assert newest(people_.dee).splitlines()[0] == "What came of the test:"
    assert "safeguarding lead, Alex: answered after 3 min." in newest(people_.dee)
    assert "deputy lead, Bo: has not answered." in newest(people_.dee)
    assert "duty contact, Chris: I cannot reach them. They have blocked me." in newest(people_.dee)


def test_only_administrators_test_the_roster(people_: People) -> None:
    people_.alex.say("/rota")
    assert "Test it now" not in people_.alex.screen.buttons


def test_administrators_are_reminded_after_a_quarter_without_a_test(people_: People) -> None:
    people_.club.now += timedelta(days=91)
    people_.club.pass_time(5 * MINUTE)
    assert any("would your leads answer tonight?" in seen.text for seen, _ in people_.dee.messages.values())
    assert {DIGEST, ROSTER} <= kinds(people_), "and again"


def kinds(people_: People) -> set[str]:
    with people_.club.intake.store.reading() as transaction:
        return {row[0] for row in transaction.connection.exec_driver_sql("SELECT kind FROM due")}


def test_in_the_morning_leads_on_duty_read_what_is_open_and_nothing_when_nothing_is(people_: People) -> None:
    people_.bo.say("/duty off")
    people_.club.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    people_.club.pass_time(MINUTE)
    assert not any("Good morning." in seen.text for seen, _ in people_.alex.messages.values())
    reference = taken(people_)
    people_.club.now = datetime(2026, 12, 3, 9, tzinfo=UTC)
    people_.club.pass_time(MINUTE)
    told = next(seen.text for seen, _ in people_.alex.messages.values() if "Good morning." in seen.text)
    assert f"{reference} · today · 02.12. 09:01 · taken by the safeguarding lead" in told
    assert not any("Good morning." in seen.text for seen, _ in people_.bo.messages.values())


def test_a_suspended_lead_keeps_no_ping_that_does_nothing(people_: People) -> None:
    people_.sam_asks()
    assert people_.rung == ["alex"]
    people_.dee.say("/admin")
    people_.dee.tap("Alex", "Suspend")
    assert people_.rung == []


def test_a_lead_asked_from_a_saved_record_reads_its_advice_and_the_record_says_what_came_of_it(
    people_: People,
) -> None:
    """REC-11: who, in which part, when, and what they said. What one lead leaves for the next is not on it."""
    at(people_.sam, "saved")
    reference = people_.sam.turn.detail.split("|")[0]
    people_.sam.tap("Speak to my lead", "No", "The advice and its reasons")
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    assert f"{reference} is yours." in people_.alex.screen
    assert "They have not sent any details" not in people_.alex.screen
    people_.alex.say("ring them this afternoon")
    people_.alex.tap("Hand it back")
    people_.alex.say("the school knows")
    people_.sam.say(f"/records {reference}")
    people_.sam.tap("Send it as text to keep")
    kept = "\n".join(people_.sam.kept)
    for line in (
        "01.12.2026: practitioner: asked for a lead",
        "01.12.2026: I asked the safeguarding lead",
        "01.12.2026: safeguarding lead: taken",
        "01.12.2026: safeguarding lead: wrote: ring them this afternoon",
        "01.12.2026: safeguarding lead: handed back",
    ):
        assert line in kept, line
    assert "the school knows" not in kept


def test_after_999_a_lead_asked_from_the_record_is_asked_as_in_an_emergency(people_: People) -> None:
    people_.sam.say("/start")
    go_to(
        people_.sam,
        "saved",
        lambda question, options, walk: ("yes",) if question.id == "danger" else quiet(question, options, walk),
    )
    people_.sam.tap("Speak to my lead", "No", "Nothing: only that I ask")
    people_.club.deliver()
    assert " · emergency · " in newest(people_.alex)


def good_mornings(chat: DirectChat) -> int:
    return sum("Good morning." in seen.text for seen, _ in chat.messages.values())


def test_in_the_morning_whoever_is_on_duty_before_the_next_reads_it_and_whoever_holds_a_case(people_: People) -> None:
    """Their hours may begin later than nine, or have ended at nine."""
    late, nights = people_.club.member("Lea", OrganisationRole.LEAD), people_.club.member("Nic", OrganisationRole.LEAD)
    for chat, hours in ((late, "Mon-Fri 10:00-16:00"), (nights, "17:00-09:00"), (people_.chris, "Sat 09:00-17:00")):
        chat.say("/duty")
        chat.tap(next(label for label in chat.screen.buttons if label.startswith("Change my hours")))
        chat.say(hours)
    taken(people_)
    for chat in (people_.alex, people_.bo):
        chat.say("/duty off")
    people_.club.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    people_.club.pass_time(MINUTE)
    everybody = (late, nights, people_.alex, people_.bo, people_.chris, people_.dee)
    assert [good_mornings(chat) for chat in everybody] == [1, 1, 1, 0, 0, 0], "Alex is off duty and holds it"


def test_in_the_morning_an_administrator_who_holds_a_case_reads_it(people_: People) -> None:
    people_.sam_asks()
    people_.club.pass_time(5 * QUARTER)
    people_.dee.tap("I'll take it")
    people_.club.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    people_.club.pass_time(MINUTE)
    assert good_mornings(people_.dee) == 1


def test_after_a_gap_whoever_answers_for_leads_in_an_organisation_is_told(people_: People) -> None:
    """E5: by their part there, whatever they told a walk."""
    store, surroundings = people_.club.intake.store, people_.club.intake.surroundings
    for _ in range(2):
        with store.transaction() as transaction:
            blind_window.note(transaction, "heard:1", surroundings, people_.club.now)
        people_.club.now += timedelta(hours=30)
    people_.club.pass_time(2 * MINUTE)
    for chat in (people_.alex, people_.bo, people_.chris):
        assert any("Somebody may have needed you" in seen.text for seen, _ in chat.messages.values())
    for chat in (people_.sam, people_.dee):
        assert not any("I was out of reach" in seen.text for seen, _ in chat.messages.values())
