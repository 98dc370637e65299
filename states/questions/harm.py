"""Who may be causing harm, how serious it is, and whether a child in an adult's life is affected."""

from collections.abc import Mapping
from typing import Any

from states.inputs import NO, UNSURE, YES, AllegationWith, Harm
from states.question import Here, Kind, Option, Question
from states.text import Text, say

STAGE = "harm"


def _who_did_meaning(ticked: frozenset[str], here: Here) -> Mapping[str, Any]:
    """What is not ticked is a clear no, unless "I do not know" is ticked: then it is not sure (INV-7)."""
    rest = UNSURE if "unknown" in ticked else NO
    with_children, with_adults = "works_with_children" in ticked, "works_with_adults" in ticked
    allegation_with = None
    if with_children or with_adults:
        allegation_with = (
            AllegationWith.BOTH
            if with_children and with_adults
            else AllegationWith.CHILDREN
            if with_children
            else AllegationWith.ADULTS
        )
    return {
        "harmer_home": YES if "home" in ticked else rest,
        "allegation_worker": YES if allegation_with else rest,
        "allegation_with": allegation_with,
        "others_risk": YES if "others" in ticked else rest,
        "lead_conflict": YES if "lead" in ticked else NO,
    }


WHO_DID = Question(
    id="who_did",
    stage=STAGE,
    text=say("Whoever may be causing harm: what fits?\nTick all that fit."),
    options=(
        Option("home", say("Lives with them, cares for or controls them")),
        Option("works_with_children", say("Works or volunteers with children, anywhere")),
        Option("works_with_adults", say("Works with adults who need care, anywhere")),
        Option("lead", say("Is, or may be, my lead or someone close to my lead")),
        Option("others", say("Could seriously hurt somebody else too")),
        Option("unknown", say("I do not know who, or not sure of the rest")),
        Option("none", say("None of these, or nobody is causing harm"), exclusive=True),
    ),
    kind=Kind.MANY,
    means=_who_did_meaning,
    why=say(
        "If they live close by, telling the home could make things worse; if they work with others, "
        "more people may be at risk. If it is about your lead, I keep your lead out of it."
    ),
    rules=("NSC-1", "LA-1", "LA-3", "LA-4", "AD-8b", "AD-15"),
)

HARM_OPTIONS = (
    Option("significant", say("Serious harm has happened or is likely"), {"harm": Harm.SIGNIFICANT}),
    Option("possible", say("Harm is possible, or small worries add up"), {"harm": Harm.POSSIBLE}),
    Option("unsure", say("I am not sure"), {"harm": Harm.UNSURE}),
    Option("none", say("I have seen no sign of harm"), {"harm": Harm.NONE}),
)

WHAT_IS_SERIOUS = say(
    "Serious harm is harm that matters for their health, growth or safety. They are hit or hurt, or sexually abused. "
    "They are not fed or not looked after. They live with violence, or are frightened or put down again and again. "
    "It can be one event, or many small ones."
)


def _harm_text(here: Here) -> Text:
    if here.answers.get("entry") == ("mistake",):
        return say(
            "Think only of what you saw before you stopped reading. Does it show that somebody may be harmed? "
            "How serious is it, as far as you know today?\nYou do not need proof."
        )
    return say("How serious is it, as far as you know today?\nYou do not need proof.")


HARM = Question(
    id="harm",
    stage=STAGE,
    text=_harm_text,
    options=HARM_OPTIONS,
    why=say(
        "Serious harm to a child means ringing social care now. "
        "Less than that is still a reason to speak to your lead, and not sure counts."
    ),
    rules=("EM-4", "X-3", "GR3-2024"),
    needed=lambda here: here.facts.harm is not Harm.SIGNIFICANT,
    help=WHAT_IS_SERIOUS,
)

CHILDREN = Question(
    id="children",
    stage=STAGE,
    text=say("Does this adult care for, live with or see a child? If so, how is the child?"),
    options=(
        Option(
            "significant",
            say("Yes: serious harm has happened or is likely"),
            {"child_contact": YES, "child_harm": Harm.SIGNIFICANT},
        ),
        Option(
            "possible",
            say("Yes: harm is possible, or I am not sure"),
            {"child_contact": YES, "child_harm": Harm.POSSIBLE},
        ),
        Option(
            "none",
            say("Yes: I have seen no sign of harm"),
            {"child_contact": YES, "child_harm": Harm.NONE},
        ),
        Option(
            "unsure",
            say("Not sure if there is a child"),
            {"child_contact": UNSURE, "child_harm": Harm.UNSURE},
        ),
        Option("no", say("No child"), {"child_contact": NO, "child_harm": Harm.NONE}),
    ),
    why=say(
        "What happens to an adult often happens to the children around them. "
        "If a child may be harmed, the child comes first, whatever the adult wants."
    ),
    rules=("AD-13",),
    needed=lambda here: here.facts.adult and here.facts.child_harm is not Harm.SIGNIFICANT,
)

HARM_AGAIN = Question(
    id="harm_again",
    stage="proportionality",
    text=say("You say the risk is high. Then let us look again: how serious is it?"),
    options=HARM_OPTIONS,
    why=say("A high risk to a child and no sign of harm do not fit together. If you think again, I can advise better."),
    rules=("PF-1", "PF-7"),
    needed=lambda here: here.facts.child and here.answered("risk", "high"),
    help=WHAT_IS_SERIOUS,
)

QUESTIONS = (WHO_DID, HARM, CHILDREN)
