"""The questions that weigh sharing against not sharing (PF-1..5), and the route for an adult (needs)."""

from states.facts import SAID_NO
from states.inputs import NO, UNSURE, YES, Proportionality
from states.question import Here, Option, Question
from states.still_open import proportionality_matters, route_matters
from states.text import say

STAGE = "proportionality"

LEAD_HELPS = say("If you cannot answer, that is a reason to speak to your lead.")
NOT_LOW = {"prop": Proportionality.UNSURE}


def refusal_is_weighed(here: Here) -> bool:
    """They said no, and only the weighing can tell whether that can stand for now."""
    return proportionality_matters(here.told)


SAFER_TEXT = say(
    "If you share this, how much safer will {person} be?\n"
    "This is one of a few questions that weigh sharing against not sharing. {lead_helps}",
    lead_helps=LEAD_HELPS,
)
SAFER = Question(
    id="safer",
    stage=STAGE,
    text=SAFER_TEXT,
    options=(
        Option("clearly", say("Clearly safer"), {"prop": Proportionality.HIGH}),
        Option("a_little", say("A little"), NOT_LOW),
        Option("no_difference", say("No real difference"), NOT_LOW),
        Option("unsure", say("I cannot tell"), NOT_LOW),
    ),
    why=say(
        "They said no. Sharing against their wish is right only if it does enough good, "
        "so the gain is weighed against the harm."
    ),
    rules=("PF-3", "PF-8", "PF-9"),
    needed=refusal_is_weighed,
)

RISK = Question(
    id="risk",
    stage=STAGE,
    text=say("How much risk is {person} at, as far as you know?\nSeveral small worries can add up to a high one."),
    options=(
        Option("high", say("High"), NOT_LOW),
        Option("some", say("Some"), NOT_LOW),
        Option("low_now", say("Low, but it must be shared now"), NOT_LOW),
        Option("low_can_wait", say("Low, and it can wait until they agree"), {"prop": Proportionality.LOW}),
        Option("unsure", say("I cannot tell"), NOT_LOW),
    ),
    why=say(
        "The higher the risk, the less a no can stand in the way. If it is low and nothing is lost by waiting, "
        "they may come to agree, and trust stays whole."
    ),
    rules=("PF-1", "PF-5", "PF-7"),
    needed=lambda here: refusal_is_weighed(here) and not here.answered("safer", "clearly"),
)

NEEDS = Question(
    id="needs",
    stage=STAGE,
    text=say("Does {person} need care or support from day to day, whether or not they get it?"),
    options=(
        Option("yes", say("Yes"), {"needs": YES}),
        Option("unsure", say("Not sure"), {"needs": UNSURE}),
        Option("no", say("No"), {"needs": NO}),
    ),
    why=say(
        "Adult social care is there for people who need care or support. "
        "For others the police, a doctor or a domestic abuse service can do more."
    ),
    rules=("AD-3", "EM-11"),
    needed=lambda here: here.facts.consent not in SAID_NO and route_matters(here.told),
)

QUESTIONS = (SAFER, RISK, NEEDS)
