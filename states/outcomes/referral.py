"""O3 and O4: ring now. O3 where the family may not know yet, O4 where they may (R2, R3)."""

from __future__ import annotations

from states.addons import AddOn
from states.facts import Facts
from states.inputs import MAYBE, Age, Flag
from states.outcomes.naming import is_lead
from states.outcomes.statement import Draft, Sentence, line
from states.text import Text, say

RING_THEN_LEAD = say("Ring {childrens_service} now, then {lead}.")
RING = say("Ring {childrens_service} now.")

NO_CONSENT = line(
    say("You do not need consent: a child may be at risk of serious harm."),
    *("GR1-2024", "GR3-2024", "EXC-3", "BASE-1"),
)
KEEP_FROM_FAMILY = line(
    say("Do not tell the family, or the person who may have caused harm."), "NSC-1", "NSC-3", "RF-4"
)
TELL_IN_PRIVATE = line(
    say(
        "Tell {person} in private, if it is safe, what you will do. "
        "Do not promise to keep it secret, and do not question them."
    ),
    *("GR2-2024", "CF-5", "RF-6"),
)
ASK_WHAT_THE_MOTHER_MAY_KNOW = line(
    say("Ask them what the mother may be told, and when. Do not question anyone yourself."), "NSC-1", "RF-6"
)
ASK_WHAT_THE_ADULT_MAY_KNOW = line(
    say("Ask them what the adult may be told, and when. Do not question anyone yourself."), "NSC-1", "RF-6", "AD-13"
)
TELL_THE_ADULT_WHO_TOLD = line(
    say("Tell the adult who told you, in private if it is safe, what you will share and why. A no does not stop this."),
    *("GR2-2024", "AD-10", "AD-13"),
)
WARN_NO_ONE = line(
    say("Tell the police now of the planned attack. Warn no one who may be part of it."), "EM-3", "NSC-2", "EXC-3e"
)
TELL_BOTH = line(
    say(
        "Tell {person}, if it is safe, and the family what you will share, with whom and why. "
        "Listen. A no does not stop this."
    ),
    *("GR2-2024", "RF-4", "COM-7"),
)
TELL_PARENTS_TO_BE = line(
    say("Tell the family what you will share, with whom and why. Listen. A no does not stop this."),
    *("GR2-2024", "RF-4", "COM-7"),
)
NOT_THE_FAMILY_YET = line(
    say(
        "Do not tell the family before {childrens_service_short} or {lead_short} has advised. "
        "A no does not stop this call."
    ),
    *("INV-23", "RF-4"),
)
TELL_THE_CHILDS_CARERS = line(
    say(
        "Tell the child's parents or carers what you will share about the child, with whom and why. "
        "Listen. A no does not stop this."
    ),
    *("GR2-2024", "RF-4", "COM-7", "AD-13"),
)
IF_THEY_WANT_PARENTS_KEPT_OUT = line(
    say("If {person} can decide and does not want parents told, ask {childrens_service_short} or {lead_short} first."),
    *("INV-23", "AGE-5"),
)
TOLD_IN_CONFIDENCE = line(
    say(
        "Tell {person} what you will do. As they said no, do not tell parents or family before "
        "{childrens_service_short} or {lead_short} has advised. A no does not stop this call."
    ),
    *("INV-23", "AGE-5", "RF-4"),
)
SHARE_AND_WRITE = line(
    say("Share what keeps the child safe, and no more. Confirm it {written_confirmation}."),
    *("GR6-2024", "SH-2", "RF-1"),
)
SHARE_AND_WRITE_UNBORN = line(
    say("Share what keeps the baby safe, and no more. Confirm it {written_confirmation}."),
    *("GR6-2024", "SH-2", "RF-1"),
)
TELL_THE_POLICE = line(say("If it may be a crime, tell {non_urgent_police} too."), "EM-3", "EXC-3e", "SEX-1")
CALL_NOW = say("Now: make the call. No answer? Ring {out_of_hours}, or the police if waiting adds risk.")

BECAUSE_KEEP = line(
    say("If they hear of it now the risk may grow, so the service settles who is told, and when."),
    *("NSC-1", "NSC-6", "RF-4"),
)
BECAUSE_TELL = line(
    say("Being open keeps trust, and their safety still comes first."), *("GR1-2024", "GR2-2024", "RF-4")
)

CRIME_FLAGS = frozenset(
    {Flag.SERIOUS_CRIME, Flag.SEXUAL, Flag.FAMILY_SEXUAL, Flag.IMAGES, Flag.SLAVERY, Flag.FGM_KNOWN, Flag.FGM_RISK}
)


def _headline(facts: Facts) -> Text:
    return RING if is_lead(facts) else RING_THEN_LEAD


def _share(facts: Facts) -> Sentence:
    return SHARE_AND_WRITE_UNBORN if facts.age is Age.UNBORN else SHARE_AND_WRITE


def refer_and_keep_from_family(facts: Facts) -> Draft:
    """O3."""
    if Flag.PLANNED_ATTACK in facts.flags:
        tell = WARN_NO_ONE
    elif facts.adult and Flag.REACHES_CHILDREN in facts.flags:
        tell = TELL_THE_ADULT_WHO_TOLD
    elif facts.adult:
        tell = ASK_WHAT_THE_ADULT_MAY_KNOW
    elif facts.age is Age.UNBORN:
        tell = ASK_WHAT_THE_MOTHER_MAY_KNOW
    else:
        tell = TELL_IN_PRIVATE
    return Draft(
        headline=_headline(facts),
        sentences=(NO_CONSENT, KEEP_FROM_FAMILY, tell, _share(facts), TELL_THE_POLICE),
        next_step=CALL_NOW,
        because=BECAUSE_KEEP,
        covers=frozenset({AddOn.LEAD, AddOn.DONT_TELL}),
    )


def refer_and_tell(facts: Facts) -> Draft:
    """O4. A young person's confidence is kept from parents until somebody has advised (INV-23)."""
    covers = {AddOn.LEAD, AddOn.DONT_TELL if facts.in_confidence else AddOn.TELL}
    told: tuple[Sentence, ...]
    if facts.adult:
        told = (TELL_THE_CHILDS_CARERS,)
    elif facts.age is Age.UNBORN:
        told = (NOT_THE_FAMILY_YET if facts.in_confidence else TELL_PARENTS_TO_BE,)
    elif facts.in_confidence:
        told = (TOLD_IN_CONFIDENCE,)
    else:
        told = (TELL_BOTH, IF_THEY_WANT_PARENTS_KEPT_OUT)
    crime = (TELL_THE_POLICE,) if facts.flags & CRIME_FLAGS or facts.danger in MAYBE else ()
    return Draft(
        headline=_headline(facts),
        sentences=(NO_CONSENT, *told, _share(facts), *crime),
        next_step=CALL_NOW,
        because=BECAUSE_TELL,
        covers=frozenset(covers),
    )
