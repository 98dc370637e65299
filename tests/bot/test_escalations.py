"""A call for a lead, from the practitioner's button to its end, on the real store: who is asked when, who may see what,
and what each of them reads (INV-24; E1, E3, E6 of the goals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.screens import codes
from bot.screens.screen import Press
from bot.store import escalations, organisations, outbox, people
from bot.store.escalations import Escalation
from bot.telegram.marking import write_down
from bot.turns.call import read
from bot.turns.incoming import Came, Incoming
from states.roles import OrganisationRole
from tests.bot.direct import DirectChat, updates
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.walking import begin, quiet

PRACTITIONER, LEAD = OrganisationRole.PRACTITIONER, OrganisationRole.LEAD
DEPUTY, DUTY, ADMINISTRATOR = OrganisationRole.DEPUTY, OrganisationRole.DUTY_CONTACT, OrganisationRole.ADMINISTRATOR
RUNG, MINUTE = timedelta(minutes=15), timedelta(minutes=1)
ADVISED_TO_RING: dict[str, Any] = {
    "age": ("u12",),
    "worry": ("hurt",),
    "who_did": ("home",),
    "harm": ("significant",),
    "done": ("today",),
    "review": ("30",),
}
NOT_THERE = "I do not know that."
CONFLICT = "Is it about your lead, or about someone close to them?"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = Club(tmp_path)
    yield made
    made.close()


class People:
    """Everybody there is, each with a phone."""

    def __init__(self, club: Club) -> None:
        self.club = club
        self.sam = club.member("Sam", PRACTITIONER)
        self.alex, self.bo = club.member("Alex", LEAD), club.member("Bo", DEPUTY)
        self.chris, self.dee = club.member("Chris", DUTY), club.member("Dee", ADMINISTRATOR)

    @property
    def rung(self) -> list[str]:
        """Who has a ping before them that they can still answer."""
        self.club.deliver()
        everybody = {"alex": self.alex, "bo": self.bo, "chris": self.chris, "dee": self.dee}
        return [
            name
            for name, chat in everybody.items()
            if any("I'll take it" in data for _, data in chat.messages.values())
        ]

    def sam_asks(self, *answers: str) -> str:
        """Sam asks for a lead out of a walk that has just begun. Gives the reference."""
        at(self.sam, "worry")
        self.sam.tap("Speak to my lead")
        assert CONFLICT in self.sam.screen
        self.sam.tap(*(answers or ("No",)))
        found = re.search(r"SW-\w+", self.sam.screen.text)
        return found[0] if found else ""


@pytest.fixture
def people_(club: Club) -> People:
    return People(club)


def newest(chat: DirectChat) -> str:
    return str(chat.messages[max(chat.messages)][0].text)


def reads(chat: DirectChat) -> str:
    """All that stands in a chat."""
    return "\n".join(str(screen.text) for screen, _ in chat.messages.values())


def the_one(club: Club, chat: DirectChat) -> Escalation:
    with club.intake.store.reading() as transaction:
        person = people.find(transaction, chat.id)
        found = escalations.open_of(transaction, person.id) if person else None
    assert found is not None
    return found


def test_a_guest_reads_whom_to_ring_and_nobody_is_pinged(club: Club) -> None:
    """As long as no lead is known here: the static words (EM-6)."""
    guest = at(club.somebody("Guest"), "worry")
    guest.tap("Speak to my lead")
    assert CONFLICT not in guest.screen
    assert "lead" in guest.screen


def test_silence_asks_one_after_the_other_and_tells_the_practitioner_each_time(people_: People) -> None:
    """Lead, the lead again, deputy, duty contact, everybody, and everybody again; at each step what to do meanwhile."""
    reference = people_.sam_asks()
    assert f"I am asking the safeguarding lead now. Reference {reference}." in people_.sam.screen
    assert "If nobody has answered in 10 minutes, ring a senior person or social care yourself." in people_.sam.screen
    assert people_.rung == ["alex"]
    ping = newest(people_.alex)
    assert ping.startswith(f"{reference} · today · 12:00\n\nSomebody asks for you.")
    for who, rung in (
        ("the safeguarding lead, once more", ["alex"]),
        ("the deputy lead", ["alex", "bo"]),
        ("the duty contact", ["alex", "bo", "chris"]),
        ("every lead and the administrators", ["alex", "bo", "chris", "dee"]),
        ("every lead and the administrators", ["alex", "bo", "chris", "dee"]),
    ):
        people_.club.pass_time(RUNG)
        assert people_.rung == rung
        assert f"{reference}: nobody has answered yet. I am asking {who} now." in newest(people_.sam)
        assert "Do not wait any longer: ring a senior person or social care yourself now." in newest(people_.sam)
    assert "Nobody has taken it. I ask all of you now" in newest(people_.dee)
    people_.sam.tap("Go on", "Speak to my lead")
    assert "Do not wait any longer" in people_.sam.screen, "also where they look how it stands"


def test_in_an_emergency_who_has_waited_for_two_minutes_may_wait_a_little_and_nobody_waits_at_the_end(
    people_: People,
) -> None:
    """Each message says what holds at its time: ten minutes are over, or there is nobody else to ask."""
    people_.sam.say("he has a knife")
    people_.sam.tap("Speak to my lead", "No")
    people_.club.pass_time(2 * MINUTE)
    assert "If nobody has answered in 10 minutes" in newest(people_.sam)
    people_.club.pass_time(6 * MINUTE)
    assert "I am asking every lead and the administrators now." in newest(people_.sam)
    assert "Do not wait any longer" in newest(people_.sam)


def test_what_is_asked_by_the_bot_does_not_come_between_two_who_write_to_each_other(people_: People) -> None:
    """What is typed next is meant for the lead, and must reach them."""
    begin(people_.sam, "saved", quiet, **ADVISED_TO_RING)
    people_.sam.tap("Speak to my lead", "No", "Nothing: only that I ask")
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.club.pass_time(timedelta(hours=3.9))
    people_.sam.say("it happened again")
    people_.club.pass_time(timedelta(minutes=50))
    assert "did you?" not in people_.sam.screen.text.casefold()
    people_.sam.say("and they saw it")
    people_.club.deliver()
    assert "and they saw it" in newest(people_.alex)
    people_.club.pass_time(timedelta(hours=2))
    assert "you said you would ring. Did you?" in reads(people_.sam)


def test_the_first_to_take_it_stops_the_ladder_for_everybody(people_: People) -> None:
    """The others' pings say who has it and have no button any more; nothing rings after that."""
    reference = people_.sam_asks()
    people_.club.pass_time(2 * RUNG)
    assert people_.rung == ["alex", "bo"]
    people_.bo.tap("I'll take it")
    people_.club.deliver()
    assert f"{reference} is yours." in people_.bo.screen
    taken = f"{reference} is taken by the deputy lead."
    assert newest(people_.sam).startswith(f"{taken}\n\nIf you hear nothing in 10 minutes, tap Answer")
    assert taken in reads(people_.alex)
    assert people_.rung == []
    people_.club.pass_time(20 * RUNG)
    assert people_.rung == []


