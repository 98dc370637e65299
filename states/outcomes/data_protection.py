"""O12: someone asks for what is held; it goes to the data protection lead, who answers (R19)."""

from __future__ import annotations

from states.facts import Facts
from states.inputs import Asks
from states.outcomes.statement import Draft, line
from states.text import say

PASS_ON = say("Give nothing out yet. Pass this to your data protection lead today.")
WHO_ASKS = line(say("Check who asks, on a number or address that you found yourself."), "SH-5", "GR5-2024")
THEY_HAVE_RIGHTS = line(
    say("People have a right to ask for what is held about them. The time to answer runs from the day they asked."),
    *("SAR-1", "COM-7"),
)
PARENT_RIGHTS = line(
    say(
        "A parent has rights too. Check that they have parental responsibility, and that no court order limits it. "
        "The time to answer runs from the day they asked."
    ),
    *("SAR-1", "SH-5", "NSC-1"),
)
FAMILY_RIGHTS = line(
    say("Ask for their right to it in writing. A letter from a solicitor is not yet a yes from the person."),
    *("SH-5", "CON-5"),
)
SAY_ONLY = line(
    say("Say only that it will be dealt with. Do not say if you know the person or not."), "GR5-2024", "SH-1"
)
HELD_BACK = line(
    say("Some of it may be held back where it could cause serious harm. Your data protection lead judges that."),
    *("SAR-2", "SAR-3", "NSC-1"),
)
DANGER_TO_A_CHILD = line(
    say("If a child, or anyone, may be in danger, do not wait for that: go now to {lead}."),
    "GR1-2024",
    "EM-4",
    "GR4-2024",
)
NEXT_STEP = say("Today: pass it on, and note who asked, for what and when.")
BECAUSE = line(
    say("The person may have rights to it, others may be hurt by it, and your data protection lead weighs both."),
    *("SAR-1", "SAR-2", "SH-5"),
)


def pass_to_data_protection(facts: Facts) -> Draft:
    """O12: neither give it out nor refuse it."""
    rights = {
        Asks.THE_PERSON: (THEY_HAVE_RIGHTS, HELD_BACK),
        Asks.PARENT: (PARENT_RIGHTS, HELD_BACK),
        Asks.FAMILY_OR_SOLICITOR: (FAMILY_RIGHTS, SAY_ONLY),
    }
    spoken = rights.get(facts.asks, (SAY_ONLY,)) if facts.asks else (SAY_ONLY,)
    return Draft(
        headline=PASS_ON,
        sentences=(WHO_ASKS, *spoken, DANGER_TO_A_CHILD),
        next_step=NEXT_STEP,
        because=BECAUSE,
    )
