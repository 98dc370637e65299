"""One turn: what one update does to one chat, inside one transaction.

A Turn gathers what changes and writes it at its end; it does no I/O but through its transaction. What it shows is
chosen by `view`: "walk" for the walk itself, other names for the pages beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from bot.i18n import Translator, language_for, translator
from bot.local_time import local
from bot.screens.advice_screen import shown_advice
from bot.store import due, notes, people, records, walks
from bot.store.people import Person, ScreenShown
from bot.store.records import Addendum, RecordRow
from bot.store.transaction import Transaction
from bot.store.walks import Change, LogEntry, WalkRow
from bot.turns import later
from bot.turns.place import Place
from bot.turns.reference import is_taken, new_reference, of_own_call
from states.facts import Facts
from states.flow import Flow
from states.inputs import Body, Nation, Role
from states.question import Answer
from states.questions.advice_given import ADVICE
from states.questions.recording import NOTE, NOTE_WRITTEN
from states.record import Changed, Making, Record, make_record, words_of
from states.rules import O1
from states.text import Text, say
from states.walk import Walk

NOTE_WARNING = "note_warning"
PENDING_NOTE = "note.pending"
"""A note that waits for its writer to say that the name-like words in it are no names. Sealed like every note, and
gone as soon as the chat shows anything but that question, or the 999 that goes before it."""

AGAIN_OF = "again_of"
"""In a walk's log, beside its answers: the reference of the record that it goes through again."""

LONG_AWAY = timedelta(hours=4)
"""A walk that was left for so long goes on only after 999 was shown and danger asked again (INV-22)."""

HELP_NOW = ("emergency", "unsafe")
"""The views that say to ring 999."""

RETURNING = "returning"
"""The view that does so."""

OF_THE_WALK = ("walk", "where", "why", "meaning", "numbers", "what_to_say", "more", NOTE_WARNING)
"""Views that go on with the walk."""

BEFORE_999 = (*HELP_NOW, "lead", RETURNING)
"""Views that may stand before a note that waits, since 999 went before it."""

ASKING = ("ask_where", "ask_conflict", "ask_without", "ask_what", "go_round", "asked", "stop_asking")
"""Views on the way to a lead; a note that waits goes on waiting there too."""

REMINDER, CLOSED, REVIEW, TIDIED = "reminder", "closed", "review", "tidied"
FOLLOW_UP, ENDS = "follow_up", "ends"
LAST_MARK = "!"
"""In the detail of a review, behind a reference of which the bot does not remind again."""
UNASKED = (REMINDER, CLOSED, REVIEW, TIDIED, FOLLOW_UP, ENDS)
"""Views that the bot shows by itself. They hold nothing of the case, and a note that waits goes on waiting."""

DISAGREE = "disagree"
FOLLOWING = ("followed", "will_not", DISAGREE)
"""Views after an answer to a follow-up, or where somebody will not act. A note that waits goes on waiting there too."""

DANGER_SAID = "danger"
"""Detail of the note's question: it was danger words that stopped the note."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a turn must not take from the air: the flow, the bytes of chance, which worker it runs on, and what the bot
    is called in links to it. `trying_out`: on the pocket Telegram, which nobody reaches but whoever runs the bot."""

    flow: Flow
    random_bytes: Callable[[int], bytes]
    worker: str = "worker"
    bot_name: str = "sharewise_bot"
    trying_out: bool = False

    def new_id(self) -> str:
        """An id that nothing has yet."""
        return self.random_bytes(16).hex()


def rings_999(walk: Walk) -> bool:
    """Whether this walk's advice is to ring 999."""
    return walk.advised and walk.here.advice.outcome is O1


