"""Pages on what may follow a referral, adults, and where the guidance comes from."""

from __future__ import annotations

from states.editions import Edition
from states.inputs import Nation
from states.look_up.page import Page
from states.outcomes.statement import Sentence, line
from states.text import say

NOT_FOR_ME_TO_SAY = line(say("I cannot say which of these it is. The service decides."), "INV-11")
CHASE = line(say("Not heard in one working day? Ring again, each day while the worry lasts."), "RF-3")
NEW_WORRY = line(say("If things get worse, report again. In danger, ring {emergency_number}."), "ES-1", "EM-1")
NOT_HAPPY = line(say("If you do not agree, go up step by step, and write down each step."), "ES-1")

IN_ENGLAND_AND_WALES: tuple[Sentence, ...] = (
    line(
        say("The council looks at it and decides: nothing more, early help, a look at needs, or a check on harm."),
        "FC-1",
    ),
    line(say("A social worker may look at what the child needs. Then there may be a plan."), "FC-2", "FC-1"),
    line(say("In great danger a court, or the police, can move a child to safety for a short time."), "FC-3"),
    line(say("If harm may be serious, council, police and health may talk and then look into it."), "FC-4"),
    line(say("If the risk goes on, there may be a meeting, a plan and a small group that meets often."), "FC-5"),
)
TIMES_IN_ENGLAND: tuple[Sentence, ...] = (
    line(say("First answer to you: within one working day."), "RF-2"),
    line(say("A look at needs: within 45 working days."), "FC-2"),
    line(say("A court can keep a child safe for up to 8 days, and once for 7 more."), "FC-3"),
    line(say("A first meeting: within 15 working days of the talk that began the check."), "FC-4"),
    line(say("With a plan: the small group in 10 working days, a first look back in 3 months."), "FC-5"),
    line(say("These are limits, not promises. Some take less time."), "INV-11"),
)
IN_SCOTLAND: tuple[Sentence, ...] = (
    line(say("Police, social work and health may first talk together about the child."), "EM-4"),
    line(say("They decide if someone looks into it, and who."), "EM-4"),
    line(say("There may be a meeting and a plan, or help without one."), "EM-4"),
)
ELSEWHERE: tuple[Sentence, ...] = (
    line(say("The service looks at it and decides what is needed."), "EM-4"),
    line(say("There may be help, a look at needs, or a check on harm."), "EM-4"),
    line(say("There may be a meeting and a plan."), "EM-4"),
)
IN_WALES = line(say("In Wales: no word in 7 working days? Then ask again at the latest."), "RF-3")


def after_a_referral(edition: Edition) -> tuple[Page, ...]:
    """FC-1 to FC-5: what may follow. It never says that a step "will" come."""
    title = say("What may happen after a report")
    nation = edition.nation
    if nation is Nation.ENG:
        return (
            Page(
                "after-a-referral",
                title,
                (*IN_ENGLAND_AND_WALES, NOT_FOR_ME_TO_SAY, CHASE, NOT_HAPPY, NEW_WORRY),
                next="after-a-referral-times",
            ),
            Page("after-a-referral-times", say("How long it may take (England)"), TIMES_IN_ENGLAND),
        )
    stages = {Nation.WAL: (*IN_ENGLAND_AND_WALES, IN_WALES), Nation.SCO: IN_SCOTLAND}.get(nation, ELSEWHERE)
    return (Page("after-a-referral", title, (*stages, NOT_FOR_ME_TO_SAY, CHASE, NOT_HAPPY, NEW_WORRY)),)


def adults(edition: Edition) -> tuple[Page, ...]:
    """AD-1 to AD-10 in short."""
    at_risk = (
        line(
            say("Here an adult at risk needs care or support, faces abuse, and cannot keep safe because of it."), "AD-3"
        )
        if edition.nation is Nation.ENG
        else line(say("Here an adult at risk can be as young as 16."), "DU-21")
        if edition.nation is Nation.SCO
        else line(say("Ask {adults_service} who counts as an adult at risk."), "EM-11")
    )
    return (
        Page(
            "adults",
            say("When it is about an adult"),
            (
                line(say("Adults choose what is shared about them. Start there, and ask."), "AD-1"),
                line(say("Always tell your own lead, or another senior person, even if the adult says no."), "AD-2"),
                at_risk,
                line(say("Start from the view that they can decide. An unwise choice is still a choice."), "AD-6"),
                line(say("Family cannot sign for an adult, unless they hold that right."), "AD-7"),
                line(say("If a child may be at risk, the child comes first."), "AD-13"),
            ),
            next="adults-without-yes",
        ),
        Page(
            "adults-without-yes",
            say("An adult: when a yes is not needed"),
            (
                line(say("Life is at risk."), "AD-8a"),
                line(say("Others are at risk, children too."), "AD-8b"),
                line(say("They cannot decide this, and it is best for them."), "AD-8c"),
                line(say("Someone may press them."), "AD-8d"),
                line(say("A serious crime may be part of it."), "AD-8e"),
                line(say("A worker may have done harm."), "AD-8f"),
                line(say("The risk from a partner is very high."), "AD-8g"),
                line(say("Asking is unsafe, or they cannot be reached in time."), "AD-8i"),
                line(say("Then tell them and say why, unless that is unsafe. Write it down."), "AD-10"),
                line(
                    say("If none of these fits, respect the no and stay in touch: risks, help, a day to look again."),
                    "AD-9",
                ),
            ),
        ),
    )


def about_the_guidance(edition: Edition) -> tuple[Page, ...]:
    """What the edition rests on, and when a person looks at it again (LAW-CYCLE)."""
    return (
        Page(
            "guidance",
            say("Where this comes from"),
            (
                line(say("This is for {nation_name}. It rests on {guidance}."), "NAT-1"),
                line(
                    say(
                        "Looked over on {reviewed_on}. The next look is due by {review_by}.",
                        reviewed_on=edition.reviewed_on.isoformat(),
                        review_by=edition.review_by.isoformat(),
                    ),
                    "REC-12",
                ),
                line(say("It is guidance in our own words, not legal advice."), "REC-12"),
                line(say("If your local rules ask for more, follow them."), "RF-1", "EM-12"),
            ),
        ),
    )
