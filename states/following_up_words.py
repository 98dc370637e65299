"""What to do after each answer to "did you?" and "have you heard back?", with its rules (RF-1 to RF-3)."""

from __future__ import annotations

from collections.abc import Mapping

from states.escalation import Urgency
from states.following_up import Asked, FollowUp, Reason, Reply
from states.outcomes.statement import Notice, Sentence, line
from states.text import Text, say

QUESTIONS: Mapping[Asked, Text] = {
    Asked.RING: say("{reference}: you said you would ring. Did you?"),
    Asked.SHARE: say("{reference}: you said you would pass it on. Did you?"),
    Asked.LEAD: say("{reference}: you said you would ask your lead. Did you?"),
    Asked.HEARD: say("{reference}: have they answered you?"),
}
"""It lights up a phone that others may see: a reference, and nothing of the case."""

LABELS: Mapping[Reply, Text] = {
    Reply.YES: say("Yes, it is done"),
    Reply.NOT_YET: say("Not yet"),
    Reply.WILL_NOT: say("I will not do it"),
    Reply.HEARD: say("Yes, they have"),
    Reply.NOT_HEARD: say("No, not yet"),
    Reply.REFUSED: say("They will not act"),
    Reply.NOT_NEEDED: say("It is no longer needed"),
}

REASON_LABELS: Mapping[Reason, Text] = {
    Reason.KNOWN: say("The right people already know"),
    Reason.ADVISED: say("My lead or manager advised it"),
    Reason.WISH: say("What the person wants"),
    Reason.LESS: say("I see less risk"),
    Reason.OTHER: say("Another reason; I will write it down"),
}
"""The words are those of the question why a decision differs from the advice."""

KEPT: Mapping[Reply, Text] = {
    Reply.YES: say("Asked whether it was done: yes."),
    Reply.NOT_YET: say("Asked whether it was done: not yet."),
    Reply.WILL_NOT: say("Asked whether it was done: it will not be. Reason: {reason}."),
    Reply.HEARD: say("Asked whether they have answered: yes."),
    Reply.NOT_HEARD: say("Asked whether they have answered: not yet."),
    Reply.REFUSED: say("Asked whether they have answered: they will not act."),
    Reply.NOT_NEEDED: say("Asked whether they have answered: it is no longer needed."),
}
"""What is added to the record (REC-11, REC-13, REC-14)."""

AFTER_ALL = say("It will be done after all.")
"""Is added too, where it was said before that it would not be."""

IN_WRITING = line(
    say("Confirm it in writing today, within 24 hours at the latest. Your local rule may be shorter."), "RF-1"
)
HEAR_BACK = line(say("If you hear nothing in one working day, ring again. I ask you then."), "RF-2", "RF-3")
IN_DANGER = line(say("If anyone is in danger now, ring 999 first."), "EM-1")
NOT_THERE = line(
    say("If nobody answers, ring the out-of-hours team, or the police. You need not wait for your lead."),
    *("EM-5", "EM-6"),
)
NO_LEAD = line(
    say(
        "If your lead is not there, or it is about them, ask the deputy or the next senior person. You may also ring "
        "social care yourself."
    ),
    *("EM-6", "LA-3", "EM-7"),
)
BY_ROLE = line(say("Write down who it was, when, and what they said: by role, with no names."), "REC-11", "REC-14")
GO_UP = line(say("If you do not agree with them, tap They will not act."), "ES-1")
TELL_LEAD = line(
    say("Tell your lead today, or the next senior person if it is about them. You need not carry it alone."),
    *("GR4-2024", "LA-3"),
)
BEGIN_ANEW = line(say("If anything changes, or you feel uneasy, begin anew. That feeling counts."), "REC-13")


def what_now(reply: Reply, follow: FollowUp) -> Notice:
    """What to do after this answer."""
    rings = follow.question is Asked.RING
    match reply:
        case Reply.YES if follow.question is Asked.LEAD:
            return Notice(say("Good. That was right."), (BY_ROLE, GO_UP, BEGIN_ANEW))
        case Reply.YES if follow.hears:
            return Notice(say("Good. Now confirm it in writing."), (IN_WRITING, HEAR_BACK, BY_ROLE))
        case Reply.YES:
            return Notice(say("Good. Thank you for telling me."), (BY_ROLE, BEGIN_ANEW))
        case Reply.NOT_YET if follow.question is Asked.LEAD:
            return Notice(say("Please ask them as soon as you can."), (IN_DANGER, NO_LEAD))
        case Reply.NOT_YET if rings or follow.urgency is Urgency.EMERGENCY:
            return Notice(say("Please ring now."), (IN_DANGER, NOT_THERE))
        case Reply.NOT_YET:
            return Notice(say("Please do it as soon as you can."), (IN_DANGER, TELL_LEAD))
        case Reply.HEARD:
            return Notice(say("Good. Then I do not ask again."), (BY_ROLE, GO_UP, BEGIN_ANEW))
        case Reply.NOT_HEARD:
            return Notice(say("Then ring them again today."), CHASE)
        case _:
            return Notice(say("Good. Then I do not ask again."), (BEGIN_ANEW,))


CHASE = (
    line(
        say("Say: “I told you about a worry and have had no answer. Who deals with it, and what was decided?”"),
        *("RF-2", "RF-3"),
    ),
    line(say("Ask for the manager on duty. Write down when you rang and who spoke to you, by role."), "RF-3", "ES-1"),
    line(say("Still nothing? Go one step up: tap They will not act."), "ES-1"),
    line(say("Anything new is a reason to ring at once. In danger, ring 999."), "ES-1", "EM-1"),
)

NO_YES_NEEDED = line(say("You do not need their yes for this call. Keeping people safe comes first."), "EXC-3")
THEY_MAY_NOT_KNOW = line(say("Ring all the same. They may not know the part that you saw."), "RF-8")
NOBODY_CAN_STOP_YOU = line(say("You may still ring social care yourself. Nobody may stop you."), "ES-2", "EM-7")
WISH_STANDS = line(say("Then stay in touch, offer help, and agree a day to look at it again."), "AD-9")
LEAD_MAY_KNOW = line(say("A no does not keep you from asking for advice inside your organisation."), "AD-2", "GR4-2024")
WRITE_WHY = line(say("Write down why: tap Add something to it."), "REC-9", "REC-14")


def why_not(reason: Reason, follow: FollowUp) -> Notice:
    """What to do where somebody will not do what they said. Where the advice was to ring, it still is."""
    rings, can_wait = follow.question is Asked.RING, follow.urgency is Urgency.ROUTINE
    because: Mapping[Reason, tuple[Sentence, ...]] = {
        Reason.KNOWN: (THEY_MAY_NOT_KNOW,) if rings else (),
        Reason.ADVISED: (NOBODY_CAN_STOP_YOU,),
        Reason.WISH: (NO_YES_NEEDED,) if rings else (WISH_STANDS,) if can_wait else (LEAD_MAY_KNOW,),
        Reason.LESS: (),
        Reason.OTHER: (WRITE_WHY,),
    }
    headline = say("My advice stays the same: ring.") if rings else say("All right. It is kept with the record.")
    return Notice(headline, (*because[reason], TELL_LEAD, BEGIN_ANEW))