def test_of_two_who_take_it_one_has_it_and_the_other_reads_who(people_: People) -> None:
    """Also with a ping that was shown twice."""
    reference = people_.sam_asks()
    people_.club.pass_time(2 * RUNG)
    data = [found[label] for _, found in people_.alex.messages.values() for label in found if label == "I'll take it"]
    people_.bo.tap("I'll take it")
    for each in data:
        people_.alex.press(each)
        assert f"{reference} is taken by the deputy lead." in people_.alex.screen
        assert "is yours" not in reads(people_.alex)


def test_they_write_to_each_other_through_the_bot_until_it_is_closed(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("What did you see?")
    people_.club.deliver()
    assert newest(people_.sam) == f"{reference}: the safeguarding lead writes\n\nWhat did you see?"
    people_.sam.tap("Answer")
    people_.sam.say("a bruise on the arm, twice this month")
    people_.club.deliver()
    assert newest(people_.alex) == f"{reference}: the practitioner writes\n\na bruise on the arm, twice this month"
    people_.alex.say("please ring Priya Sharma on 01632 960123")
    assert "I took it out of the chat and kept nothing" in newest(people_.alex)
    people_.alex.tap("Close it", "I see it differently")
    people_.alex.say("this needs social care today")
    people_.club.deliver()
    said = f"{reference} is closed.\n\nThey say: I see it differently.\n\nthis needs social care today"
    assert said in newest(people_.sam)
    with people_.club.intake.store.reading() as transaction:
        found = transaction.connection.exec_driver_sql("SELECT id FROM escalations").scalar_one()
        steps = escalations.steps_of(transaction, found)
    assert [(one.what, one.role) for one in steps] == [
        ("asked", "practitioner"),
        ("lead", ""),
        ("taken", "lead"),
        ("said", "lead"),
        ("said", "practitioner"),
        ("said", "lead"),
        ("closed", "lead"),
    ]


def test_what_is_handed_back_asks_everybody_else_at_once(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it", "Hand it back", "Nothing: hand it back")
    assert people_.rung == ["bo", "chris", "dee"]
    assert f"{reference}: whoever had it cannot go on. I ask everybody else now." in newest(people_.sam)
    people_.club.pass_time(RUNG)
    assert people_.rung == ["alex", "bo", "chris", "dee"]


@pytest.mark.parametrize("how", ["blocks", "is suspended", "is removed", "forgets", "declines"])
def test_a_lead_who_cannot_answer_is_passed_over_at_once(people_: People, how: str) -> None:
    """Nobody waits a quarter of an hour for somebody who is gone (E3)."""
    people_.sam_asks()
    people_.club.deliver()
    if how == "blocks":
        people_.alex.give(Incoming(next(updates), Came.BLOCKED, people_.alex.id))
    elif how in ("is suspended", "is removed"):
        people_.dee.say("/admin")
        people_.dee.tap("Alex", "Suspend" if how == "is suspended" else "Remove")
    elif how == "forgets":
        people_.alex.say("/delete_my_data")
        people_.alex.tap("Yes, delete it")
    else:
        people_.alex.tap("I cannot take this")
    people_.club.pass_time(timedelta(minutes=1))
    assert "bo" in people_.rung
    assert "chris" not in people_.rung


def test_a_lead_who_leaves_hands_back_what_they_hold(people_: People) -> None:
    reference = people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.dee.say("/admin")
    people_.dee.tap("Alex", "Suspend")
    people_.club.pass_time(timedelta(minutes=1))
    assert people_.rung == ["bo", "chris", "dee"]
    assert f"{reference}: whoever had it cannot go on. I ask everybody else now." in newest(people_.sam)
    people_.alex.say("What did you see?")
    assert "What did you see?" not in reads(people_.sam)


@pytest.mark.parametrize("answer", ["Yes", "Not sure"])
def test_inv_24_whom_it_is_about_gets_nothing_and_finds_nothing(people_: People, answer: str) -> None:
    """Not sure counts as yes. The lead gets no message on any rung, and its buttons are as if it did not exist."""
    people_.sam_asks(answer, "Nobody else")
    before = reads(people_.alex)
    for _ in range(8):
        people_.club.pass_time(RUNG)
    assert people_.rung == ["bo", "chris", "dee"]
    one = the_one(people_.club, people_.sam)
    for known, verb in ((one.id, "take"), (one.id, "decline"), (one.id, "hand_back")):
        people_.alex.press(codes.write(Press("escalation", verb, known), "", 0))
        real = re.sub(r"\d{6,}", "", newest(people_.alex))
        people_.alex.press(codes.write(Press("escalation", verb, "0" * 32), "", 0))
        assert NOT_THERE in newest(people_.alex)
        assert real == re.sub(r"\d{6,}", "", newest(people_.alex))
    people_.alex.press(codes.write(Press("close", "agree", one.id), "", 0))
    assert one.reference not in reads(people_.alex)
    assert one.reference not in before
    assert the_one(people_.club, people_.sam).state == one.state


def test_inv_24_if_it_is_about_all_of_them_nobody_is_asked(people_: People) -> None:
    people_.sam_asks("Not sure", "I am not sure, or all of them")
    assert "I ask nobody here." in people_.sam.screen
    assert "Ring social care yourself" in people_.sam.screen
    people_.club.pass_time(4 * RUNG)
    assert people_.rung == []


def test_a_lead_who_asks_is_not_asked_themselves(people_: People) -> None:
    at(people_.alex, "worry")
    people_.alex.tap("Speak to my lead", "No")
    assert people_.rung == ["bo"]


def test_the_advice_goes_along_only_where_that_was_chosen(people_: People) -> None:
    """And is read by nobody but who took it."""
    at(people_.sam, "advice")
    people_.sam.tap("Speak to my lead")
    if CONFLICT in people_.sam.screen:
        people_.sam.tap("No")
    headline = people_.sam.turn.walk.here.advice.outcome
    assert "What may they read" in people_.sam.screen
    people_.sam.tap("The advice and its reasons")
    people_.club.deliver()
    ping = newest(people_.alex)
    people_.alex.tap("I'll take it")
    case = newest(people_.alex)
    assert "is yours." in case
    assert "They have not sent any details" not in case
    assert len(case) > len(ping) + 100, headline
    assert len(ping.splitlines()) <= 7, "a ping says nothing of the case"


def test_it_goes_on_though_whoever_asked_is_forgotten(people_: People) -> None:
    """The concern is told; who told it has a right to go."""
    people_.sam_asks()
    people_.sam.say("/delete_my_data")
    people_.sam.tap("Yes, delete it")
    people_.club.pass_time(2 * RUNG)
    assert people_.rung == ["alex", "bo"]
    people_.bo.tap("I'll take it")
    people_.bo.say("hello")
    assert "They asked me to forget them" in newest(people_.bo)


def test_an_open_call_swallows_no_other(people_: People) -> None:
    """Sam's first worry was taken and never closed; then somebody is in danger, and a lead is rung for that too."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.sam.tap("Danger now", "Speak to my lead")
    assert CONFLICT in people_.sam.screen
    people_.sam.tap("No")
    assert people_.rung == ["alex"]
    assert "· emergency ·" in newest(people_.alex)
    people_.club.pass_time(timedelta(minutes=4))
    assert people_.rung == ["alex", "bo"], "two minutes a rung"


def test_what_was_asked_for_in_this_walk_is_shown_as_it_stands(people_: People) -> None:
    reference = people_.sam_asks()
    people_.sam.tap("Go on", "Speak to my lead")
    assert f"Reference {reference}." in people_.sam.screen
    assert people_.rung == ["alex"]


@pytest.mark.parametrize("how", ["blocks", "forgets", "is removed"])
def test_a_case_whose_holder_cannot_act_any_more_goes_on_to_the_others(people_: People, how: str) -> None:
    """Taken is no end while nobody is there."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    if how == "blocks":
        people_.alex.give(Incoming(next(updates), Came.BLOCKED, people_.alex.id))
    elif how == "forgets":
        people_.alex.say("/delete_my_data")
        people_.alex.tap("Yes, delete it")
    else:
        people_.dee.say("/admin")
        people_.dee.tap("Alex", "Remove")
    people_.club.pass_time(timedelta(minutes=1))
    assert people_.rung == ["bo", "chris", "dee"]


def test_a_holder_of_whom_nobody_was_told_that_they_cannot_is_noticed(people_: People) -> None:
    """Whatever else goes wrong: the bot looks at it every few minutes."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    with people_.club.intake.store.transaction() as transaction:
        mine = organisations.memberships_of(transaction, people_.alex.turn.person.id)[0]
        organisations.save_status(transaction, mine.id, "suspended")
    people_.club.pass_time(timedelta(minutes=6))
    assert people_.rung == ["bo", "chris", "dee"]


def test_inv_24_whoever_gets_the_left_out_part_later_is_left_out_too(people_: People) -> None:
    """A second lead who is confirmed meanwhile, and the first who comes back under another account."""
    people_.sam_asks("Yes", "Nobody else")
    mallory = people_.club.member("Mallory", LEAD)
    people_.club.pass_time(8 * RUNG)
    assert "SW-" not in reads(mallory)
    assert people_.rung == ["bo", "chris", "dee"]


def test_inv_24_the_lead_is_left_out_whoever_else_is(people_: People) -> None:
    people_.sam_asks("Yes", "Deputy lead")
    people_.club.pass_time(8 * RUNG)
    assert people_.rung == ["chris", "dee"]


@pytest.mark.parametrize("typed", ["ok", "2", "no", "1"])
def test_what_is_typed_to_the_other_is_no_button(people_: People, typed: str) -> None:
    """A lead's "2" must not hand the case back, and a practitioner's "ok" must not leave the talk."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    assert "1 Close it" not in people_.alex.screen, "a number that would be sent to Sam"
    people_.alex.say(typed)
    people_.sam.say(typed)
    people_.club.deliver()
    assert f"the safeguarding lead writes\n\n{typed}" in newest(people_.sam)
    assert f"the practitioner writes\n\n{typed}" in newest(people_.alex)


def test_the_words_of_a_button_can_be_typed_there_all_the_same(people_: People) -> None:
    """For whoever cannot see or use the buttons."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("hand it back")
    people_.alex.say("nothing: hand it back")
    assert "is handed back." in people_.alex.screen


def test_danger_words_to_the_other_are_passed_on_and_met_with_999(people_: People) -> None:
    """The most urgent thing a lead can write."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("ring 999, the child is in danger")
    assert "Ring 999 now." in reads(people_.alex)
    people_.club.deliver()
    assert "ring 999, the child is in danger" in newest(people_.sam)


def test_what_is_typed_before_anybody_has_taken_it_is_kept_for_whoever_does(people_: People) -> None:
    """And for nobody else: who is only asked reads nothing of it."""
    people_.sam_asks()
    for words in ("a bruise on the arm", "and one on the back", "it was not there on Monday"):
        people_.sam.say(words)
        assert "Nobody has taken it yet. I keep that for whoever does, and go on asking." in people_.sam.screen
    people_.club.pass_time(2 * RUNG)
    assert "bruise" not in reads(people_.alex) + reads(people_.bo)
    people_.bo.tap("I'll take it")
    for words in ("a bruise on the arm", "and one on the back", "it was not there on Monday"):
        assert f"12:00 practitioner: {words}" in people_.bo.screen
    assert "bruise" not in reads(people_.alex)


def test_what_the_lead_wrote_can_be_read_again(people_: People) -> None:
    """Tapping Answer takes the message away; its words stand where it is answered."""
    people_.sam_asks()
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say("ring social care now and tell me")
    people_.club.deliver()
    people_.sam.tap("Answer")
    assert "ring social care now and tell me" in people_.sam.screen


def test_a_long_talk_fits_on_the_screen(people_: People) -> None:
    """Else Telegram would refuse it, and with it Close and Hand back."""
    at(people_.sam, "advice")
    people_.sam.tap("Speak to my lead")
    people_.sam.tap("No", "The advice and its reasons")
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    for _ in range(9):
        people_.alex.say("what we saw and heard today " * 24)
    assert "Close it" in people_.alex.screen.buttons


def test_whoever_has_a_ping_that_is_not_sent_yet_is_not_rung_after_somebody_took_it(people_: People) -> None:
    people_.club.member("Amy", LEAD)
    people_.sam_asks()
    with people_.club.intake.store.transaction() as transaction:
        one = transaction.connection.exec_driver_sql("SELECT id FROM escalations").scalar_one()
    people_.alex.press(codes.write(Press("escalation", "take", one), "", 0))
    assert people_.rung == []


def test_a_ping_that_was_on_its_way_when_somebody_took_it_says_so(people_: People) -> None:
    """Nobody gets up in the night for a button that does nothing."""
    amy = people_.club.member("Amy", LEAD)
    reference = people_.sam_asks()
    store, now = people_.club.intake.store, people_.club.now
    with store.transaction() as transaction:
        rows = outbox.claim(transaction, "urgent", "worker", now, now + RUNG, 10)
        one = transaction.connection.exec_driver_sql("SELECT id FROM escalations").scalar_one()
    calls = {(call := read(row.kind, row.content)).chat_id: (row, call) for row in rows}
    row, call = calls[amy.id]
    done = amy.made(call, None)
    people_.alex.press(codes.write(Press("escalation", "take", one), "", 0))
    with store.transaction() as transaction:
        write_down(transaction, row, call, done, now, "another worker")
        outbox.let_go_of_others(transaction, "nobody")
    people_.club.deliver()
    assert newest(amy) == f"{reference} is taken."
    assert not amy.messages[max(amy.messages)][1]
