"""What a lead does beside answering a ping: duty and hours, lists, a case passed on, handed back, put off. On the real
store, with everybody's phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import escalations
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import NOT_THERE, RUNG, People, newest
from tests.bot.walking import go_to, quiet

PRACTITIONER, LEAD, DEPUTY = OrganisationRole.PRACTITIONER, OrganisationRole.LEAD, OrganisationRole.DEPUTY
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people_(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    yield People(club)
    club.close()


def taken(people_: People) -> str:
    """Sam asks, Alex takes it."""
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.club.deliver()
    return reference


# ---- duty


@pytest.mark.parametrize("how", ["Off until tomorrow at nine", "/duty off", "/duty off until 18:00", "Sat 10:00-14:00"])
def test_whoever_is_off_duty_is_passed_over_at_once(people_: People, how: str) -> None:
    """Nobody waits a quarter of an hour for somebody who said that they are not there."""
    people_.alex.say("/duty")
    if how.startswith("Sat"):
        people_.alex.tap("Change my hours as safeguarding lead")
        assert "Hours now: Sat 10:00-14:00." in people_.alex.say(how)
    elif how.startswith("/"):
        people_.alex.say(how)
    else:
        people_.alex.tap(how)
    assert "You are not on duty now." in people_.alex.screen
    people_.sam_asks()
    assert people_.rung == ["bo"]


def test_off_duty_ends_when_it_was_said_to(people_: People) -> None:
    people_.alex.say("/duty off until 18:00")
    assert "You said so, until 01.12.2026 18:00." in people_.alex.screen
    people_.club.now = datetime(2026, 12, 1, 18, tzinfo=UTC)
    people_.sam_asks()
    assert people_.rung == ["alex"]


def test_whoever_is_the_last_on_duty_reads_what_their_going_means(people_: People) -> None:
    for chat in (people_.bo, people_.chris):
        chat.say("/duty off")
    assert "Nobody else is on duty. If you go off, I ask everybody at once." in people_.alex.say("/duty")
    people_.alex.say("/duty off")
    people_.sam_asks()
    assert people_.rung == ["alex", "bo", "chris", "dee"]


def test_hours_that_are_no_hours_change_nothing(people_: People) -> None:
    people_.alex.say("/duty")
    people_.alex.tap("Change my hours as safeguarding lead")
    assert "I do not understand these hours. Nothing has changed." in people_.alex.say("in the mornings")
    people_.alex.say("Mon-Fri 9-17")
    assert "Your hours as safeguarding lead: Mon-Fri 09:00-17:00." in people_.alex.screen


def test_the_rota_shows_who_answers_when_and_the_gaps(people_: People) -> None:
    for chat, role in ((people_.alex, "safeguarding lead"), (people_.bo, "deputy lead")):
        chat.say("/duty")
        chat.tap(f"Change my hours as {role}", "Working days, 9 to 5")
    people_.chris.say("/duty off until 18:00")
    shown = people_.dee.say("/rota")
    assert "Alex, safeguarding lead: Mon-Fri 09:00-17:00. On duty now." in shown
    assert "Chris, duty contact: always. Not on duty now." in shown
    assert "From 01.12.2026 17:00 to 01.12.2026 18:00 nobody is on duty." in shown


def test_an_administrator_changes_somebodys_hours_and_nobody_else_does(people_: People) -> None:
    people_.dee.say("/admin")
    people_.dee.tap("Alex", "Change their hours", "Nights, weekends and holidays")
    people_.alex.say("/duty")
    assert "Your hours as safeguarding lead: 17:00-09:00, Sat-Hol 09:00-17:00." in people_.alex.screen
    people_.sam.say("/duty")
    assert NOT_THERE in people_.sam.screen


# ---- settings


def test_settings_are_tapped_or_typed_and_hold_at_once(people_: People) -> None:
    people_.dee.say("/admin")
    people_.dee.tap("Settings", "2")
    assert "That does not fit, so nothing has changed." in people_.dee.say("soon")
    people_.dee.say("5")
    assert "For today I ask the next after so many minutes: 5" in people_.dee.screen
    people_.sam_asks()
    people_.club.pass_time(timedelta(minutes=11))
    assert people_.rung == ["alex", "bo"], "five minutes for the lead, five for the reminder"


def test_what_can_wait_wakes_nobody_in_the_quiet_hours_unless_it_cannot(people_: People) -> None:
    """And the practitioner reads when somebody is asked, with a button for when it cannot wait after all."""
    people_.club.now = datetime(2026, 12, 1, 21, tzinfo=UTC)
    asks_what_can_wait(people_.sam)
    assert "can wait, so I wake nobody. I begin to ask on 02.12.2026 at 09:00." in people_.sam.screen
    assert people_.rung == []
    people_.sam.tap("It cannot wait: ask now")
    people_.club.pass_time(MINUTE)
    assert people_.rung == ["alex"]
    assert "I am asking the safeguarding lead now." in newest(people_.sam)


def test_what_waited_for_the_morning_is_asked_then(people_: People) -> None:
    people_.club.now = datetime(2026, 12, 2, 8, 30, tzinfo=UTC)
    people_.dee.say("/admin")
    people_.dee.tap("Settings", "5")
    people_.dee.say("18:00-10:00")
    asks_what_can_wait(people_.sam)
    people_.club.pass_time(timedelta(minutes=89))
    assert people_.rung == []
    people_.club.pass_time(2 * MINUTE)
    assert people_.rung == ["alex"]


NO_REASON = {
    "age": ("13_15",),
    "worry": ("none",),
    "who_did": ("none",),
    "harm": ("none",),
    "tell_family": ("yes",),
    "for_whom": ("social_care", "no_reason"),
    "capacity": ("has",),
}
"""A walk whose advice is that there is no reason to share, so the lead can wait."""


def asks_what_can_wait(chat: DirectChat) -> None:
    chat.say("/start")
    go_to(chat, "advice", lambda question, options, walk: NO_REASON.get(question.id) or quiet(question, options, walk))
    chat.tap("Speak to my lead", "No", "The advice and its reasons")


# ---- lists and receipts


def test_leads_see_what_is_open_and_what_they_hold(people_: People) -> None:
    reference = people_.sam_asks()
    assert f"{reference} · today · 01.12. 12:00 · asking the safeguarding lead" in people_.bo.say("/open")
    assert "You hold nothing." in people_.bo.say("/mine")
    people_.bo.say("/open")
    people_.bo.tap(reference, "I'll take it")
    assert f"{reference} is yours." in people_.bo.screen, "nobody need wait until the ladder comes to them"
    assert f"{reference} · today · 01.12. 12:00 · taken by the deputy lead" in people_.bo.say("/mine")
    found = people_.alex.say(f"/find {reference.lower()}")
    assert "01.12.2026 12:00 deputy lead: taken" in found
    assert "I'll take it" not in people_.alex.screen.buttons


def receipt_of(people_: People) -> str:
    found = re.search(r"Your receipt: (\S+)", people_.sam.screen.text)
    assert found is not None
    return found[1]


def test_a_receipt_proves_what_was_sent_and_a_forged_one_does_not(people_: People) -> None:
    reference = people_.sam_asks()
    receipt = receipt_of(people_)
    people_.club.deliver()
    good = (
        f"The receipt is good. {reference} was asked for at Riverside Youth Club on 01.12.2026 at 12:00. Pings sent: 1."
    )
    assert good in people_.sam.say(f"/receipt {receipt}")
    assert good in people_.bo.say(f"/receipt {receipt.lower()}")
    other = "0" if receipt[-1] != "0" else "1"
    for forged in (receipt[:-1] + other, receipt.replace(reference, "SW-00000"), reference):
        assert "That receipt is not good here." in people_.bo.say(f"/receipt {forged}")
    assert "That receipt is not good here." in people_.club.somebody("Guest").say(f"/receipt {receipt}")


def test_who_is_bypassed_finds_nothing(people_: People) -> None:
    """Nor anybody who is no lead there, whether there is something or not (INV-24)."""
    people_.sam.say("/start")
    at(people_.sam, "danger")
    people_.sam.tap("Speak to my lead", "Yes", "Nobody else")
    with people_.club.intake.store.reading() as transaction:
        one = escalations.open_in(transaction, people_.club.organisation.id)[0]
    receipt = receipt_of(people_)
    assert "Nothing is open." in people_.alex.say("/open")
    assert "I find nothing of that reference." in people_.alex.say(f"/find {one.reference}")
    assert "That receipt is not good here." in people_.alex.say(f"/receipt {receipt}")
    for press in (Press("view", "found", one.id), Press("escalation", "take", one.id)):
        people_.alex.press(codes.write(press, "", people_.alex.turn.person.screen.revision))
        assert one.reference not in people_.alex.screen
    people_.club.pass_time(RUNG * 6)
    assert one.reference not in str(people_.alex.messages)
    assert NOT_THERE in people_.sam.say("/open")


# ---- with a case in hand


def test_a_case_passed_on_stays_where_it_is_until_it_is_taken(people_: People) -> None:
    reference = taken(people_)
    people_.alex.tap("Pass it on", "Bo, deputy lead")
    assert "It stays yours until they do." in people_.alex.screen
    assert people_.rung == ["bo"]
    people_.bo.tap("I'll take it")
    people_.club.deliver()
    assert f"{reference} is yours." in people_.bo.screen
    assert newest(people_.alex) == f"{reference} is taken by the deputy lead."
    assert newest(people_.sam).startswith(f"{reference} is taken by the deputy lead.")
    assert "You hold nothing." in people_.alex.say("/mine")


@pytest.mark.parametrize("how", ["cannot", "sleeps"])
def test_a_case_that_nobody_takes_over_stays_with_its_holder_who_is_told(people_: People, how: str) -> None:
    reference = taken(people_)
    people_.alex.tap("Pass it on", "Bo, deputy lead")
    people_.club.deliver()
    if how == "cannot":
        people_.bo.tap("I cannot take this")
        people_.club.deliver()
    else:
        people_.club.pass_time(RUNG + MINUTE)
    assert f"{reference} stays yours: they have not taken it." in newest(people_.alex)
    assert people_.rung == []
    assert f"{reference} · today" in people_.alex.say("/mine")


@pytest.mark.parametrize("how", ["closes it", "hands it back"])
def test_whoever_was_offered_a_case_reads_that_it_is_over(people_: People, how: str) -> None:
    """Found by the harness: their ping went on asking to take what was closed."""
    reference = taken(people_)
    people_.alex.tap("Pass it on", "Bo, deputy lead")
    people_.club.deliver()
    if how == "closes it":
        people_.alex.tap("Close it", "I agree with the advice")
        assert people_.rung == []
        assert newest(people_.bo) == f"{reference} is closed."
    else:
        people_.club.now -= timedelta(minutes=2)  # the machine's clock was wrong, and is set right
        people_.alex.tap("Hand it back", "Nothing: hand it back")
        assert people_.rung == ["bo", "chris", "dee"]


def test_whoever_is_asked_last_to_take_it_over_is_the_only_one(people_: People) -> None:
    """Found by the harness: an earlier ping went on asking, and once the case was taken it was wrong."""
    reference = taken(people_)
    for name in ("Bo, deputy lead", "Bo, deputy lead"):
        people_.alex.tap("Pass it on", name)
        assert people_.rung == ["bo"]
        assert sum("I'll take it" in data for _, data in people_.bo.messages.values()) == 1
    people_.alex.tap("Pass it on", "Chris, duty contact")
    assert people_.rung == ["chris"]
    assert newest(people_.bo) == f"{reference} is taken by the safeguarding lead."
    people_.chris.tap("I'll take it")
    assert people_.rung == []


def test_a_lead_asks_to_be_rung(people_: People) -> None:
    reference = taken(people_)
    people_.alex.tap("Ask them to ring me")
    assert "That is no phone number that I know." in people_.alex.say("12")
    people_.alex.say("020 7946 0123")
    people_.club.deliver()
    assert newest(people_.sam) == f"{reference}: the safeguarding lead asks you to ring\n\n+44 20 7946 0123"


def test_the_next_lead_reads_what_the_last_one_left_for_them_and_nobody_else_does(people_: People) -> None:
    taken(people_)
    people_.alex.tap("Hand it back")
    people_.alex.say("the school knows already")
    people_.club.deliver()
    people_.bo.tap("I'll take it")
    assert "The safeguarding lead before you writes: the school knows already" in people_.bo.screen
    assert "the school knows already" not in str(people_.sam.messages)


def test_a_lead_is_reminded_on_the_day_they_chose(people_: People) -> None:
    reference = taken(people_)
    people_.alex.tap("Look again on a day")
    assert "I need a day to come" in people_.alex.say("01.01.2020")
    people_.alex.tap("Tomorrow")
    assert "I remind you on 02.12.2026." in people_.alex.screen
    people_.club.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    people_.club.pass_time(MINUTE)
    assert newest(people_.alex) == f"You wanted to look at {reference} again today. /mine"


def test_nothing_of_a_case_can_be_done_by_who_does_not_hold_it(people_: People) -> None:
    taken(people_)
    with people_.club.intake.store.reading() as transaction:
        one = escalations.open_in(transaction, people_.club.organisation.id)[0]
    bo: DirectChat = people_.bo
    for verb in ("pass_on", "ring_me", "hand_back", "look_again", "answer"):
        bo.press(codes.write(Press("escalation", verb, one.id), "", bo.turn.person.screen.revision))
        assert "is taken by the safeguarding lead." in bo.screen


# ---- what whoever asked may change


@pytest.mark.parametrize("held", [True, False])
def test_inv_24_it_may_turn_out_to_be_about_whoever_was_asked(people_: People, held: bool) -> None:
    """They lose it at once, with every trace, and the others are asked."""
    reference = taken(people_) if held else people_.sam_asks()
    people_.club.deliver()
    if held:
        people_.sam.say("/start")
        people_.sam.tap("Speak to my lead")
    people_.sam.tap("It may be about somebody I ask", "Nobody else")
    people_.club.pass_time(MINUTE)
    assert people_.rung == (["bo", "chris", "dee"] if held else ["bo"])
    assert reference not in people_.alex.say("/open").text
    assert reference not in people_.alex.say("/mine").text
    people_.club.pass_time(RUNG * 5)
    assert "alex" not in people_.rung


def test_whoever_asked_may_stop_it_and_everybody_reads_so(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.sam.tap("It is dealt with: stop asking", "Yes, stop asking")
    assert f"{reference} is dealt with. I ask nobody any more." in people_.sam.screen
    assert people_.rung == []
    assert newest(people_.alex) == f"{reference} is dealt with. I ask nobody any more."
    people_.club.pass_time(RUNG * 3)
    assert people_.rung == []


def test_asking_again_shows_the_same_call_and_something_else_is_another(people_: People) -> None:
    """Without a walk as well: nobody rings twice for one thing."""
    people_.sam.say("/start")
    people_.sam.tap("Speak to my lead", "No")
    people_.sam.say("/help")
    people_.sam.tap("Speak to my lead")
    assert "I am asking the safeguarding lead now." in people_.sam.screen
    with people_.club.intake.store.reading() as transaction:
        assert len(escalations.open_in(transaction, people_.club.organisation.id)) == 1
    people_.sam.tap("I need a lead for something else", "No")
    with people_.club.intake.store.reading() as transaction:
        assert len(escalations.open_in(transaction, people_.club.organisation.id)) == 2


def test_what_can_wait_wakes_nobody_though_a_lead_cannot_take_it(people_: People) -> None:
    """A tap at half past eleven at night rings no deputy."""
    people_.club.now = datetime(2026, 12, 1, 16, tzinfo=UTC)
    asks_what_can_wait(people_.sam)
    people_.club.deliver()
    people_.club.now = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    people_.alex.tap("I cannot take this")
    people_.club.pass_time(5 * MINUTE)
    assert "bo" not in people_.rung
    people_.club.now = datetime(2026, 12, 2, 8, 59, tzinfo=UTC)
    people_.club.pass_time(2 * MINUTE)
    assert "bo" in people_.rung
