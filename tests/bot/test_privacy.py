"""What is typed, who typed it, and the token leave no trace: store, logs and chat are searched for canaries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pocket.process import PocketTelegram
from bot.store import Store, forgetting, people, records
from bot.store.tables import metadata, sealed_columns
from tests.bot.places import EVERYWHERE, at
from tests.bot.process import BotProcess
from tests.bot.running import TOKEN, RunningBot
from tests.bot.walking import go_to

CANARY = "quixotic zephyr canary"
TAKES_TEXT = ("note", "note warning", "addendum")


def stored(store: Store, chat_id: int) -> str:
    """Everything the store holds, unsealed columns as they are and this person's sealed ones in the clear."""
    with store.reading() as transaction:
        sealed = set(sealed_columns())
        rows = [
            transaction.connection.execute(table.select().with_only_columns(*plain)).fetchall()
            for table in metadata.sorted_tables
            if (plain := [column for column in table.columns if column not in sealed])
        ]
        person = people.find(transaction, chat_id)
        return f"{rows} {forgetting.export(transaction, person.id) if person else ''}"


@pytest.mark.parametrize("place", [place for place in EVERYWHERE if place not in TAKES_TEXT])
def test_text_that_nobody_asked_for_is_deleted_and_never_stored(shared: RunningBot, place: str) -> None:
    phone = at(shared.newcomer(), place)
    phone.say(CANARY)
    assert "quixotic" not in stored(shared.store, phone.id)
    assert "quixotic" not in str(phone.readable())
    assert "quixotic" not in str(phone.person.phone()["messages"])


def test_the_search_would_find_what_is_stored(shared: RunningBot) -> None:
    """The canary test can fail: where a note is asked for, its words are found in the sealed column."""
    phone = at(shared.newcomer(), "note")
    phone.say("they were very quiet, " + CANARY)
    assert "quixotic" in stored(shared.store, phone.id)
    assert "quixotic" not in str(phone.readable())


def test_delete_my_data_takes_two_steps_and_leaves_only_records_untied(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "saved")
    person = phone.turn.person.id
    reference = phone.turn.detail.partition("|")[0]
    phone.say("/mode new", "/start")
    go_to(phone, "worry")
    phone.person.send_photo()
    phone.settled()
    screen = phone.say("/delete_my_data")
    assert "records stay" in screen
    phone.tap("No, go back")
    assert phone.turn.walk.state == "worry", "one step deletes nothing"
    phone.say("/delete_my_data")
    phone.tap("Yes, delete it")
    assert "Done. What I kept about you is deleted." in phone.screen
    assert len(phone.readable()) == 1, "nothing but this last message"
    with shared.store.reading() as transaction:
        assert people.find(transaction, phone.id) is None
        assert not any(rows for rows in forgetting.export(transaction, person).values())
        kept = records.by_reference(transaction, reference)
        assert kept is not None
        assert (kept.person_id, kept.walk_id) == (None, None)
    assert "none now" in phone.say("/start", "/records")
    assert "You have no record of that reference" in phone.say(f"/records {reference}")


def test_the_emergency_text_is_deleted_as_well(shared: RunningBot) -> None:
    """It went out before any transaction, and is known all the same."""
    phone = at(shared.newcomer(), "worry")
    phone.say("/mode new", "/danger", "/help", "/delete_my_data")
    phone.tap("Yes, delete it")
    assert len(phone.readable()) == 1


@pytest.fixture
def telegram() -> Iterator[PocketTelegram]:
    with PocketTelegram() as running:
        yield running


def test_with_every_logger_at_debug_neither_token_nor_words_are_printed(
    telegram: PocketTelegram, tmp_path: Path
) -> None:
    """And with errors on the way: refusals, cut connections, a server that fails (C5)."""
    process = BotProcess(telegram, tmp_path, "loud", SHAREWISE_LOG_LEVEL="debug")
    person = telegram.person("Quixotic Name")
    for kind in ("server error", "cut before", "too many requests"):
        telegram.fault(kind, method="sendMessage", retry_after=1)
    telegram.fault("server error", method="getUpdates", skip=2)
    person.say(CANARY)
    person.wait_for("I did not understand", 20)
    person.say("/danger")
    person.wait_for("Ring 999")
    person.tap("I have rung 999", stale=True)  # the turn may be editing the text just now, as it is found
    person.wait_for("For the record")
    person.send_photo(CANARY)
    person.wait_for("did not open it")
    assert process.terminate() == 0
    said = process.said()
    assert "serving" in said, "there is a log to search"
    for secret in (TOKEN, TOKEN.partition(":")[2], "uixotic", "zephyr", str(person.id), "For the record"):
        assert secret not in said, secret


def test_all_that_was_ever_sent_was_protected_and_nothing_was_fetched(shared: RunningBot) -> None:
    """C8, C10, over everything that the tests of this worker did before this one."""
    phone = at(shared.newcomer(), "worry")
    phone.person.send_photo()
    phone.settled()
    sent = shared.telegram.calls("sendMessage")
    assert sent
    open_to_copying = [call for call in sent if call["parameters"].get("protect_content") != "true"]
    assert all(call["parameters"]["text"].startswith("Decision record SW-") for call in open_to_copying)
    assert shared.telegram.calls("getFile") == []
