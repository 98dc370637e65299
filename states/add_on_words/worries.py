"""Add-ons on what the worry is: each with the first thing to do, and what not to do."""

from __future__ import annotations

from states.add_on_words.words import Words
from states.advice import Advice, tells_police_now
from states.editions import Edition
from states.inputs import Flag, Nation
from states.outcomes.statement import line
from states.text import say

IN_DANGER = line(say("In danger, ring {emergency_number} first."), "EM-1")
DO_NOT_DIG = line(say("Do not question anyone or look for proof."), "RF-6")


def known_cutting(advice: Advice, edition: Edition) -> Words:
    """A-FGM: the personal duty of regulated workers in England and Wales (DU-6)."""
    return Words(
        say("You know that a girl was cut: the law says you must tell the police on 101 yourself."),
        (
            line(say("You know it if she told you, or you saw the signs on her body."), "DU-6"),
            line(say("Do it by the end of the next working day. No one can do it for you."), "DU-6"),
            line(say("Tell {lead_short} and {childrens_service} as well."), "DU-6b", "EM-4"),
            line(say("If she, or a sister, may be taken abroad soon, ring 999."), "EM-1", "DU-6b"),
        ),
    )


def slavery(advice: Advice, edition: Edition) -> Words:
    """A-NRM: a child needs no consent, an adult's informed consent is needed (DU-8)."""
    helpline = (
        ()
        if edition.nation is Nation.OUTSIDE_UK
        else (line(say("Advice: the modern slavery helpline, 0800 0121 700."), "DU-8"),)
    )
    no_boss = line(
        say("Keep it from anyone who may control them, and use no interpreter from their circle."), "AGE-9", "GR5-2024"
    )
    no_name = (
        (line(say("Without a yes, named bodies still report it with no name."), "DU-8"),)
        if edition.nation in (Nation.ENG, Nation.WAL)
        else ()
    )
    if advice.facts.adult:
        return Words(
            say("For an adult, a slavery referral needs their free yes, once they know what it means."),
            (
                line(
                    say("Some bodies make that referral. If yours does not, tell the police and {adults_service}."),
                    "EM-11",
                    "DU-8",
                ),
                *no_name,
                no_boss,
                *helpline,
                IN_DANGER,
            ),
        )
    return Words(
        say("A child who may be in slavery: no consent is needed. Tell the police and the children's service now."),
        (
            line(say("Some bodies make a slavery referral as well. If yours does, make it."), "DU-8", "EM-4"),
            line(say("If yours does not, tell the police and {childrens_service}."), "EM-4", "EM-3"),
            line(say("If you do not know the age, act as for a child."), "AGE-8"),
            no_boss,
            *helpline,
        ),
    )


EXTREME_VIEWS = say("Take the worry about extreme views today to {lead_short}, then to {radical_route}.")
AFTER_THE_POLICE = say("Tell the police of the attack first. Then take the worry about extreme views to {lead_short}.")


def extreme_views(advice: Advice, edition: Edition) -> Words:
    """A-PREVENT, in Great Britain (DU-7)."""
    attack = tells_police_now(advice.facts)
    check = () if attack else (line(say("Notice, check it with someone, then share it."), "DU-7"),)
    return Words(
        AFTER_THE_POLICE if attack else EXTREME_VIEWS,
        (
            *check,
            line(say("You do not need consent to pass on the worry. Help that may follow needs their yes."), "DU-7"),
            line(say("Advice for anyone: ACT Early, 0800 011 3764."), "DU-7"),
            IN_DANGER,
        ),
    )


def extreme_views_police(advice: Advice, edition: Edition) -> Words:
    """A-RADICAL-POLICE: Northern Ireland, and where the nation is not known."""
    return Words(
        AFTER_THE_POLICE if tells_police_now(advice.facts) else EXTREME_VIEWS,
        (
            line(say("You do not need consent to pass on the worry."), "GR4-2024", "EM-3"),
            line(say("If there is no danger now: {non_urgent_police}."), "EM-3"),
            IN_DANGER,
        ),
    )


def planned_attack(advice: Advice, edition: Edition) -> Words:
    """A-TERROR, in the whole United Kingdom."""
    law = (
        ()
        if edition.nation is Nation.OUTSIDE_UK
        else (
            line(say("Anyone who knows of a planned attack has to tell the police as soon as they can."), "A-TERROR"),
        )
    )
    return Words(
        say("You know of a planned attack: tell the police now. If it may be soon, ring {emergency_number}."),
        (*law, line(say("You need no consent. Warn no one who may be part of it."), "AD-8e", "NSC-2")),
    )


def high_risk_abuse(advice: Advice, edition: Edition) -> Words:
    """A-MARAC: may be told without consent, and the person is told if that is safe (AD-12)."""
    return Words(
        say("The abuse looks high-risk: ask {lead_short} about a MARAC, where services plan for safety."),
        (
            line(say("Their yes is sought where it is safe, but it can go ahead on a no."), "AD-12", "AD-8g"),
            line(say("Agree a safe time and way to reach them."), "NSC-1", "GR5-2024"),
            line(say("Never contact the person who may be abusing them."), "NSC-1", "AD-8g"),
            IN_DANGER,
        ),
    )


