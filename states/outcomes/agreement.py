"""O6 to O10: share as agreed, seek agreement, share with care, respect a no, do not share."""

from __future__ import annotations

from states.addons import AddOn, may_tell
from states.facts import Facts
from states.inputs import MAYBE, NO, YES, Age, Capacity, ConsentBy, Harm, Recipient
from states.outcomes.naming import decided_alone
from states.outcomes.statement import Draft, Sentence, line
from states.text import say

TELL_LEAD_TODAY = line(
    say("Someone may come to harm, so today tell {lead}. No answer, and it gets worse? Ring {service}."),
    *("AD-2", "EM-6", "EM-11"),
)
NOT_THE_ACCUSED = line(say("Do not tell or question the person who may have done harm."), "LA-4")
NOT_THE_FAMILY = line(say("A yes to this is no yes to telling the family: do not tell them."), "CON-5", "NSC-1")
BUT_A_PARENT_AGREED = line(
    say(
        "You said it may not be safe for the family to know, yet a parent agreed: "
        "speak to {lead_short} before you share."
    ),
    *("NSC-1", "CON-3", "GR4-2024"),
)
THE_FAMILY_ONLY_IF_AGREED = line(say("Tell the family only if that was agreed too."), "CON-5", "AD-1")

# O6

SHARE_AGREED = say("You may share what was agreed, and only that.")
SHARE_AGREED_TODAY = say("Share what was agreed today, and only that.")
ONLY_AS_AGREED = line(say("Only those facts, only those people, only that reason."), "CON-5", "GR4-2008", "KQ4")
STILL_A_YES = line(
    say(
        "Check your notes: did {decider} know what it means, and is the yes still free? "
        "It can be taken back. In doubt, stop and speak to {lead_short}."
    ),
    *("CON-1", "CON-3", "CON-4"),
)
SEND_SAFELY = line(say("Check who gets it, keep to the facts and send it safely."), "SH-5", "SH-4", "SH-6")
NEXT_SHARE = say("In the next few days: share it, and note what, with whom and why.")
NEXT_SHARE_TODAY = say("Today: share it, and note what, with whom and why.")
BECAUSE_AGREED = line(
    say("A free and clear yes lets you share, as far as that yes goes."), "GR4-2008", "CON-1", "CON-5"
)


def share_as_agreed(facts: Facts) -> Draft:
    """O6; today where the harm is serious."""
    serious = facts.harm is Harm.SIGNIFICANT
    harm = (TELL_LEAD_TODAY,) if facts.any_harm else ()
    accused = (NOT_THE_ACCUSED,) if facts.allegation_worker in MAYBE else ()
    if facts.consent_by is ConsentBy.PARENT and facts.tell_family is NO:
        family = BUT_A_PARENT_AGREED
    else:
        family = THE_FAMILY_ONLY_IF_AGREED if may_tell(facts) else NOT_THE_FAMILY
    return Draft(
        headline=SHARE_AGREED_TODAY if serious else SHARE_AGREED,
        sentences=(ONLY_AS_AGREED, STILL_A_YES, SEND_SAFELY, family, *accused, *harm),
        next_step=NEXT_SHARE_TODAY if serious else NEXT_SHARE,
        because=BECAUSE_AGREED,
        covers=frozenset(
            {AddOn.TELL if may_tell(facts) else AddOn.DONT_TELL} | ({AddOn.LEAD} if facts.any_harm else set())
        ),
    )


# O7

