"""Walk + advice + decision -> the decision record, REC-1..15.

The record keeps the words that were shown, the edition they came from, and the history of changed answers, so that it
can be read years later without the program. It names nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from states.facts import Facts
from states.following_up import FollowUp, follow_up_of
from states.inputs import Body
from states.question import SAVE_NOW, SKIP, Answer, Here, Question
from states.questions.advice_given import ADVICE, CHECK
from states.questions.decision import departs
from states.references import RULE_REASONS, visible
from states.rules import O2, Outcome
from states.text import Text, first_line, say
from states.walk import Walk
from states.words import fill

Translate = Callable[[Text], str]

HEADINGS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("REC-2", say("When"), ("concern_when",)),
    ("REC-3", say("Who decided"), ("role", "record_role", "body", "record_body")),
    (
        "REC-4",
        say("The worry"),
        (
            *("danger", "nation", "record_nation", "age", "record_age", "worry", "record_worry", "details"),
            *("harm", "harm_again", "based_on"),
        ),
    ),
    (
        "REC-5",
        say("Their view, and telling"),
        ("consent", "informed", "ask_person", "tell_family", "grounds", "seen_alone", "family_told"),
    ),
    ("REC-6", say("Able and free to decide"), ("capacity", "capacity_basis")),
    ("REC-7", say("Others at risk"), ("who_did", "record_who_did", "children", "could_be_harmed")),
    (
        "REC-8",
        say("Weighing it up"),
        ("safer", "risk", "weigh_risk", "weigh_safer", "weigh_trust", "weigh_wait"),
    ),
    ("REC-9", say("Decision"), ("decision", "departure")),
    (
        "REC-10",
        say("Sharing"),
        (
            *("for_whom", "asks", "legal", "identifiable", "confidential", "needs"),
            *("done", "with_whom", "what_kinds", "how", "checks"),
        ),
    ),
    ("REC-11", say("Lead or advice"), ("lead_spoken", "lead_who", "lead_then")),
    ("REC-13", say("Next"), ("wait_date", "review")),
)
"""Which answers stand under which heading of guidance 10.1; a test holds that every question stands somewhere."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question as it was asked and the answer as it was worded."""

    question: str
    asked: str
    answered: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the history: what was answered before, and when it changed (REC-14, INV-21)."""

    at: datetime
    question: str
    kind: str
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The advice as it was worded on the screen."""

    headline: str
    sentences: tuple[str, ...]
    add_ons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A decision record. `content` is all of it for the store; `text` is what people read and keep."""

    reference: str
    edition: str
    outcome: str
    complete: bool
    review_on: date | None
    follow_up: FollowUp | None
    text: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Making:
    """What a record needs beside the walk. Moments are UTC; `local` turns them into the wall clock that the text
    shows. `shown` is None when the walk was stopped before any advice."""

    reference: str
    started_at: datetime
    made_at: datetime
    local: Callable[[datetime], datetime]
    translate: Translate
    shown: Shown | None = None
    note: str | None = None
    history: Sequence[Changed] = ()

    def clock(self, moment: datetime) -> str:
        """A moment as people read it."""
        return self.local(moment).strftime("%d %B %Y, %H:%M").lstrip("0")


def lines_of(walk: Walk, translate: Translate) -> tuple[Line, ...]:
    """Every question asked on the way, with its answer, in the order they were asked."""
    lines = []
    here = walk.here
    for id_ in walk.path:
        question = walk.flow.questions[id_]
        if question.id in (ADVICE.id, CHECK.id):
            continue
        answer = here.answers[id_]
        lines.append(
            Line(id_, translate(fill(question.words(here), here)), words_of(question, answer, here, translate), answer)
        )
    return tuple(lines)


def chosen_labels(question: Question, answer: Answer, here: Here) -> tuple[Text, ...]:
    """The words of the options chosen; a note is only said to be there, an option that is no more is left out."""
    named = {option.id: option.label for option in question.all_options(here)}
    named[SKIP] = named[SAVE_NOW] = say("Skipped")
    return tuple(fill(named[id_], here) for id_ in answer if id_ in named)


def words_of(question: Question, answer: Answer, here: Here, translate: Translate) -> tuple[str, ...]:
    """The chosen options in the practitioner's language."""
    return tuple(translate(label) for label in chosen_labels(question, answer, here))


def review_on(walk: Walk, decided_on: date) -> date | None:
    """The day on which the practitioner looks again, from the options that count days (REC-13)."""
    for question in ("wait_date", "review"):
        answer = walk.answers.get(question, ())
        if answer and answer[0].isdigit():
            return decided_on + timedelta(days=int(answer[0]))
    return None


def suggested_basis(facts: Facts, outcome: Outcome) -> Text:
    """LB-2 and LB-6: a plain suggestion for the data protection lead, never a choice that the practitioner makes."""
    if outcome is O2:
        return say("Likely a legal duty; your data protection lead can confirm.")
    if facts.body is Body.LISTED:
        return say("Likely your public task; your data protection lead can confirm.")
    if facts.body is Body.OTHER:
        return say("Likely your legitimate interest in keeping people safe; your data protection lead can confirm.")
    return say("Likely public task or legitimate interest; your data protection lead can confirm.")


