"""Notes and records: what identifies is refused, what was decided is kept, and only its owner finds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.intake import Intake
from bot.screens.pieces import LONGEST_TEXT, pieces
from bot.store import messages, notes, records
from bot.store.outbox import OutboxRow
from bot.telegram.marking import write_down
from bot.telegram.sending import Done
from bot.turns.call import Call
from bot.turns.incoming import Came, Incoming
from bot.turns.turn import PENDING_NOTE
from bot.turns.typing import LONGEST_NOTE
from states.record import HEADINGS
from tests.bot.direct import DirectChat, open_intake
from tests.bot.places import NAMELIKE, at
from tests.bot.running import RunningBot
from tests.bot.walking import begin, go_to, quiet

HARMLESS = "There were fresh bruises and they were very quiet."
REPLACED = "The younger one would not go home."


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    opened = open_intake(tmp_path_factory.mktemp("records"))
    yield opened
    opened.store.close()


def notes_of(chat: DirectChat) -> dict[str, str]:
    row = chat.turn.row
    if row is None:
        return {}
    with chat.intake.store.reading() as transaction:
        return notes.of_walk(transaction, row.id)


def record_of(chat: DirectChat) -> records.RecordRow:
    """The newest record of this person."""
    with chat.intake.store.reading() as transaction:
        return records.find_own(transaction, chat.turn.person.id)[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rang on 07700 900123 about it", "a phone number"),
        ("She lives at 4 Example Road", "address"),
        ("born 3.4.2012, very small", "date"),
        ("write to sam@example.org", "e-mail"),
    ],
)
@pytest.mark.parametrize("place", ["note", "addendum"])
def test_what_identifies_must_be_rephrased_and_is_not_echoed_or_kept(
    intake: Intake, place: str, text: str, kind: str
) -> None:
    chat = at(DirectChat(intake), place)
    screen = chat.say(text)
    assert "kept nothing" in screen
    assert kind in screen.text.lower().replace("email", "e-mail") or kind == "address"
    assert text not in screen
    assert notes_of(chat) == {}
    assert chat.turn.view in ("walk", "add"), "they can type again at once"


def test_a_note_too_long_gets_a_sentence_with_both_lengths(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    screen = chat.say("very quiet " * 100)
    assert f"at most {LONGEST_NOTE}" in screen
    assert notes_of(chat) == {}


def test_a_harmless_note_is_sealed_and_stands_in_the_record(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    chat.say(HARMLESS)
    assert notes_of(chat) == {"note": HARMLESS}
    go_to(chat, "saved")
    assert HARMLESS in record_of(chat).content["text"]
    assert record_of(chat).content["note"] == HARMLESS


def test_a_note_taken_back_is_gone(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    chat.say(HARMLESS, "back")
    chat.tap("No note")
    assert notes_of(chat) == {}
    go_to(chat, "saved")
    assert HARMLESS not in str(record_of(chat).content)


def test_name_like_words_are_asked_about_and_may_pass(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note warning")
    assert "a name" in chat.screen
    assert NAMELIKE not in chat.screen
    chat.tap("It names nobody: keep it")
    assert notes_of(chat) == {"note": NAMELIKE}


@pytest.mark.parametrize(
    "leaving",
    ["throw it away", "/back", "/help", "/why", REPLACED, "07700 900123", "/cancel"],
)
def test_a_note_that_waits_is_gone_as_soon_as_its_question_is_left(intake: Intake, leaving: str) -> None:
    chat = at(DirectChat(intake), "note warning")
    assert PENDING_NOTE in notes_of(chat)
    chat.say(leaving)
    assert PENDING_NOTE not in notes_of(chat)


@pytest.mark.parametrize("leaving", [("/start", "begin anew"), ("/cancel", "keep"), ("/cancel", "nothing")])
def test_no_note_waits_after_the_walk_was_left(intake: Intake, leaving: tuple[str, str]) -> None:
    chat = at(DirectChat(intake), "note warning")
    row = chat.turn.row
    assert row is not None
    chat.say(*leaving)
    with intake.store.reading() as transaction:
        assert notes.of_walk(transaction, row.id) == {}


# ---- records


def test_a_record_has_all_fifteen_parts(intake: Intake) -> None:
    """REC-1..15 of the guidance, the edition, and the words that were shown."""
    chat = DirectChat(intake)
    begin(chat, "advice")
    advice = chat.screen.text.splitlines()[0]
    chat.tap("Write down my decision")
    go_to(chat, "saved")
    row = record_of(chat)
    assert {f"REC-{number}" for number in range(1, 16)} <= set(row.content)
    text = row.content["text"]
    assert advice in text
    assert f"({row.edition})" in text
    assert row.reference in text
    assert "{" not in text
    assert row.status == "complete"


def test_every_question_stands_under_a_heading_of_the_record(intake: Intake) -> None:
    """An answer that stands nowhere would be lost to whoever reads the record."""
    placed = [question for _, _, questions in HEADINGS for question in questions]
    asked = set(at(DirectChat(intake), "danger").turn.walk.flow.questions) - {"entry", "advice", "check", "note"}
    assert set(placed) == asked
    assert len(placed) == len(set(placed))


def test_changed_and_fallen_answers_are_in_the_record(intake: Intake) -> None:
    """REC-14, INV-21: what was answered before, when it changed, and what no longer applied."""
    chat = at(DirectChat(intake), "danger")
    go_to(chat, "advice")
    while chat.turn.walk.state != "nation":
        chat.say("/back")
    chat.tap("Wales")
    go_to(chat, "saved")
    text = record_of(chat).content["text"]
    assert "Answers that changed" in text
    assert "England (before the change)" in text
    assert record_of(chat).content["REC-14"][0]["question"] == "nation"


@pytest.mark.parametrize(("leaving", "kept"), [(("/cancel", "keep"), True), (("/start", "begin anew"), True)])
def test_an_unfinished_walk_is_kept_and_marked(intake: Intake, leaving: tuple[str, str], kept: bool) -> None:
    chat = at(DirectChat(intake), "advice")
    chat.say(*leaving)
    row = record_of(chat)
    assert row.status == "incomplete"
    assert "(unfinished)" in row.content["text"]


def test_an_emergency_left_unfinished_is_kept_as_well(intake: Intake) -> None:
    """One answer only, and the most serious one."""
    chat = DirectChat(intake)
    chat.say("/start", "/danger")
    chat.tap("I have rung 999")
    chat.say("/back", "/cancel", "keep")
    assert record_of(chat).outcome == "O1"


def test_a_long_record_comes_in_pieces_and_its_screen_still_fits(intake: Intake) -> None:
    chat = at(DirectChat(intake), "saved")
    chat.tap("Show the record")
    for _ in range(4):
        chat.tap("Add something to it")
        chat.say((HARMLESS + " ") * 13)
    chat.tap("Send it as text to keep")
    assert len(chat.kept) == 2, "each a row of its own, so that one that is refused repeats no other"
    assert all(0 < len(piece) <= LONGEST_TEXT for piece in chat.kept)
    assert "".join(chat.kept).count("fresh bruises") == 4 * 13


@pytest.mark.parametrize("length", [0, 1, 4096, 4097, 10_000])
def test_pieces_lose_nothing_and_are_never_empty(length: int) -> None:
    assert "".join(pieces("x" * length)) == "x" * length
    assert all(pieces("x" * length))


def test_a_kept_piece_or_a_deleted_message_written_down_again_changes_nothing(intake: Intake) -> None:
    """Whoever cannot be sure that it was written down must be able to do so again, without an error."""
    chat = at(DirectChat(intake), "note")
    person = chat.turn.person.id
    row = OutboxRow(0, "row", person, "reply", "kept", "", chat.turn.at, 0)
    for _ in range(2):
        with intake.store.transaction() as transaction:
            for call, done in (
                (Call(chat.id, "kept"), Done((900_001,))),
                (Call(chat.id, "text"), Done((900_002,))),
                (Call(chat.id, "tidy"), Done(gone=(900_002,))),
            ):
                write_down(transaction, row, call, done, chat.turn.at, "worker")
    with intake.store.reading() as transaction:
        to_delete = {row.message_id for row in messages.to_delete_in_chat(transaction, person)}
        standing = {row.message_id for row in messages.standing_in_chat(transaction, person)}
    assert not to_delete & {900_001, 900_002}
    assert standing & {900_001, 900_002} == {900_001}


def test_what_was_on_its_way_when_its_person_was_forgotten_is_taken_away_again(intake: Intake) -> None:
    chat = at(DirectChat(intake), "note")
    row = OutboxRow(0, "row", chat.turn.person.id, "reply", "screen", "", chat.turn.at, 0)
    chat.say("/delete_my_data")
    chat.tap("Yes, delete it")
    with intake.store.transaction() as transaction:
        written = write_down(transaction, row, Call(chat.id, "screen"), Done((900_003,)), datetime.now(UTC), "worker")
    assert [said.call.delete for said in written.later] == [(900_003,)]


def test_the_999_text_that_two_cries_share_stays(intake: Intake) -> None:
    """The first turn's row is written down when the second turn has moved the screen on: nobody may lose 999 by it."""
    chat = at(DirectChat(intake), "note")
    chat.say("he has a knife")
    person = chat.turn.person
    row = OutboxRow(0, "row", person.id, "urgent", "screen", "", chat.turn.at, 0)
    shared = Done((900_004,), static=True)
    deleted: list[int] = []
    for revision in (person.screen.revision - 1, person.screen.revision):
        call = Call(chat.id, "screen", revision=revision)
        with intake.store.transaction() as transaction:
            written = write_down(transaction, row, call, shared, chat.turn.at, "worker")
        deleted += [message_id for said in written.later for message_id in said.call.delete]
    assert deleted == [person.screen.message_id]
    assert chat.turn.person.screen.message_id == 900_004


