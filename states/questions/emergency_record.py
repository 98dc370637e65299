"""What an emergency's record would lack: nothing was asked before 999, so it is asked afterwards (REC-4, REC-7).

The words are those of the questions before the advice; the answers set no fact and change no advice.
"""

from states.facts import Facts
from states.question import Condition, Here, Kind, Option, Question
from states.questions.harm import WHO_DID
from states.questions.person import AGE
from states.questions.worry import WORRY, WORRY_OPTIONS
from states.rules import O1
from states.text import say

STAGE = "record"
AGES = {option.id: option.sets["age"] for option in AGE.all_options(Here(Facts(), {}))}


def _emergency(here: Here) -> bool:
    return here.advice.outcome is O1


def _at_recorded_age(condition: Condition) -> Condition:
    """The condition, looked at with the age given for the record; where none was given, everything is offered."""

    def offered(here: Here) -> bool:
        age = AGES.get(here.answers.get("record_age", ("",))[0])
        return age is None or condition(Here(Facts(age=age), here.answers))

    return offered


RECORD_AGE = Question(
    id="record_age",
    stage=STAGE,
    text=say("Who is it about?"),
    options=tuple(Option(option.id, option.label) for option in AGE.all_options(Here(Facts(), {}))),
    why=say("Nothing was asked before 999. The record needs it now; the advice stays as it is."),
    rules=("REC-4", "AGE-8"),
    needed=_emergency,
    optional=True,
)

RECORD_WORRY = Question(
    id="record_worry",
    stage=STAGE,
    text=say("What was the worry?\nTick all that fit."),
    options=tuple(
        Option(option.id, option.label, offered=_at_recorded_age(option.offered), exclusive=option.exclusive)
        for option in WORRY_OPTIONS
        if option.id != "none"
    ),
    kind=Kind.MANY,
    why=RECORD_AGE.why,
    rules=("REC-4",),
    needed=_emergency,
    optional=True,
    help=WORRY.help,
)

RECORD_WHO_DID = Question(
    id="record_who_did",
    stage=STAGE,
    text=WHO_DID.text,
    options=WHO_DID.options,
    kind=Kind.MANY,
    why=say("Others may be at risk from the same person. The record says what was known of them, never who it was."),
    rules=("REC-7",),
    needed=_emergency,
    optional=True,
)

QUESTIONS = (RECORD_AGE, RECORD_WORRY, RECORD_WHO_DID)