def make_record(walk: Walk, making: Making) -> Record:
    """The record of a finished walk, or of one that was stopped (then it is marked incomplete, INV-15)."""
    advice = walk.here.advice if making.shown is not None else None
    lines = {line.question: line for line in lines_of(walk, making.translate)}
    made_on = making.local(making.made_at).date()
    review = review_on(walk, made_on)
    follow_up = follow_up_of(walk)
    role = walk.here.facts.user_role
    content: dict[str, Any] = {
        **{id_: [asdict(lines[one]) for one in questions if one in lines] for id_, _, questions in HEADINGS},
        "REC-1": making.reference,
        "REC-12": {
            "edition": walk.here.edition.id,
            "rules": list(advice.rules) if advice else [],
            "because": list(visible(advice.because, walk.here.edition.nation)) if advice else [],
            "suggested_basis": str(suggested_basis(walk.here.facts, advice.outcome)) if advice else None,
        },
        "REC-14": [{**asdict(change), "at": change.at.isoformat()} for change in making.history],
        "REC-15": walk.here.answered("entry", "danger") or walk.here.answered("danger", "yes", "unsure"),
        "started_at": making.started_at.isoformat(),
        "made_at": making.made_at.isoformat(),
        "role": role.value if role else None,
        "review_on": review.isoformat() if review else None,
        "follow_up": follow_up.kept() if follow_up else None,
        "status": "complete" if walk.finished else "incomplete",
        "outcome": advice.outcome.value if advice else None,
        "add_ons": [add_on.value for add_on in advice.add_ons] if advice else [],
        "departs": departs(walk.here) if advice else False,
        "shown": asdict(making.shown) if making.shown else None,
        "answers": [asdict(line) for line in lines.values()],
        "note": making.note,
        "text": "\n".join(_text(walk, making, lines, review)),
    }
    return Record(
        reference=making.reference,
        edition=walk.here.edition.id,
        outcome=advice.outcome.value if advice else "none",
        complete=walk.finished,
        review_on=review,
        follow_up=follow_up,
        text=content["text"],
        content=content,
    )


def _text(walk: Walk, making: Making, lines: Mapping[str, Line], review: date | None) -> Iterator[str]:
    """The record's lines, each part after an empty one."""
    translate = making.translate
    if walk.finished:
        yield translate(say("Decision record {reference}", reference=making.reference))
    else:
        yield translate(say("Decision record {reference} (unfinished)", reference=making.reference))
    yield translate(say("Begun {moment}", moment=making.clock(making.started_at)))
    yield translate(say("Made {moment}", moment=making.clock(making.made_at)))
    if making.shown is not None:
        yield from _advised(walk, making, making.shown)
    for _, heading, questions in HEADINGS:
        asked = [lines[id_] for id_ in questions if id_ in lines]
        if asked:
            yield from ("", translate(heading))
            yield from (f"- {line.asked.splitlines()[0]} {'; '.join(line.answered)}" for line in asked)
    if review is not None:
        yield translate(say("Look again on {day}", day=_day(review)))
    if making.note:
        yield from ("", translate(say("Note")), making.note)
    if making.history:
        yield from ("", translate(say("Answers that changed")))
        yield from (translate(_changed(walk, making, change)) for change in making.history)
    edition = walk.here.edition
    yield ""
    yield translate(
        say(
            "{title} ({id}), last reviewed {day}.",
            title=edition.title,
            id=edition.id,
            day=_day(edition.reviewed_on),
        )
    )
    yield translate(say("This is guidance, not legal advice, and not a referral."))


def _advised(walk: Walk, making: Making, shown: Shown) -> Iterator[str]:
    advice, translate = walk.here.advice, making.translate
    yield from ("", translate(say("Advice")), shown.headline, *shown.sentences, *shown.add_ons)
    yield from ("", translate(say("Why")))
    yield from (translate(RULE_REASONS[rule]) for rule in advice.rules if rule in RULE_REASONS)
    if cited := visible(advice.because, walk.here.edition.nation):
        yield ", ".join(cited)
    yield translate(suggested_basis(walk.here.facts, advice.outcome))


def _changed(walk: Walk, making: Making, change: Changed) -> Text:
    moment, before = making.clock(change.at), "; ".join(change.answered)
    asked = first_line(fill(walk.flow.questions[change.question].words(walk.here), walk.here))
    if change.kind == "fell_away":
        return say("- {moment}: {asked} {before} (no longer applied)", moment=moment, asked=asked, before=before)
    return say("- {moment}: {asked} {before} (before the change)", moment=moment, asked=asked, before=before)


def _day(day: date) -> str:
    return day.strftime("%d %B %Y").lstrip("0")
