"""What comes before what the outcome would say: a planned attack goes to the police, a stray message is not read on."""

from __future__ import annotations

from states.addons import AddOn, may_tell
from states.facts import Facts
from states.inputs import Nation
from states.outcomes.statement import FOOTING_CALL, Draft, Sentence, line
from states.text import say

# A planned attack

POLICE_THEN_LEAD = say("Tell the police now, then {lead}.")
IF_SOON = line(say("If it may be soon, or you reach no one, ring {emergency_number}."), "EM-1", "EM-3")
NO_CONSENT = line(say("You need no consent for this. Do not wait for one."), "AD-8e", "EXC-3e", "GR4-2024")
WARN_NO_ONE = line(
    say("Tell no one else: not {person}, not the family, not anyone who may be part of it."), "NSC-2", "AD-8e"
)
DO_NOT_DIG = line(say("Do not question anyone or look for proof."), "RF-6")
NEXT_POLICE = say("Now: tell the police. Then tell {lead_short}, and no one else.")
BECAUSE_POLICE = line(
    say("Lives may depend on it, and a warning to the wrong person could cost them."), "AD-8e", "NSC-2"
)
RECORD_POLICE = say("Write down what you know, how you know it, whom you told and when.")


def police_now(facts: Facts) -> Draft:
    """A planned attack, whatever else is so: nobody is asked, nobody else is told (A-TERROR)."""
    return Draft(
        headline=POLICE_THEN_LEAD,
        sentences=(IF_SOON, NO_CONSENT, WARN_NO_ONE, DO_NOT_DIG),
        next_step=NEXT_POLICE,
        because=BECAUSE_POLICE,
        covers=frozenset({AddOn.LEAD, AddOn.DONT_TELL}),
        footing=FOOTING_CALL,
        record=RECORD_POLICE,
    )


# Sent by mistake

STOP_READING = say("Stop reading. Do not send it on or delete it. Tell your data protection lead now.")
CLOCK = line(say("They may have only 72 hours to act on it."), "A-MISTAKE")
NOT_THE_SENDER = line(
    say("Do not answer the sender with what it said, and tell no one else of it."), "SH-2", "GR6-2024"
)
LEAD_HEARS = line(
    say("Someone may come to harm, so today tell {lead}. No answer, and it gets worse? Ring {service}."),
    *("AD-2", "EM-6", "EM-11"),
)
WORRIED = line(say("Worried by what you saw, even a little? Today, speak to {lead}."), "GR4-2024", "KQ-b")
DANGER_FIRST = line(say("If it shows danger, act on that first: ring {emergency_number}."), "X-5", "EM-1")
NEXT_STOP = say("Now: tell your data protection lead, and leave it as it is.")
BECAUSE_STRAY = line(
    say("It came to you by mistake, so it is not yours to share. Your data protection lead acts on it."), "KQ-b", "SH-2"
)
RECORD_STRAY = say("Write down what came to you, from whom and when, and whom you told.")


def stop_reading(facts: Facts, nation: Nation) -> Draft:
    """Started by "I was sent something by mistake", and no outcome above O6: nothing to share, nobody to ask."""
    clock: tuple[Sentence, ...] = () if nation is Nation.OUTSIDE_UK else (CLOCK,)
    harm = facts.any_harm or facts.any_child_harm
    return Draft(
        headline=STOP_READING,
        sentences=(*clock, NOT_THE_SENDER, LEAD_HEARS if harm else WORRIED, DANGER_FIRST),
        next_step=NEXT_STOP,
        because=BECAUSE_STRAY,
        covers=frozenset({AddOn.MISTAKE, AddOn.LEAD} | (set() if may_tell(facts) else {AddOn.DONT_TELL})),
        footing=FOOTING_CALL,
        record=RECORD_STRAY,
    )
