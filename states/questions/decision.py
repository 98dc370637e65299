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


DECISION = Question(
    id="decision",
    stage=STAGE,
    text=_decision_text,
    options=(
        Option(SHARED, say("I share it, or have shared it")),
        Option(NOT_SHARED, say("I do not share it")),
        Option(WAIT_UNTIL, say("I wait until a date")),
        Option(ASK_LEAD, say("I ask my lead first")),
    ),
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

DATES = (
    Option("1", say("Tomorrow")),
    Option("3", say("In 3 days")),
    Option("7", say("In a week")),
    Option("14", say("In 2 weeks")),
    Option("30", say("In a month")),
)
"""Option ids are whole days from the day of the decision; the shell turns them into a date."""

WAIT_DATE = Question(
    id="wait_date",
    stage=STAGE,
    text=say("Until when will you wait?\nIf anything changes before then, start again at once."),
    options=DATES,
    why=say("Waiting is safe only with a day on which you look again."),
    rules=("PF-5", "REC-13"),
    needed=lambda here: here.answered("decision", WAIT_UNTIL),
    renewed_by_advice=True,
)

REVIEW = Question(
    id="review",
    stage=STAGE,
    text=say("When will you look at this again?"),
    options=DATES,
    why=say("Worries that nobody looks at again get lost. A date keeps this one alive."),
    rules=("REC-13", "AD-9"),
    needed=lambda here: here.answered("decision", NOT_SHARED, ASK_LEAD),
    renewed_by_advice=True,
)

QUESTIONS = (DECISION, DEPARTURE, WAIT_DATE, REVIEW)
