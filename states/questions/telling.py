"""Would it be safe for the family or household to know (NSC-1..9)?"""

from states.inputs import NO, UNSURE, YES
from states.question import Here, Option, Question, Route
from states.text import say

STAGE = "telling"


def child_at_significant_risk(here: Here) -> bool:
    return here.facts.child_at_significant_risk


def _could_be_told(here: Here) -> bool:
    """Asked where a child is concerned and nothing said so far already means that nobody must be told.

    An adult's family is not told without the adult; only a child at serious risk can make it a question at all.
    """
    facts = here.facts
    return facts.tell_family is None and (facts.child or facts.child_at_significant_risk)


TELL_FAMILY = Question(
    id="tell_family",
    stage=STAGE,
    text=say(
        "Would it be safe for the family or household to know that you will share this?\n"
        "Think: could someone be hurt, silenced or moved? Could it warn a suspect, or lose time?"
    ),
    options=(
        Option("yes", say("Safe"), {"tell_family": YES}),
        Option("no", say("Not safe"), {"tell_family": NO}),
        Option("unsure", say("Not sure"), {"tell_family": UNSURE}),
    ),
    why=say(
        "Families are told whenever that is safe. If telling could hurt someone or lose time, you do not tell them, "
        "and social care decides when."
    ),
    rules=("GR2-2024", "NSC-1", "NSC-2", "NSC-3", "NSC-6", "RF-4"),
    needed=_could_be_told,
    routes=(Route("advice", child_at_significant_risk, "a child at serious risk"),),
)

QUESTIONS = (TELL_FAMILY,)