def test_two_cries_that_come_again_keep_the_999_text_that_they_share(intake: Intake) -> None:
    """Both were dealt with before the bot died, and are met with one text when they come again."""
    chat = at(DirectChat(intake), "note")
    cries = [Incoming(8_000_000 + number, Came.TEXT, chat.id, 70 + number, "he has a knife") for number in (1, 2)]
    for cry in cries:
        chat.give(cry)
    before = chat.turn.person.screen.message_id
    deleted: list[int] = []
    for cry in cries:
        with intake.store.transaction() as transaction:
            said = intake.turn(transaction, cry, chat.turn.at, 900_005)
        deleted += [message_id for one in said for message_id in one.call.delete]
    assert deleted == [before]
    assert chat.turn.person.screen.message_id == 900_005


def test_somebody_elses_reference_and_none_at_all_answer_alike(intake: Intake) -> None:
    owner, other = at(DirectChat(intake), "saved"), at(DirectChat(intake), "worry")
    reference = record_of(owner).reference
    theirs = other.say(f"/records {reference}")
    nobodys = other.say("/records SW-00000")
    assert (theirs.text, theirs.buttons) == (nobodys.text, nobodys.buttons)
    assert other.turn.detail == ""
    assert reference in owner.say(f"/records {reference.lower()}")
    assert "none now" in other.say("/records")


