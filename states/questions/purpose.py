"""Could somebody be recognised from it, and is it private (KQ2, KQ3)?"""

from states.inputs import NO
from states.question import Question, yes_no_unsure
from states.still_open import privacy_matters
from states.text import say

STAGE = "purpose"

IDENTIFIABLE = Question(
    id="identifiable",
    stage=STAGE,
    text=say(
        "Could anyone work out who it is about?\n"
        "Think of small places, rare jobs or illnesses, and what others already know."
    ),
    options=yes_no_unsure("identifiable"),
    why=say("If nobody can be recognised, you may mostly share it with care. Small details can give people away."),
    rules=("KQ2", "CF-6"),
    needed=lambda here: privacy_matters(here.facts),
)

CONFIDENTIAL = Question(
    id="confidential",
    stage=STAGE,
    text=say("Is it private: something they would not expect you to pass on?"),
    options=yes_no_unsure("confidential"),
    why=say("What is already public, or was meant to be passed on, needs less care than what was told in trust."),
    rules=("KQ3", "CF-1", "CF-2", "CF-6"),
    needed=lambda here: here.facts.identifiable is not NO and privacy_matters(here.facts),
)

QUESTIONS = (IDENTIFIABLE, CONFIDENTIAL)
