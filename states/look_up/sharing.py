"""Pages on sharing: the golden rules, consent, age, when not to ask, sharing safely, and the phone call."""

from __future__ import annotations

from states.editions import Edition
from states.inputs import Nation
from states.look_up.page import Page
from states.outcomes.statement import line
from states.references import REFERENCES
from states.text import say

ENGLISH_RULES = line(
    say("These rules were written for England. The ideas hold here too. Here the guidance is {guidance}."), "NAT-1"
)
RULES_ABROAD = line(say("These rules were written for England. UK rules may not apply where you are."), "NAT-1")


RULES_ANYWHERE = line(say("These rules were written for England. The ideas hold in all four nations."), "NAT-1")

FROM_WHICH_AGE = {
    **dict.fromkeys(
        (Nation.ENG, Nation.WAL),
        (
            line(say("From 16, start from the view that they can decide."), "AGE-1"),
            line(say("From about 12, many can. Some can sooner."), "AGE-2"),
        ),
    ),
    Nation.SCO: (line(say("From 12, start from the view that they can. Some can sooner."), "AGE-2"),),
    Nation.NI: (line(say("What they understand counts, not their age."), "AGE-4"),),
}
FROM_WHICH_AGE_UNKNOWN = (
    line(say("The older they are, the more of them can decide. No age is a firm line."), "AGE-4"),
)
"""Guidance 9, age presumption: it differs by nation."""

GILLICK_AND_FRASER = line(
    say("“Gillick” is about any choice a child makes. “Fraser” is only about sexual health."), "AGE-6"
)


def golden_rules(edition: Edition) -> tuple[Page, ...]:
    """The seven golden rules of 2024, marked as England's where the edition is another nation's."""
    origin = {Nation.ENG: (), Nation.UNKNOWN: (RULES_ANYWHERE,), Nation.OUTSIDE_UK: (RULES_ABROAD,)}.get(
        edition.nation, (ENGLISH_RULES,)
    )
    return (
        Page(
            "golden-rules",
            say("Seven golden rules (2024)"),
            (
                line(
                    say("1. Keeping a child safe comes before anyone's privacy. The law on data backs you."), "GR1-2024"
                ),
                line(say("2. Where it is safe, tell the child and family who will hear what, and why."), "GR2-2024"),
                line(
                    say("3. You do not need consent if a child may be at risk. Still be open where you can."),
                    "GR3-2024",
                ),
                line(say("4. Not sure? Get advice soon. Do not leave a child at risk for fear of blame."), "GR4-2024"),
                line(say("5. Guard the details of anyone who could be hurt if an abuser learned them."), "GR5-2024"),
                line(
                    say("6. Share what is true and needed, with those who need it. Seldom the whole file."), "GR6-2024"
                ),
                line(say("7. Write down your reasons, whether you share or not."), "GR7-2024"),
                *origin,
            ),
        ),
    )


def consent(edition: Edition) -> tuple[Page, ...]:
    """Consent, age, and when not to ask."""
    return (
        Page(
            "consent",
            say("Consent in short"),
            (
                line(
                    say("Before a yes counts, they know what is shared, with whom, why, and what may follow."), "CON-1"
                ),
                line(say("A clear yes is best, said or written. Note it."), "CON-2"),
                line(say("It is free. No pressing, and silence is not a yes."), "CON-3"),
                line(say("They can take it back. What is already shared stays shared."), "CON-4"),
                line(say("It covers what was agreed. New reason or new people: ask again."), "CON-5"),
                line(say("A yes to help is not a yes to sharing."), "CON-6"),
                line(say("Would you share even after a no? Then do not ask. Tell them, if it is safe."), "CON-7"),
                line(say("A no is not a sign of risk. Note it and why."), "CON-8"),
            ),
            next="consent-age",
        ),
        Page(
            "consent-age",
            say("Whose yes counts"),
            (
                *FROM_WHICH_AGE.get(edition.nation, FROM_WHICH_AGE_UNKNOWN),
                line(say("Look at this choice, now: can they take it in, weigh it and say what they want?"), "AGE-4"),
                line(say("If they can, their answer counts, even if a parent differs."), "AGE-5", "GR2-2008"),
                line(
                    say("If they cannot, ask someone with parental responsibility, unless that adds risk."),
                    "AGE-3",
                    "NSC-1",
                ),
                line(
                    say("If parents do not agree with each other, ask your lead or a senior person."), "AGE-7", "KQ-b"
                ),
                line(say("If you do not know the age, act as for a child."), "AGE-8"),
                line(say("Use an interpreter, and never family where family may be the risk."), "AGE-9"),
                *((GILLICK_AND_FRASER,) if edition.nation in REFERENCES["AGE-6"].nations else ()),
            ),
            next="consent-not",
        ),
        Page(
            "consent-not",
            say("When not to ask"),
            (
                line(say("When asking could put anyone at more risk of harm."), "NSC-1"),
                line(say("When it could spoil the work against a serious crime."), "NSC-2"),
                line(say("When it would cause a delay that no one can defend."), "NSC-3"),
                line(say("When the law says share, whatever the answer."), "NSC-4", "GR6-2008"),
                line(say("When someone is hurt and needs help fast."), "NSC-5"),
                line(say("When proof could be lost, or someone scared into silence."), "NSC-6"),
                line(say("Forced marriage or “honour” abuse: never go to the family."), "NSC-7"),
                line(say("Sexual abuse at home: do not tell the parents first."), "NSC-8"),
                line(say("Illness that may be made up or caused: do not tell the parents first."), "NSC-9"),
                line(say("Write down why you did not ask."), "REC-5"),
            ),
        ),
    )