def test_what_is_typed_after_records_is_not_kept(intake: Intake) -> None:
    chat = at(DirectChat(intake), "worry")
    chat.say("/records canary-quixotic")
    with intake.store.reading() as transaction:
        rows = transaction.connection.exec_driver_sql("SELECT view_detail FROM people").fetchall()
    assert "QUIXOTIC" not in str(rows).upper()


def test_an_addendum_joins_the_record_and_never_replaces_it(intake: Intake) -> None:
    chat = at(DirectChat(intake), "addendum")
    before = record_of(chat).content
    assert "may hold a name" in chat.say(NAMELIKE)
    screen = chat.say(HARMLESS)
    assert HARMLESS in screen
    assert record_of(chat).content == before


def test_the_record_is_the_only_message_that_may_be_copied(shared: RunningBot) -> None:
    phone = at(shared.newcomer(), "saved")
    phone.tap("Show the record", "Send it as text to keep")
    unprotected = [call for call in phone.calls("sendMessage") if call["parameters"].get("protect_content") != "true"]
    assert len(unprotected) == 1
    assert unprotected[0]["parameters"]["text"].startswith("Decision record SW-")
    assert "Send it as text to keep" in phone.screen.buttons, "the screen stands below what was sent"
    assert len(phone.readable()) == 2


