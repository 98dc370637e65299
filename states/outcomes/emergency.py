"""O1 and the other texts that must never fail: static, needing no edition, setting or store (INV-16)."""

from __future__ import annotations

from states.addons import AddOn
from states.facts import Facts
from states.inputs import Role
from states.outcomes.naming import not_own_lead
from states.outcomes.statement import FOOTING_CALL, Notice, Sentence, Statement, line
from states.references import RULE_REASONS
from states.text import say

RING_999 = line(say("Ring 999 now."), "EM-1")
SILENT_CALL = line(
    say("If you cannot speak: ring 999 on a mobile and press 55 when you are asked. Deaf: 18000."),
    "EM-1",
    "EM-2",
)
TELL_THEM_ALL = line(
    say("Tell them all they need. You do not need anyone's consent."), "X-5", "AD-8a", "GR1-2024", "LB-4"
)
THEN_LEAD = line(
    say("Then ring your safeguarding lead, or another senior person if it is about them or someone close to them."),
    *("EM-1", "EM-6", "LA-3"),
)
THEN_DEPUTY = line(say("Then ring the deputy lead or the next senior person."), "EM-1", "LA-3")
THEN_SOCIAL_CARE = line(
    say("Next ring social care, or its out-of-hours team. If no one answers, do not wait."),
    "EM-1",
    "EM-5",
    "EM-6",
)
STAY_SAFE = line(say("Keep yourself safe. We can write it down afterwards."), "REC-15")
NEXT_STEP = say("Now: ring 999 (outside the UK: 112). All else can wait.")
RECORD = say("When it is safe, write down what you saw, whom you told and when.")
REASON = (
    line(RULE_REASONS["R1"], "EM-1", "X-5"),
    line(say("In an emergency you may share all that is needed, and no consent is asked for."), "AD-8a", "LB-4"),
)


def _statement(then: tuple[Sentence, ...]) -> Statement:
    return Statement(
        headline=RING_999.text,
        sentences=(SILENT_CALL, TELL_THEM_ALL, *then, THEN_SOCIAL_CARE, STAY_SAFE),
        reason=REASON,
        next_step=NEXT_STEP,
        record=RECORD,
        footing=FOOTING_CALL,
        covers=frozenset({AddOn.LEAD, AddOn.RECORD}),
    )


EMERGENCY = _statement((THEN_LEAD,))
EMERGENCY_NOT_OWN_LEAD = _statement((THEN_DEPUTY,))
EMERGENCY_FOR_A_LEAD = _statement(())


def emergency_statement() -> Statement:
    """O1 from anywhere: static text that leaves before anything is saved (INV-1, INV-16)."""
    return EMERGENCY


def emergency_for(facts: Facts) -> Statement:
    """O1 at the end of a walk: one of three static texts, by who the lead is."""
    if not_own_lead(facts):
        return EMERGENCY_NOT_OWN_LEAD
    return EMERGENCY_FOR_A_LEAD if facts.user_role is Role.LEAD else EMERGENCY


def unsafe_to_ring() -> Notice:
    """What to do when they cannot ring safely."""
    return Notice(
        say("Get yourself safe first. Then use the way that fits."),
        (
            line(say("On a mobile: ring 999, say nothing, and press 55 when you are asked."), "EM-1", "EM-2"),
            line(say("That call does not show where you are. Give a place as soon as you can."), "EM-2"),
            line(say("Text 999 if your phone is signed up, or use 18000."), "EM-2"),
            line(say("Leave if you can, and ring from a shop, a neighbour or a quiet room."), "EM-1"),
            line(say("Ask someone you trust, who is not part of this, to ring 999 for you."), "EM-1", "GR5-2024"),
            line(say("Outside the UK, use 112 or the local emergency number."), "NAT-1"),
        ),
    )


def lead_unavailable() -> Notice:
    """ "Speak to my lead", with no lead known or none that answers (EM-6, INV-13, INV-24). Static."""
    return Notice(
        say("Do not wait for one person. Try the next."),
        (
            line(say("Try your safeguarding lead, then the deputy, then a senior manager."), "EM-6"),
            line(say("If it is about your lead, or someone close to them, do not go to them."), "INV-24", "LA-3"),
            line(
                say(
                    "If you reach no one, ring your council's social care team yourself "
                    "(Northern Ireland: your Health and Social Care Trust). Anyone may."
                ),
                *("EM-6", "EM-7"),
            ),
            line(
                say("Then tell the person you could not reach what you did, unless it is about them."), "EM-6", "LA-3"
            ),
            line(say("You can ask for advice without naming anyone. In danger, ring 999 first."), "GR3-2008", "EM-1"),
        ),
    )


def store_down() -> Notice:
    """What is said when nothing can be saved. Static (design: the store is down)."""
    return Notice(
        say("I cannot save anything just now."),
        (
            line(say("I may not have your last answer. Please say it again when I am back.")),
            line(say("If anyone is in danger, ring 999."), "EM-1"),
            line(
                say(
                    "For advice, ring your safeguarding lead, or another senior person if it is about them. "
                    "Or ring your council's social care team (Northern Ireland: your Health and Social Care Trust)."
                ),
                *("EM-6", "EM-7"),
            ),
            line(say("I will tell you here as soon as I am back.")),
        ),
    )