class Turn:
    """One chat's state while one update is dealt with."""

    def __init__(
        self, transaction: Transaction, surroundings: Surroundings, person: Person, at: datetime, name: str = ""
    ) -> None:
        """`name`: what the person calls themselves in Telegram."""
        self.transaction = transaction
        self.name = name
        self.surroundings = surroundings
        self.person = person
        self.at = at
        self.profile = person.profile
        place = Place.read(person.screen, surroundings.flow)
        self.seen = self._view = place.view
        self.detail, self.ticks = place.detail, place.ticks
        self.notice: Text | None = None
        self.kept = ""
        self.delete: list[int] = []
        self.forgotten = False
        self.row: WalkRow | None
        self.log: tuple[LogEntry, ...]
        self.row, self.log = walks.open_walk_with_log(transaction, person.id)
        self.walk = self._replayed(place.revisiting)

    # ---- what is so

    @property
    def view(self) -> str:
        """What the chat shows after this turn; `seen` is what it showed before.

        After a long pause the question about danger goes before anything of the walk, but not before 999 itself.
        """
        if not self.away or self._view not in OF_THE_WALK:
            return self._view
        at_999 = self._view == "walk" and self.walk.at_advice and rings_999(self.walk)
        return self._view if at_999 else RETURNING

    @property
    def away(self) -> bool:
        """Whether nothing was answered for so long that danger must be asked again (INV-22)."""
        return self.row is not None and self.at - self.row.updated_at >= LONG_AWAY and not self.walk.signposted

    @property
    def translate(self) -> Translator:
        return translator(language_for(self.profile.language))

    @property
    def reference(self) -> str:
        """The open walk's reference, "" where none is open."""
        return self.row.reference if self.row else ""

    @property
    def local_at(self) -> datetime:
        return local(self.at)

    @property
    def known(self) -> Facts:
        """What the profile tells about every walk of this practitioner."""
        profile = self.profile
        return Facts(
            nation=Nation(profile.nation) if profile.nation else None,
            body=Body(profile.body) if profile.body else None,
            user_role=Role(profile.role) if profile.role else None,
        )

    @property
    def again_of(self) -> str:
        """The reference of the record that the open walk goes through again, or ""."""
        return next((entry.value[0] for entry in self.log if entry.question == AGAIN_OF), "")

    def note(self) -> str | None:
        """The walk's note, if one was written."""
        return notes.of_walk(self.transaction, self.row.id).get(NOTE.id) if self.row else None

    def own_record(self, reference: str) -> RecordRow | None:
        """The record of this reference if it is this person's; somebody else's is as if there were none."""
        row = records.by_reference(self.transaction, reference)
        return row if row is not None and row.person_id == self.person.id else None

    def new_reference(self) -> str:
        """A reference that nothing has."""
        return new_reference(self.surroundings.random_bytes, partial(is_taken, self.transaction))

    # ---- what changes

    def show(self, view: str, detail: str = "") -> None:
        """Let the chat show this view from now on."""
        self._view, self.detail = view, detail

    def show_walk(self) -> None:
        """Let the chat show where the walk stands."""
        self.show("walk")

    def answer(self, question: str, answer: Answer) -> tuple[str, ...]:
        """Answer the present question and keep it. Gives the questions whose answers fell away.

        Raises AnswerRefusedError when it does not fit; then nothing has changed.
        """
        before = self.walk.answers.get(question)
        step = self.walk.answer(question, answer)
        changes = []
        if before is None:
            changes.append(Change("answered", question, list(answer)))
        elif before != answer:
            changes.append(Change("changed", question, list(answer)))
        changes += [Change("fell_away", gone) for gone in step.fell_away]
        if self.row is None:
            of_call = of_own_call(self.transaction, self.person.id, self.at - LONG_AWAY)
            self._open_row(answer, of_call or self.new_reference())
        self.walk = step.walk
        self._append(changes)
        if self.row and (NOTE.id in step.fell_away or (question == NOTE.id and NOTE_WRITTEN not in answer)):
            notes.remove(self.transaction, self.row.id, NOTE.id)
        self._moved()
        return step.fell_away

    def revisit(self, question: str) -> None:
        """Go to an earlier question. Raises AnswerRefusedError when it was not asked on the way here."""
        self.walk = self.walk.revisit(question)
        self._moved()

    def back(self) -> None:
        """One step back."""
        self.walk = self.walk.back()
        self._moved()

    def come_back(self) -> None:
        """Danger was asked again, and the walk goes on."""
        self._append([])

    def bring_back(self, reference: str, answers: Mapping[str, Answer]) -> None:
        """Begin a walk that goes through this record again, with these of its answers."""
        self._open_row(answers["entry"], self.new_reference())
        given = {AGAIN_OF: (reference,), **answers}
        self._append([Change("answered", question, list(answer)) for question, answer in given.items()])
        self.walk = self._replayed()
        self._moved()

    def stop(self, *, keep: bool) -> Record | None:
        """End the open walk; what was said is kept as an unfinished record, or not at all."""
        self.walk = self._replayed()  # as far as the answers lead: a question gone back to hides the later ones
        worth_keeping = len(self.walk.path) > 1 or self.walk.advised
        record = None
        if keep and self.row and worth_keeping:
            record = self._save_record()
            self._remember_profile()
        self._close("abandoned", kept=record is not None)
        return record

    def finish(self) -> Record:
        """Save the record of the walk that has come to its end."""
        record = self._save_record()
        self._remember_profile()
        self._close("finished", kept=True)
        return record

    def change_profile(self, **changes: str | bool | None) -> None:
        """Change what is remembered of this practitioner; the open walk follows."""
        self.profile = replace(self.profile, **changes)  # type: ignore[arg-type]
        people.save_profile(self.transaction, self.person.id, self.profile)
        self.walk = self._replayed(self.walk.revisiting)
        self.ticks = frozenset()

    def saved_screen(self, message_id: int | None) -> ScreenShown:
        """Write down what the chat shows from now on, under the next revision."""
        place = Place(self.view, self.detail, self.walk.revisiting, self.ticks)
        flow = self.surroundings.flow
        screen = ScreenShown(message_id, self.person.screen.revision + 1, self.view, place.written(flow))
        waits = (NOTE_WARNING, *BEFORE_999, *UNASKED, *ASKING, *FOLLOWING)
        if self.row and self.person.screen.view in waits and self.view not in waits:
            notes.remove(self.transaction, self.row.id, PENDING_NOTE)
        people.save_screen(self.transaction, self.person.id, screen)
        return screen

    # ---- how

    def _moved(self) -> None:
        self.ticks = frozenset()
        self.show_walk()

    def _replayed(self, revisiting: str | None = None) -> Walk:
        answers = {question: tuple(value) for question, value in walks.present_answers(self.log).items()}
        flow, today = self.surroundings.flow, self.local_at.date()
        known_answers = {question: answer for question, answer in answers.items() if question in flow.questions}
        return Walk.replay(flow, today, self.known, known_answers, revisiting).walk

    def _open_row(self, entry: Answer, reference: str) -> None:
        self.row = walks.open_walk(
            self.transaction,
            walk_id=self.surroundings.new_id(),
            person_id=self.person.id,
            reference=reference,
            edition=self.walk.here.edition.id,
            entry=entry[0],
            at=self.at,
        )
        later.walk_opened(self.transaction, self.row)

    def _append(self, changes: list[Change]) -> None:
        if self.row and (changes or self.away):
            was_away = self.away
            self.row, self.log = walks.append(self.transaction, self.row, self.log, changes, self.at)
            if was_away:
                later.walk_gone_on(self.transaction, self.row)

    def _remember_profile(self) -> None:
        """What was told is known from now on. Not before a walk's end: it could change advice already given."""
        told = self.walk.here.told
        changes: dict[str, str | None] = {}
        if told.nation not in (None, Nation.UNKNOWN, Nation.OUTSIDE_UK) and not self.profile.nation:
            changes["nation"] = str(told.nation)
        if told.user_role and not self.profile.role:
            changes["role"] = told.user_role.value
        if told.body and not self.profile.body:
            changes["body"] = told.body.value
        if changes:
            self.profile = replace(self.profile, **changes)  # type: ignore[arg-type]
            people.save_profile(self.transaction, self.person.id, self.profile)

    def _save_record(self) -> Record:
        if self.row is None:
            raise LookupError("there is no walk to record")
        making = Making(
            reference=self.row.reference,
            started_at=self.row.started_at,
            made_at=self.at,
            local=local,
            translate=self.translate,
            shown=shown_advice(self.walk, self.translate) if self.walk.advised else None,
            note=self.note() if NOTE_WRITTEN in self.walk.answers.get(NOTE.id, ()) else None,
            history=self._history(),
        )
        record = make_record(self.walk, making)
        records.save(
            self.transaction,
            RecordRow(
                reference=record.reference,
                walk_id=self.row.id,
                person_id=self.person.id,
                edition=record.edition,
                outcome=record.outcome,
                status="complete" if record.complete else "incomplete",
                made_at=self.at,
                content=record.content,
                kept_from=self.at,
            ),
        )
        later.record_saved(self.transaction, record, self.person.id, self.at, self.surroundings.new_id)
        if record.complete and self.own_record(self.again_of) is not None:
            self._looked_again(self.again_of, record)
        return record

    def _looked_again(self, before: str, record: Record) -> None:
        """The earlier record and this one name each other; what is still to be asked is asked of this one."""
        later.looked_again(self.transaction, before, self.at)
        if record.follow_up is not None:
            due.remove(self.transaction, later.FOLLOW_UP, before)
        for reference, words in (
            (before, say("Gone through again as {reference}.", reference=record.reference)),
            (record.reference, say("This goes through {reference} again.", reference=before)),
        ):
            text = self.translate(words)
            records.add_addendum(self.transaction, Addendum(self.surroundings.new_id(), reference, self.at, text))

    def _history(self) -> list[Changed]:
        """Answers that were changed or fell away: what each was before, and when that ended."""
        standing: dict[str, Answer] = {}
        history = []
        for entry in self.log:
            before = standing.pop(entry.question, None)
            if before is not None and entry.question != ADVICE.id and entry.question in self.walk.flow.questions:
                question = self.walk.flow.questions[entry.question]
                worded = words_of(question, before, self.walk.here, self.translate)
                history.append(Changed(entry.at, entry.question, entry.kind, worded))
            if entry.value is not None:
                standing[entry.question] = tuple(entry.value)
        return history

    def _close(self, status: Literal["finished", "abandoned"], *, kept: bool) -> None:
        """Close the open walk, if there is one; the chat then stands before a new one. What was said lives on in the
        record that was kept, or nowhere."""
        if self.row:
            notes.remove_all(self.transaction, self.row.id)
            if kept:
                walks.finish(self.transaction, self.row, self.at, status)
                walks.remove_log(self.transaction, self.row.id)
            else:
                walks.remove(self.transaction, self.row)
            later.walk_closed(self.transaction, self.row, self.at)
        self.row, self.log = None, ()
        self.ticks = frozenset()
        self.walk = self._replayed()
