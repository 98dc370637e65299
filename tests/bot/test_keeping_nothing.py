"""What is said not to be kept is not in the store; and what a record holds is held nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from bot.intake import Intake
from bot.store.tables import answers, notes, records, walks
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import at
from tests.bot.running import RunningBot

Counts = tuple[int, int, int, int]


@pytest.fixture
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("nothing"))
    yield opened
    opened.store.close()


def counts(intake: Intake) -> Counts:
    """Rows of walks, answers, notes and records: there is one person only."""
    with intake.store.reading() as transaction:
        walks_, answers_, notes_, records_ = (
            transaction.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (walks, answers, notes, records)
        )
    return walks_, answers_, notes_, records_


def test_stop_and_keep_nothing_keeps_nothing(intake: Intake) -> None:
    chat = at(DirectChat(intake), "check")
    assert counts(intake)[1] > 5
    chat.say("/cancel")
    assert "Nothing was kept." in chat.tap("Stop and keep nothing")
    assert counts(intake) == (0, 0, 0, 0)


def test_nothing_is_kept_of_a_waiting_note(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note warning")
    assert counts(intake)[2] == 1
    chat.say("/cancel")
    chat.tap("Stop and keep nothing")
    assert counts(intake) == (0, 0, 0, 0)


def test_a_walk_for_somebody_else_leaves_nothing_when_begun_anew(intake: Intake) -> None:
    at(DirectChat(intake), "signpost").say("/start")
    assert counts(intake) == (0, 0, 0, 0)


@pytest.mark.parametrize("how", ["finished", "unfinished"])
def test_once_there_is_a_record_the_answers_are_in_it_alone(intake: Intake, how: str) -> None:
    """The walk's row stays: the record points to it."""
    chat = at(DirectChat(intake), "check")
    if how == "finished":
        chat.tap("Save the record")
    else:
        chat.say("/cancel")
        chat.tap("Stop and keep it")
    assert counts(intake) == (1, 0, 0, 1)
    assert "SW-" in str(chat.say("/records").buttons)


def test_deleting_my_data_takes_a_record_sent_as_text_out_of_the_chat(own: RunningBot) -> None:
    phone = at(own.newcomer(), "saved")
    phone.tap("Show the record", "Send it as text to keep")
    assert any(text.startswith("Decision record") for text in phone.readable())
    phone.say("/delete_my_data")
    phone.tap("Yes, delete it")
    assert len(phone.readable()) == 1
