"""Walk + advice + decision -> the decision record, REC-1..15.

The record keeps the words that were shown, the edition they came from, and the history of changed answers, so that it
can be read years later without the program. It names nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from states.facts import Facts
from states.inputs import Body
from states.question import SAVE_NOW, SKIP, Answer, Here, Question
from states.questions.advice_given import ADVICE, CHECK
from states.questions.decision import departs
from states.references import RULE_REASONS, visible
from states.rules import O2, Outcome
from states.text import Text, say
from states.walk import Walk
from states.words import fill

Translate = Callable[[Text], str]

HEADINGS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("REC-2", say("When"), ("concern_when",)),
    ("REC-3", say("Who decided"), ("role", "record_role", "body", "record_body")),
    (
        "REC-4",
        say("The worry"),
        ("danger", "nation", "record_nation", "age", "worry", "sex_signs", "harm", "harm_again", "based_on"),
    ),
    (
        "REC-5",
        say("Their view, and telling"),
        ("consent", "informed", "ask_person", "tell_family", "grounds", "seen_alone", "family_told"),
    ),
    ("REC-6", say("Able and free to decide"), ("capacity", "capacity_basis")),
    ("REC-7", say("Others at risk"), ("who_did", "children", "could_be_harmed")),
    (
        "REC-8",
        say("Weighing it up"),
        ("safer", "risk", "wait", "weigh_risk", "weigh_safer", "weigh_trust", "weigh_wait"),
    ),
    ("REC-9", say("Decision"), ("decision", "departure")),
    (
        "REC-10",
        say("Sharing"),
        (
            *("for_whom", "asks", "legal", "identifiable", "confidential", "needs"),
            *("with_whom", "what_kinds", "how", "checks"),
        ),
    ),
    ("REC-11", say("Lead or advice"), ("lead_spoken",)),
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
    text: str
    content: Mapping[str, Any]


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


def make_record(
    walk: Walk,
    *,
    reference: str,
    started_at: datetime,
    made_at: datetime,
    local_time: Callable[[datetime], datetime],
    shown: Shown | None,
    note: str | None,
    history: Sequence[Changed],
    translate: Translate,
) -> Record:
    """The record of a finished walk, or of one that was stopped (then it is marked incomplete, INV-15).

    Moments are UTC; `local_time` turns them into the wall clock that the text shows. `shown` is None when the walk was
    stopped before any advice.
    """
    facts = walk.here.facts
    advice = walk.here.advice if shown is not None else None
    lines = {line.question: line for line in lines_of(walk, translate)}
    complete = walk.finished
    made_on = local_time(made_at).date()
    review = review_on(walk, made_on)
    cited = visible(advice.because, walk.here.edition.nation) if advice else ()
    content: dict[str, Any] = {
        "REC-1": reference,
        "REC-2": {"started_at": started_at.isoformat(), "made_at": made_at.isoformat()},
        "REC-3": facts.user_role.value if facts.user_role else None,
        "REC-12": {
            "edition": walk.here.edition.id,
            "rules": list(advice.rules) if advice else [],
            "because": list(cited),
            "suggested_basis": str(suggested_basis(facts, advice.outcome)) if advice else None,
        },
        "REC-13": review.isoformat() if review else None,
        "REC-15": walk.here.answered("entry", "danger") or walk.here.answered("danger", "yes", "unsure"),
        "status": "complete" if complete else "incomplete",
        "outcome": advice.outcome.value if advice else None,
        "add_ons": [add_on.value for add_on in advice.add_ons] if advice else [],
        "departs": departs(walk.here) if advice else False,
        "shown": asdict(shown) if shown else None,
        "answers": [asdict(line) for line in lines.values()],
        "history": [{**asdict(change), "at": change.at.isoformat()} for change in history],
        "note": note,
    }
    text = _text(
        walk, reference, started_at, made_at, local_time, shown, note, history, lines, cited, review, translate
    )
    content["text"] = text
    return Record(
        reference,
        walk.here.edition.id,
        advice.outcome.value if advice else "none",
        complete,
        review,
        text,
        content,
    )


def _clock(moment: datetime, local_time: Callable[[datetime], datetime]) -> str:
    return local_time(moment).strftime("%d %B %Y, %H:%M").lstrip("0")


def _text(
    walk: Walk,
    reference: str,
    started_at: datetime,
    made_at: datetime,
    local_time: Callable[[datetime], datetime],
    shown: Shown | None,
    note: str | None,
    history: Sequence[Changed],
    lines: Mapping[str, Line],
    cited: Sequence[str],
    review: date | None,
    translate: Translate,
) -> str:
    out: list[str] = []
    title = say("Decision record {reference}", reference=reference)
    if not walk.finished:
        title = say("Decision record {reference} (unfinished)", reference=reference)
    out += [
        translate(title),
        translate(say("Begun {moment}", moment=_clock(started_at, local_time))),
        translate(say("Made {moment}", moment=_clock(made_at, local_time))),
    ]
    if shown is not None:
        out += ["", translate(say("Advice")), shown.headline, *shown.sentences, *shown.add_ons]
        reasons = [RULE_REASONS[rule] for rule in walk.here.advice.rules if rule in RULE_REASONS]
        out += ["", translate(say("Why")), *(translate(reason) for reason in reasons), ", ".join(cited)]
        out += [translate(suggested_basis(walk.here.facts, walk.here.advice.outcome))]
    for _, heading, questions in HEADINGS:
        asked = [lines[id_] for id_ in questions if id_ in lines]
        if not asked:
            continue
        out += ["", translate(heading)]
        for line in asked:
            out.append(f"- {line.asked.splitlines()[0]} {'; '.join(line.answered)}")
    if review is not None:
        out.append(translate(say("Look again on {day}", day=review.strftime("%d %B %Y").lstrip("0"))))
    if note:
        out += ["", translate(say("Note")), note]
    if history:
        out += ["", translate(say("Answers that changed"))]
        for change in history:
            question = walk.flow.questions[change.question]
            asked = translate(fill(question.words(walk.here), walk.here)).splitlines()[0]
            before = "; ".join(change.answered)
            out.append(f"- {_clock(change.at, local_time)}: {asked} {before}")
    edition = walk.here.edition
    out += [
        "",
        translate(
            say(
                "Guidance: {title} ({id}), last reviewed {day}.",
                title=translate(edition.title),
                id=edition.id,
                day=edition.reviewed_on.strftime("%d %B %Y").lstrip("0"),
            )
        ),
        translate(say("This is guidance, not legal advice, and not a referral.")),
    ]
    return "\n".join(out)
