"""What the practitioner decides. The advice is the bot's; the decision is theirs (REC-9, REC-13)."""

from states.question import Here, Option, Question
from states.rules import O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, O12, Outcome
from states.text import Text, say

STAGE = "decision"

SHARED, NOT_SHARED, WAIT_UNTIL, ASK_LEAD = "shared", "not_shared", "wait_until", "ask_lead"

FOLLOWS_ADVICE: dict[Outcome, frozenset[str]] = {
    O1: frozenset({SHARED}),
    O2: frozenset({SHARED, ASK_LEAD}),
    O3: frozenset({SHARED}),
    O4: frozenset({SHARED}),
    O5: frozenset({SHARED, ASK_LEAD}),
    O6: frozenset({SHARED, ASK_LEAD}),
    O7: frozenset({WAIT_UNTIL, ASK_LEAD}),
    O8: frozenset({SHARED, NOT_SHARED, ASK_LEAD}),
    O9: frozenset({NOT_SHARED, WAIT_UNTIL, ASK_LEAD}),
    O10: frozenset({NOT_SHARED, ASK_LEAD}),
    O11: frozenset({SHARED, ASK_LEAD}),
    O12: frozenset({NOT_SHARED, WAIT_UNTIL, ASK_LEAD}),
}
"""The decisions that are in line with each outcome; every other one needs a reason on the record."""


def departs(here: Here) -> bool:
    """Whether the decision differs from the advice, so that the record needs the reason."""
    decision = here.answers.get("decision", ("",))[0]
    return bool(decision) and decision not in FOLLOWS_ADVICE[here.advice.outcome]


def _decision_text(here: Here) -> Text:
    if here.advice.outcome is O1:
        return say("What have you done, or what will you do now?")
    return say("What have you decided?\nThe advice is mine; the decision is yours. Both go on the record.")


def _decision_options(here: Here) -> tuple[Option, ...]:
    """The same four everywhere; where the advice is to ask them, or to pass a request on, two are worded after it."""
    outcome = here.advice.outcome
    not_shared = say("I give nothing out and pass it on") if outcome is O12 else say("I do not share it")
    wait = say("I ask them first, and look again on a date") if outcome is O7 else say("I wait until a date")
    return (
        Option(SHARED, say("I share it, or have shared it")),
        Option(NOT_SHARED, not_shared),
        Option(WAIT_UNTIL, wait),
        Option(ASK_LEAD, say("I ask my lead first")),
    )


DECISION = Question(
    id="decision",
    stage=STAGE,
    text=_decision_text,
    options=_decision_options,
    why=say("A decision not to share counts as much as one to share. Later you can show what you decided, and why."),
    rules=("GR7-2024", "REC-9"),
    renewed_by_advice=True,
)

DEPARTURE = Question(
    id="departure",
    stage=STAGE,
    text=say("That differs from the advice. What is your main reason?"),
    options=(
        Option("new_information", say("I know something the questions did not ask")),
        Option("lead_advised", say("My lead or manager advised it")),
        Option("their_wish", say("What the person wants")),
        Option("less_risk", say("I see less risk")),
        Option("more_risk", say("I see more risk")),
        Option("nobody_reached", say("I could not reach anyone; I keep trying")),
        Option("already_known", say("The right people already know")),
        Option("other", say("Another reason; I will write it down")),
    ),
    why=say("You may well be right. A reason written now is worth more than one remembered later."),
    rules=("GR7-2024", "REC-9"),
    needed=departs,
    renewed_by_advice=True,
)

DONE = Question(
    id="done",
    stage=STAGE,
    text=say("Is it done?"),
    options=(
        Option("just_now", say("Yes, just now")),
        Option("earlier", say("Yes, earlier")),
        Option("today", say("Not yet, I do it today")),
        Option("no_answer", say("I could not get through")),
    ),
    why=say("Readers later must know whether it was shared, or only meant to be."),
    rules=("REC-10", "REC-2"),
    needed=lambda here: here.answered("decision", SHARED),
    renewed_by_advice=True,
)

DATES = (
    Option("1", say("Tomorrow")),
    Option("3", say("In 3 days")),
    Option("7", say("In a week")),
    Option("14", say("In 2 weeks")),
    Option("30", say("In a month")),
)
"""Option ids are whole days from the day of the decision; the shell turns them into a date."""


def _wait_text(here: Here) -> Text:
    if here.advice.outcome is O7:
        return say("When will you look at this again?\nIf anything changes before then, start again at once.")
    return say("Until when will you wait?\nIf anything changes before then, start again at once.")


WAIT_DATE = Question(
    id="wait_date",
    stage=STAGE,
    text=_wait_text,
    options=DATES,
    why=say("Waiting is safe only with a day on which you look again."),
    rules=("PF-5", "REC-13"),
    needed=lambda here: here.answered("decision", WAIT_UNTIL),
    renewed_by_advice=True,
)


def _review_text(here: Here) -> Text:
    if here.answered("decision", SHARED):
        return say("When will you check that they are acting?")
    return say("When will you look at this again?")


REVIEW = Question(
    id="review",
    stage=STAGE,
    text=_review_text,
    options=DATES,
    why=say("Worries that nobody looks at again get lost. A date keeps this one alive."),
    rules=("REC-13", "RF-3", "AD-9"),
    needed=lambda here: here.answered("decision", SHARED, NOT_SHARED, ASK_LEAD),
    renewed_by_advice=True,
)

QUESTIONS = (DECISION, DEPARTURE, DONE, WAIT_DATE, REVIEW)