def share_safely(edition: Edition) -> tuple[Page, ...]:
    """SH-1 to SH-9."""
    return (
        Page(
            "share-safely",
            say("How to share safely"),
            (
                line(say("Share with those who need it, and only what they need."), "SH-1", "SH-2"),
                line(say("Check that it is true. Say so if it is old."), "SH-3"),
                line(say("Mark what is fact, what is your view, and what came from others."), "SH-4"),
                line(say("Check who they are: ring back on a number you found yourself."), "SH-5"),
                line(say("Use secure email or their own website. Never your own private email."), "SH-6"),
                line(say("No names in the subject line. Send a password another way."), "SH-6"),
                line(say("No fax, if you can help it."), "SH-7"),
                line(say("Not in public, in corridors or in group chats."), "SH-8"),
                line(say("Ask them to say they have it, and what they will do."), "SH-9"),
                line(say("This chat is no place to share it: names never go here."), "SH-8", "REC-1"),
            ),
        ),
    )


def on_the_phone(edition: Edition) -> tuple[Page, ...]:
    """RF-5, RF-6 and COM-1 to COM-5, for any call."""
    return (
        Page(
            "on-the-phone",
            say("What to say on the phone"),
            (
                line(say("Say who you are, your job and your number."), "RF-5", "RF-9"),
                line(
                    say("For advice, you can leave names out. For a report, give them: who, how old, where now."),
                    "GR3-2008",
                    "RF-5",
                ),
                line(say("Say what you saw or heard, and when. Use their own words."), "RF-5", "COM-3"),
                line(say("Keep apart what you saw, what you were told and what you think."), "COM-5"),
                line(say("Say who else may be at risk, and who knows of it."), "RF-5", "RF-7"),
                line(say("Say if there is a yes or a no, or why no one was asked."), "RF-5"),
                line(say("Use whole words, no short forms."), "COM-2"),
                line(say("Ask them to say it back."), "COM-4", "COM-1"),
                line(say("Ask what comes next, and who rings whom by when. Note name and time."), "SH-9", "RF-3"),
                line(say("Do not dig for proof first. Listen and write it down."), "RF-6"),
            ),
        ),
    )


def confidence(edition: Edition) -> tuple[Page, ...]:
    """CF-1 to CF-6, and the law on data in a few lines; nobody is asked to choose a legal ground (LB-6)."""
    told_in_trust = Page(
        "confidence",
        say("Told in confidence"),
        (
            line(say("It is confidential if someone told you in trust and it is not widely known."), "CF-1"),
            line(say("You owe that trust to the one who told you, and to the one it is about."), "CF-3"),
            line(say("If they agreed to the sharing, or knew of it from the start, you break no trust."), "CF-2"),
            line(
                say("Trust gives way to the law, or to a strong need to keep people safe."), "CF-4", "DU-15", "GR5-2008"
            ),
            line(say("So never promise to keep a secret."), "CF-5"),
            line(say("Not private is not the same as free to share."), "CF-6"),
            line(say("Weigh both: harm from sharing, and harm from not sharing."), "PF-9"),
            line(say("Do the least that works. Trust and timing never come before a child's safety."), "PF-7", "PF-8"),
            line(say("If another service will not share, ask why, tell them more, then go up a step."), "ES-3", "ES-1"),
            line(say("Report it even if a social worker is there already."), "RF-8"),
        ),
        next=None if edition.nation is Nation.OUTSIDE_UK else "data-law",
    )
    if edition.nation is Nation.OUTSIDE_UK:
        return (told_in_trust,)
    data_law = Page(
        "data-law",
        say("The law on data, in short"),
        (
            line(say("It helps you share well. It does not stop you from keeping someone safe."), "GR1-2008", "LB-4"),
            line(
                say("Each sharing needs a reason that this law accepts. To keep people safe, that is seldom consent."),
                "LB-1",
                "LB-2",
            ),
            line(say("It knows the safety of a person at risk as a good reason."), "LB-5"),
            line(say("Facts on health, sex life or faith need extra care."), "LB-3"),
            line(say("You need not choose the legal ground. Your data protection lead can confirm it."), "LB-6"),
            line(say("It is one thing, and trust is another. Check both."), "LB-7"),
        ),
    )
    return (told_in_trust, data_law)