ASK_FIRST = say("Speak to {person} alone, and ask if you may share this.")
ASK_FIRST_TODAY = say("Today, speak to {person} alone, and ask if you may share this.")
ASK_THE_MOTHER = say("Speak to the mother alone, and ask if you may share this.")
EXPLAIN = line(
    say("Say what you would share, with whom and why, and what may follow if you do or do not."), "CON-1", "GR2-2008"
)
FREE_CHOICE = line(say("Do not press. They are free to say no, and silence is not a yes."), "CON-3", "CON-2")
HONEST = line(say("First think: what would you do if they say no? Tell them that too."), "CON-7", "X-2", "GR2-2008")
STOP_IF_UNSAFE = line(
    say("If it turns out not to be safe to ask, stop and speak to {lead_short}."), "NSC-1", "GR4-2024"
)
PARENT_DECIDES_TOO = line(
    say("If {person} cannot decide this alone, ask someone with parental responsibility too."), "AGE-3", "AGE-4"
)
WHO_MAY_DECIDE = line(
    say("If {person} cannot decide this alone, ask {lead_short} who may. Leave the family out of it for now."),
    *("AGE-4", "NSC-1"),
)
SOCIAL_WORKER_DECIDES = line(say("The council cares for this child: ask their social worker too."), "AGE-7", "CON-1")
LEAVE_THE_FAMILY_OUT = line(say("Do not bring the family into it."), "NSC-1", "GR5-2024")
FAMILY_IF_THEY_AGREE = line(say("Ask who in the family may know."), "AD-1", "GR2-2008")
NEXT_ASK = say("In the next few days: speak to them, then come back and go on from here.")
NEXT_ASK_TODAY = say("Today: speak to them, then come back and go on from here.")
BECAUSE_ASK = line(
    say("They should have a fair chance to choose, and it is safe to ask them alone."), "GR2-2008", "GR4-2008", "X-2"
)


def seek_agreement(facts: Facts) -> Draft:
    """O7, only where the person can safely be asked alone (INV-3); today where the harm is serious."""
    serious = facts.harm is Harm.SIGNIFICANT
    ask = ASK_FIRST_TODAY if serious else ASK_FIRST
    family_may_know = may_tell(facts)
    sentences: list[Sentence] = [EXPLAIN, FREE_CHOICE, HONEST]
    covers = {AddOn.TELL if family_may_know else AddOn.DONT_TELL}
    if facts.adult or facts.age is Age.UNBORN or facts.capacity is Capacity.HAS:
        sentences.append(FAMILY_IF_THEY_AGREE if family_may_know else LEAVE_THE_FAMILY_OUT)
    elif facts.consent_by is ConsentBy.LOCAL_AUTHORITY:
        sentences += [SOCIAL_WORKER_DECIDES, *(() if family_may_know else (LEAVE_THE_FAMILY_OUT,))]
        covers -= {AddOn.TELL}
    else:
        sentences.append(PARENT_DECIDES_TOO if family_may_know else WHO_MAY_DECIDE)
    if facts.any_harm:
        sentences.append(TELL_LEAD_TODAY)
        covers.add(AddOn.LEAD)
    return Draft(
        headline=ASK_THE_MOTHER if facts.age is Age.UNBORN else ask,
        sentences=(*sentences, STOP_IF_UNSAFE),
        next_step=NEXT_ASK_TODAY if serious else NEXT_ASK,
        because=BECAUSE_ASK,
        covers=frozenset(covers),
    )


# O8

MAY_SHARE = say("You may share this, with care.")
CHECK_NO_NAMES = line(
    say("Check that no one could work out who it is, even from small facts put side by side."), "KQ2", "CF-6"
)
NOT_PRIVATE = line(say("It is not private, but it is still about someone."), "KQ3", "CF-6")
STILL_WITH_CARE = line(
    say("Share only what is needed and true, with people who need it, and send it safely."),
    *("CF-6", "GR6-2008", "SH-1", "SH-3", "SH-6"),
)
COME_BACK = line(
    say("If you start to worry, or it starts to point to someone, come back here first."), "KQ-b", "GR5-2008"
)
NEXT_WITH_CARE = say("In the next few days: share it when you have checked it.")
BECAUSE_CARE = line(say("Even then, need, truth and care still count."), "CF-6", "GR6-2008")


def share_with_care(facts: Facts) -> Draft:
    """O8."""
    check = (
        *((CHECK_NO_NAMES,) if facts.identifiable is NO else ()),
        *((NOT_PRIVATE,) if facts.confidential is NO else ()),
    )
    return Draft(
        headline=MAY_SHARE,
        sentences=(*check, STILL_WITH_CARE, COME_BACK),
        next_step=NEXT_WITH_CARE,
        because=BECAUSE_CARE,
    )