def test_the_record_of_an_emergency_claims_only_the_words_that_were_shown(intake: Intake) -> None:
    """Later a reader must be able to trust that what stands under "Advice" was on the screen."""
    chat = DirectChat(intake)
    chat.say("/start", "/danger")
    shown = chat.screen.text
    chat.tap("I have rung 999")
    go_to(chat, "saved")
    kept = record_of(chat).content["shown"]
    assert kept["headline"] in shown
    assert kept["sentences"]
    assert all(sentence in shown for sentence in kept["sentences"])
    assert kept["add_ons"] == []


def test_the_record_of_an_emergency_says_who_and_what_it_was_about(intake: Intake) -> None:
    """REC-4, REC-7: asked after 999, since nothing was asked before."""
    chat = DirectChat(intake)
    chat.say("/start", "/danger")
    chat.tap("I have rung 999")
    answers = {"record_age": ("u12",), "record_worry": ("hurt", "neglect"), "record_who_did": ("home",)}
    go_to(chat, "saved", lambda question, options, walk: answers.get(question.id) or quiet(question, options, walk))
    content = record_of(chat).content
    assert content["outcome"] == "O1"
    worries = {line["question"]: line["answered"] for line in (*content["REC-4"], *content["REC-7"])}
    assert worries["record_age"] == ["A child under 12"]
    assert worries["record_worry"] == ["Not fed or not looked after", "Hit, hurt or marked"]
    assert worries["record_who_did"] == ["Lives with them, cares for or controls them"]


SHARED_AND = {"harm": ("significant",), "decision": ("shared",), "done": ("no_answer",)}
NOT_SHARED_THOUGH = {**SHARED_AND, "decision": ("not_shared",)}
SHARED_A_SMALLER_WORRY = {"harm": ("possible",), "decision": ("shared",)}


@pytest.mark.parametrize(
    ("answers", "reminded"), [(SHARED_AND, True), (NOT_SHARED_THOUGH, False), (SHARED_A_SMALLER_WORRY, False)]
)
def test_after_a_referral_the_saved_screen_says_to_ring_again(
    intake: Intake, answers: dict[str, tuple[str, ...]], reminded: bool
) -> None:
    """RF-3: a referral that nobody answers is not done. With a day to check on it, as for every decision."""
    chat = DirectChat(intake)
    chat.say("/start")
    screen = go_to(
        chat, "saved", lambda question, options, walk: answers.get(question.id) or quiet(question, options, walk)
    )
    assert ("No word in one working day? Ring again." in screen) is reminded
    assert "Look at it again on" in screen


# ---- what is remembered


def test_a_walk_outside_the_uk_is_not_remembered_for_the_next(intake: Intake) -> None:
    """The next person may be at home, with that nation's rules and numbers."""
    chat = DirectChat(intake)
    begin(chat, "saved", nation=("outside_uk",))
    assert chat.turn.profile.nation is None
    other = DirectChat(intake)
    begin(other, "saved", nation=("wal",))
    assert other.turn.profile.nation == "wal"


def test_role_and_body_can_be_changed_and_are_asked_again(intake: Intake) -> None:
    chat = at(DirectChat(intake), "saved")
    assert (chat.turn.profile.role, chat.turn.profile.body) != (None, None)
    chat.say("/where")
    chat.tap("Change my role or body")
    assert (chat.turn.profile.role, chat.turn.profile.body) == (None, None)
    chat.say("/start")
    go_to(chat, "record_role")
    assert chat.turn.walk.state == "record_role"


def test_role_told_in_this_walk_is_asked_again_at_once(intake: Intake) -> None:
    chat = DirectChat(intake)
    begin(chat, "note")
    assert "record_role" in chat.turn.walk.path
    chat.say("/where")
    chat.tap("Change my role or body")
    assert chat.turn.walk.state == "record_role"
