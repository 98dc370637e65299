"""The words of a call for a lead that is closed go when their time is over (RET-5); its steps and its receipt stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import due, escalations, organisations, records, tables
from bot.store.escalations import Escalation, Step
from bot.turns import later
from states.arrangements import changed
from states.escalation import State
from tests.bot.places import at
from tests.bot.several import Club
from tests.bot.test_escalations import People
from tests.store.postgresql import new_database

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SAID = "Ring them again and tell me what they say."
BACK = "It was the second time this week."
EMPTIED = "I deleted what was written here, as arranged."


@pytest.fixture(params=["embedded", "postgresql"])
def people_(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    """On each engine."""
    if request.param == "embedded":
        club = Club(tmp_path)
        yield People(club)
        club.close()
        return
    with new_database() as address:
        club = Club(address)
        yield People(club)
        club.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[People]:
    club = Club(tmp_path)
    yield People(club)
    club.close()


def asked(people_: People) -> str:
    """Sam asks with the advice, Alex writes and hands it back with a word, Bo takes it. Gives the receipt."""
    at(people_.sam, "advice")
    people_.sam.tap("Speak to my lead", "No", "The advice and its reasons")
    found = re.search(r"Your receipt: (\S+)", people_.sam.screen.text)
    assert found is not None
    people_.club.deliver()
    people_.alex.tap("I'll take it")
    people_.alex.say(SAID)
    people_.alex.tap("Hand it back")
    people_.alex.say(BACK)
    people_.club.deliver()
    people_.bo.tap("I'll take it")
    people_.club.deliver()
    return found[1]


def call_of(people_: People) -> Escalation:
    """The only call there is."""
    with people_.club.intake.store.reading() as transaction:
        (id_,) = transaction.connection.execute(select(tables.escalations.c.id)).scalars()
        found = escalations.find(transaction, id_)
    assert found is not None
    return found


def steps_of(people_: People) -> list[Step]:
    with people_.club.intake.store.reading() as transaction:
        return escalations.steps_of(transaction, call_of(people_).id)


def closes(people_: People) -> None:
    people_.bo.tap("Close it", "I agree with the advice")
    people_.club.deliver()


def days_pass(people_: People, days: float) -> None:
    """What is due on the way happens at their end, and what that makes due at once after it."""
    people_.club.now += days * DAY
    people_.club.pass_time(4 * MINUTE)


def stopped(people_: People) -> None:
    """Sam stops, which keeps a record."""
    people_.sam.say("/cancel")
    people_.sam.tap("Stop and keep it")


def record_goes(people_: People, reference: str) -> None:
    """Sam stops, which keeps a record, and it goes when its time is over."""
    stopped(people_)
    days_pass(people_, 24)
    days_pass(people_, 7)
    with people_.club.intake.store.reading() as transaction:
        assert records.outline(transaction, reference) is None


def test_ret_5_the_words_of_a_closed_call_go_and_its_steps_and_its_receipt_stay(people_: People) -> None:
    receipt = asked(people_)
    closes(people_)
    before = steps_of(people_)
    reference = call_of(people_).reference
    assert call_of(people_).content != {}
    assert {SAID, BACK} <= {step.text for step in before}
    good = people_.bo.say(f"/receipt {receipt}").text
    assert f"The receipt is good. {reference} was asked for" in good
    record_goes(people_, reference)
    days_pass(people_, 1)
    assert call_of(people_).content == {}
    after = steps_of(people_)
    assert [(one.at, one.what, one.role) for one in after[:-1]] == [(one.at, one.what, one.role) for one in before]
    assert [one.text for one in after if one.what in ("said", "handed back")] == ["", ""]
    assert after[-1].what == "emptied"
    assert [one.text for one in after if one.what == "closed"] == ["agree"], "how it ended is no word of the case"
    assert good.splitlines()[0] in people_.bo.say(f"/receipt {receipt}")
    forged = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    assert "That receipt is not good here." in people_.bo.say(f"/receipt {forged}")
    found = people_.bo.say(f"/find {reference}")
    assert EMPTIED in found
    assert "Its record was deleted on 01.01.2027, as arranged." in found
    assert f"Its receipt: {receipt}" in found
    with people_.club.intake.store.reading() as transaction:
        assert due.find(transaction, later.CALL_ENDS, call_of(people_).id) is None


def test_ret_5_an_open_call_is_never_touched_and_keeps_its_record(embedded: People) -> None:
    asked(embedded)
    reference = call_of(embedded).reference
    stopped(embedded)
    for _ in range(10):
        days_pass(embedded, 10)
    assert call_of(embedded).state is State.TAKEN
    assert call_of(embedded).content != {}
    assert reference in embedded.sam.say("/records")
    assert "I delete this record" not in embedded.sam.say(f"/records {reference}")
    embedded.bo.say("/mine")
    embedded.bo.tap(reference, "Open it")
    closes(embedded)
    days_pass(embedded, 24)
    assert "I delete this record on" in embedded.sam.say(f"/records {reference}"), "its time began when it was closed"


def test_ret_5_the_words_stay_as_long_as_the_record_that_they_are_part_of(embedded: People) -> None:
    """What the lead wrote is read in the record; whoever keeps that longer keeps all of it."""
    asked(embedded)
    closes(embedded)
    reference = call_of(embedded).reference
    stopped(embedded)
    days_pass(embedded, 24)
    embedded.sam.tap("Keep it longer")
    days_pass(embedded, 20)
    embedded.sam.say(f"/records {reference}")
    embedded.sam.tap("Send it as text to keep")
    assert SAID in embedded.sam.kept[-1]


def test_ret_5_a_call_that_was_dealt_with_ends_as_well(embedded: People) -> None:
    """There is no record: the walk was thrown away."""
    at(embedded.sam, "advice")
    embedded.sam.tap("Speak to my lead", "No", "The advice and its reasons")
    embedded.sam.tap("It is dealt with: stop asking", "Yes, stop asking")
    embedded.sam.say("/cancel")
    embedded.sam.tap("Stop and keep nothing")
    assert call_of(embedded).content != {}
    days_pass(embedded, 29)
    assert call_of(embedded).content != {}
    days_pass(embedded, 1)
    assert call_of(embedded).content == {}


@pytest.mark.parametrize(("days", "after", "is_empty"), [("10", 11, True), ("60", 31, False), ("60", 61, True)])
def test_ret_5_another_time_holds_for_calls_that_are_closed_already(
    embedded: People, days: str, after: int, is_empty: bool
) -> None:
    at(embedded.sam, "danger")
    embedded.sam.tap("Speak to my lead", "No", "It is dealt with: stop asking", "Yes, stop asking")
    embedded.sam.say("/cancel")
    embedded.sam.tap("Stop and keep nothing")
    days_pass(embedded, 1)
    embedded.dee.say("/admin")
    embedded.dee.tap("Settings", "11")
    embedded.dee.say(days)
    assert f"so many days after the last news of it: {days}" in embedded.dee.screen
    days_pass(embedded, after - 1)
    assert bool(call_of(embedded).proof) is is_empty


def test_ret_5_a_damaged_call_stops_no_other_and_no_record(embedded: People) -> None:
    asked(embedded)
    closes(embedded)
    reference = call_of(embedded).reference
    stopped(embedded)
    with embedded.club.intake.store.transaction() as transaction:
        changing = tables.escalation_steps.update().values(text=b"damaged")
        transaction.connection.execute(changing)
    for days in (24, 7, 1):
        days_pass(embedded, days)
    with embedded.club.intake.store.reading() as transaction:
        assert records.outline(transaction, reference) is None
    assert [step.text for step in steps_of_words(embedded)] == ["", ""], "words that cannot be read go all the same"


def steps_of_words(people_: People) -> list[Step]:
    call = call_of(people_)
    with people_.club.intake.store.reading() as transaction:
        rows = transaction.connection.execute(
            select(tables.escalation_steps).where(tables.escalation_steps.c.what.in_(("said", "handed back")))
        ).all()
        unseal = transaction.sealer.unseal
        return [
            Step(row.at, row.what, row.role, unseal(row.text, "escalation_steps", "text", call.id, row.sequence))
            for row in rows
        ]


def test_inv_24_who_is_bypassed_does_not_hear_that_there_was_a_record(embedded: People) -> None:
    at(embedded.sam, "advice")
    embedded.sam.tap("Speak to my lead", "Yes", "Nobody else", "The advice and its reasons")
    embedded.club.deliver()
    embedded.sam.tap("It is dealt with: stop asking", "Yes, stop asking")
    reference = call_of(embedded).reference
    record_goes(embedded, reference)
    assert "I find nothing of that reference." in embedded.alex.say(f"/find {reference}")
    assert "You have no record of that reference." in embedded.alex.say(f"/records {reference}")
    assert "deleted on 01.01.2027, as arranged" in embedded.bo.say(f"/find {reference}")
    assert f"{reference} was deleted on 01.01.2027, as arranged." in embedded.sam.say(f"/records {reference}")


def test_ret_5_a_lead_finds_that_a_record_without_a_call_is_gone(embedded: People) -> None:
    at(embedded.sam, "advice")
    reference = embedded.sam.turn.reference
    record_goes(embedded, reference)
    assert f"{reference} was deleted on 01.01.2027, as arranged." in embedded.bo.say(f"/find {reference}")
    assert "I find nothing of that reference." in embedded.bo.say("/find SW-00000")


def test_a_member_of_a_place_with_no_arrangement_of_its_own_is_kept_for_thirty_days(embedded: People) -> None:
    with embedded.club.intake.store.reading() as transaction:
        club = organisations.by_id(transaction, embedded.club.organisation.id)
        assert club is not None
        assert club.arrangements == changed(club.arrangements, "days_kept", "30")
        assert organisations.days_kept(transaction, embedded.sam.turn.person.id) == 30
        assert organisations.days_kept(transaction, None) == 30