# O9

RESPECT = say("For now, respect the answer: do not share this outside your organisation.")
RESPECT_FROM_FAMILY = say("For now, respect what the young person said: do not tell the family.")
DECIDED_ALONE = line(
    say("From your answers, {person} made their own choice, and you saw no risk that outweighs it."),
    "AD-9",
    "AGE-5",
    "KQ5",
)
DECIDED_BY = line(
    say("From your answers, {decider} {said_no}, and you saw no risk that outweighs it."), "GR4-2008", "KQ5"
)
MAY_NOT_DECIDE = line(
    say("It may be that {person} cannot decide this: ask {lead_short} who may."), "AGE-3", "AGE-4", "GR4-2024"
)
LEAD_MAY_DIFFER = line(say("Today, tell {lead}. They may see it differently."), "AD-2", "GR4-2024", "GR3-2008")
STAY_CLOSE = line(
    say("Talk through the risks, offer help, and agree a day to look at it again."), "AD-9", "CON-8", "PF-5"
)
STAY_CLOSE_WHEN_SAFE = line(
    say("When you can speak alone and safely, talk through the risks, offer help and set a day to look again."),
    *("AD-9", "NSC-1", "PF-5"),
)
LEAVE_THE_FAMILY = line(say("Do not tell the family."), "NSC-1", "AGE-5")
IF_IT_CHANGES = line(
    say("If anything changes, or you feel uneasy, start again: that feeling counts."), "GR7-2024", "PF-1", "KQ-b"
)
NEXT_RESPECT = say("Today: tell {lead_short}. Then set a day within two weeks to look again.")
CANNOT_OR_UNSURE = frozenset({Capacity.LACKS, Capacity.DOUBT})
BECAUSE_RESPECT = line(
    say("Their choice counts, and help they trust can do more than going past them."), "GR4-2008", "PF-4", "AD-9"
)


def respect_the_no(facts: Facts) -> Draft:
    """O9. It closes nothing: the lead hears today, and there is a day to look again (AD-9)."""
    from_family = facts.child and facts.recipient is Recipient.FAMILY
    unable = facts.child and facts.consent_by in (None, ConsentBy.PERSON) and facts.capacity in CANNOT_OR_UNSURE
    keep = (LEAVE_THE_FAMILY,) if not may_tell(facts) and not from_family else ()
    return Draft(
        headline=RESPECT_FROM_FAMILY if from_family else RESPECT,
        sentences=(
            DECIDED_ALONE if decided_alone(facts) else DECIDED_BY,
            *((MAY_NOT_DECIDE,) if unable else ()),
            LEAD_MAY_DIFFER,
            STAY_CLOSE if facts.ask_person is YES else STAY_CLOSE_WHEN_SAFE,
            *keep,
            IF_IT_CHANGES,
        ),
        next_step=NEXT_RESPECT,
        because=BECAUSE_RESPECT,
        covers=frozenset({AddOn.LEAD} | (set() if may_tell(facts) else {AddOn.DONT_TELL})),
    )


# O10

NOT_YET = say("Do not share this yet: you have no clear reason to.")
NO_REASON = line(say("Sharing needs a reason that you could say out loud to the person."), "KQ1", "GR2-2008")
WORRIED_ANYWAY = line(
    say("Worried all the same, even a little? Go back to the question on harm, or speak to {lead}."),
    *("KQ-b", "GR4-2024", "GR3-2008"),
)
REASON_COMES_UP = line(say("If a reason comes up, come back and start again."), "KQ1", "GR7-2024")
NEXT_NOT_YET = say("If any worry stays: ask for advice today.")
BECAUSE_NO_REASON = line(say("A clear reason is the first thing that sharing needs."), "KQ1", "GR6-2008")


def not_without_a_reason(facts: Facts) -> Draft:
    """O10; never the last word where there is any worry."""
    return Draft(
        headline=NOT_YET,
        sentences=(NO_REASON, WORRIED_ANYWAY, REASON_COMES_UP),
        next_step=NEXT_NOT_YET,
        because=BECAUSE_NO_REASON,
    )
