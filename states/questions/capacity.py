"""Can they decide this for themselves, freely, now (AGE-1..5, AD-6, AD-8d)?"""

from states.inputs import NO, UNSURE, YES, Capacity
from states.question import Option, Question
from states.still_open import capacity_matters
from states.text import say

STAGE = "capacity"

CAPACITY = Question(
    id="capacity",
    stage=STAGE,
    text=say(
        "Can {decider} decide about this sharing for themselves, freely, now?\n"
        "If more than one fits, choose the first that fits."
    ),
    options=(
        Option(
            "pressed",
            say("Someone is pressing or scaring them"),
            {"capacity": Capacity.HAS, "coercion": YES},
        ),
        Option(
            "may_be_pressed",
            say("Someone may be pressing them; not sure"),
            {"capacity": Capacity.HAS, "coercion": UNSURE},
        ),
        Option(
            "lacks",
            say("No, they cannot decide this"),
            {"capacity": Capacity.LACKS, "coercion": NO},
        ),
        Option(
            "doubt",
            say("Not sure they can decide this"),
            {"capacity": Capacity.DOUBT, "coercion": NO},
        ),
        Option(
            "has",
            say("Yes, and nobody is pressing them"),
            {"capacity": Capacity.HAS, "coercion": NO},
        ),
    ),
    why=say(
        "A yes or a no counts only if it is their own and they understand it. "
        "Many young people can decide; it depends on this decision. An unwise choice is still a choice."
    ),
    rules=("AGE-1", "AGE-2", "AGE-4", "AD-6", "AD-8d"),
    needed=lambda here: capacity_matters(here.facts),
    help=say(
        "Can they understand what would be shared and why, keep it in mind, weigh it up, and tell you what they want? "
        "It is about this one decision, today. Get an interpreter or an advocate if one would help, "
        "never a family member who may be part of the risk."
    ),
)

QUESTIONS = (CAPACITY,)