def one_chance(advice: Advice, edition: Edition) -> Words:
    """A-ONECHANCE: forced marriage or "honour"-based abuse (NSC-7, EM-10)."""
    helplines = (
        ()
        if edition.nation is Nation.OUTSIDE_UK
        else (line(say("Advice: Karma Nirvana 0800 5999 247, or the Forced Marriage Unit 020 7008 0151."), "EM-10"),)
    )
    return Words(
        say("You may get only one chance to help. Never go to the family or their wider circle."),
        (
            line(say("Believe them. If they come to you alone, listen there and then."), "NSC-7"),
            line(say("Do not try to make peace at home. Use no interpreter from their circle."), "NSC-7", "AGE-9"),
            line(say("Agree a safe way to reach them: no letters, no calls to the home."), "GR5-2024", "NSC-1"),
            *helplines,
            line(say("If they may be taken abroad or hurt soon, ring {emergency_number}."), "EM-1"),
        ),
    )


def may_end_their_life(advice: Advice, edition: Edition) -> Words:
    """A-SUICIDE: life first; whether to share against a no is for the lead or a clinician (AD-11)."""
    return Words(
        say("If you are with them, stay; move away what they could use, and ring {crisis_line}."),
        (
            line(say("If it may be soon, ring {emergency_number}. Life comes first."), "AD-11", "EM-1"),
            line(say("Talk of it openly. It does not put the thought there."), "AD-11"),
            line(say("Do not promise to keep it secret."), "CF-5"),
            line(
                say("If an adult says no to sharing, {lead_short} or a doctor weighs that with you."), "AD-11", "AD-2"
            ),
        ),
    )


def missing(advice: Advice, edition: Edition) -> Words:
    """A-MISSING: police now, and a talk once they are back."""
    return Words(
        say(
            "If they are missing now, tell the police now. If they are back, someone they trust should talk with them "
            "alone."
        ),
        (
            line(say("Tell them all that helps to find them: when, where, with whom, any risk."), "EM-1", "AD-8a"),
            line(say("Do not wait a day. There is no such rule."), "EM-1"),
            line(say("Once they are back, ask where they were, and listen."), "GR5-2008"),
        ),
    )


def injury(advice: Advice, edition: Edition) -> Words:
    """A-INJURY: a bruise or injury in a child who does not move about."""
    return Words(
        say("A child who cannot move about has a mark or injury: report it now, and have a doctor see it today."),
        (
            line(say("Do not wait for someone to explain it."), "NSC-3", "EM-4"),
            line(say("Ask {childrens_service} who arranges for a children's doctor."), "EM-4", "RF-1"),
            DO_NOT_DIG,
            line(say("If the child looks ill or is in pain, ring {emergency_number}."), "EM-1"),
        ),
    )


def images(advice: Advice, edition: Edition) -> Words:
    """A-IMAGES: sexual images of a child."""
    return Words(
        say("Do not look at, copy, print, send or save the pictures. Tell {lead_short} now."),
        (
            line(say("To hold or pass on such pictures is a crime, even to help."), "SEX-3", "EM-3"),
            line(say("If you have seen one, say so, and say no more than you need."), "RF-6"),
            line(say("Leave the phone or computer as it is. The police may need it."), "RF-6"),
            line(say("Do not blame the child. Tell them you will get help."), "RF-6", "BASE-1"),
        ),
    )


def unborn(advice: Advice, edition: Edition) -> Words:
    """A-UNBORN: report before the birth."""
    return Words(
        say("Make the report before the birth, and tell the midwives' safeguarding team."),
        (
            line(
                say("A worry about a baby not yet born can be reported now. Do not wait for the birth."),
                "EM-4",
                "GR1-2024",
            ),
            line(say("Early news gives time to plan and to help."), "BASE-1"),
            line(say("Think of other children in the home too."), "REC-7"),
        ),
    )


def child_in_an_adults_life(advice: Advice, edition: Edition) -> Words:
    """A-CHILD: the child's safety governs; without risk, help only with the adult's agreement (AD-13)."""
    stops_not = line(
        say("If the child may be at risk, the adult's no does not stop you from sharing."), "AD-13", "GR3-2024"
    )
    if Flag.REACHES_CHILDREN in advice.facts.flags:
        return Words(
            say("Whoever did this may reach children now. Children this person can reach come first."),
            (
                stops_not,
                line(say("You do not need to know who the children are to report it."), "AD-13", "EM-4"),
                line(say("Share what matters for them. The adult's other private facts stay private."), "GR6-2024"),
            ),
        )
    return Words(
        say("A child may be in this adult's life. The child's safety comes first."),
        (
            stops_not,
            line(say("A child who sees or hears abuse at home is harmed by it too."), "AD-13", "X-3"),
            line(say("With no sign of risk, {early_help} can help the family, if the adult agrees."), "AD-13", "X-2"),
            line(say("Share what matters for the child. The adult's other private facts stay private."), "GR6-2024"),
        ),
    )


def not_care_needs(advice: Advice, edition: Edition) -> Words:
    """A-NEEDS: the route when the adult needs no care or support."""
    return Words(
        say("They may not need care, so think of the police, a domestic abuse service, their GP or the fire service."),
        (
            line(say("Choose the one that can lower the risk."), "GR6-2024", "AD-4"),
            line(
                say("If you are not sure who, ask {lead_short}, or ring {adults_service} for advice."), "EM-11", "KQ-b"
            ),
            IN_DANGER,
        ),
    )
