"""Add-ons on requests, courts, mistakes, and duties in law; each duty under its nation and for whom it binds."""

from __future__ import annotations

from states.add_on_words.words import Words
from states.advice import Advice
from states.editions import Edition
from states.inputs import YES, Body, Nation
from states.outcomes.statement import line
from states.rules import O1, O3, O4, O9
from states.text import say

SAFETY_FIRST = line(say("If someone is in danger, that comes first: ring {emergency_number}."), "X-5", "EM-1")


def legal(advice: Advice, edition: Edition) -> Words:
    """A-LEGAL: it never delays a referral."""
    return Words(
        say("A court or a law may have a say: ask your legal team. A call to keep someone safe does not wait for it."),
        (
            line(say("Find out what it covers, for whom and by when."), "SH-2", "KQ-a"),
            line(say("Share what it covers and no more."), "GR6-2024", "DU-1"),
            SAFETY_FIRST,
        ),
    )


def bar(advice: Advice, edition: Edition) -> Words:
    """A-BAR: O1, O3 and O4 are not delayed."""
    return Words(
        say("A court or a law may forbid it: ask {lead_short} and your legal team first. Danger does not wait."),
        (
            line(
                say("Papers from a family court or on adoption often may not be shown around."), "GR4-2024", "GR6-2024"
            ),
            line(say("You can still say that a child may be at risk."), "GR1-2024", "GR3-2024"),
            SAFETY_FIRST,
        ),
    )


def hold(advice: Advice, edition: Edition) -> Words:
    """A-HOLD: a request from family, solicitor, press or a stranger, where there may be harm."""
    return Words(
        say("Give nothing to the person who asks before {lead_short} has advised."),
        (
            line(
                say("Say only that it will be dealt with. Do not say if you know the person or not."),
                "GR5-2024",
                "SH-1",
            ),
            line(say("Note who asked, for what, when and how."), "REC-2", "SH-5"),
            line(
                say("The time to answer a request runs from the day it came: tell your data protection lead too."),
                "SAR-1",
                "KQ-b",
            ),
        ),
    )


def verify(advice: Advice, edition: Edition) -> Words:
    """A-VERIFY: checking must not become delay where a child may be at risk."""
    return Words(
        say("Check who asks: ring back on a number you found yourself. Then answer today."),
        (
            line(say("Ask for name, role, what they need and why, in writing if there is time."), "SH-5"),
            line(say("Answer with the help of {lead_short}, and share only what they need."), "GR6-2024", "SH-2"),
            line(
                say("If a child may be at risk, a check takes minutes. Do not let it become a delay."),
                "NSC-3",
                "GR4-2024",
            ),
        ),
    )


def transfer(advice: Advice, edition: Edition) -> Words:
    """A-TRANSFER; the five school days are a rule for schools in England."""
    days = (
        (line(say("A school in England sends it within 5 school days."), "A-TRANSFER"),)
        if edition.nation is Nation.ENG
        else ()
    )
    return Words(
        say("The child protection file goes apart from other papers, safely, with a receipt. No consent is needed."),
        (
            *days,
            line(say("Ask who the lead is there, and send it to that person."), "SH-1", "A-TRANSFER"),
            line(say("If there is a live worry, ring them before the child arrives."), "GR4-2024", "WT-1"),
        ),
    )


def mistake(advice: Advice, edition: Edition) -> Words:
    """A-MISTAKE: sent to the wrong person."""
    clock = (
        line(say("Tell your data protection lead today, as your organisation's rules say."), "KQ-b")
        if edition.nation is Nation.OUTSIDE_UK
        else line(say("Your data protection lead may have only 72 hours to act on it."), "A-MISTAKE")
    )
    return Words(
        say("Stop reading. Do not send it on and do not delete it. Tell your data protection lead now."),
        (
            clock,
            line(say("Do not answer the sender with what it said."), "SH-2"),
            line(say("If it shows that someone may be in danger, act on that first."), "X-5", "EM-1"),
        ),
    )


EXPECTED_ALL_THE_SAME = say("In {nation_name} you may be expected to report this all the same: ask {lead_short} today.")
EXPECTED_ALL_THE_SAME_WALES = Words(
    EXPECTED_ALL_THE_SAME,
    (line(say("Until you have advice, do not share it outside. Tell them what you saw."), "DU-16"),),
)
EXPECTED_ALL_THE_SAME_SCOTLAND = Words(
    EXPECTED_ALL_THE_SAME,
    (line(say("Until you have advice, do not share it outside. Tell them what you saw."), "DU-21"),),
)


def duty_wales(advice: Advice, edition: Edition) -> Words:
    """A-DUTY-WAL: binds listed bodies, is expected of others (DU-16). A yes is sought only where asking is safe."""
    if advice.outcome is O9:
        return EXPECTED_ALL_THE_SAME_WALES
    may_ask = advice.facts.ask_person is YES and advice.outcome not in (O1, O3, O4)
    seek = (line(say("Seek their yes first, as it is safe to ask."), "DU-16"),) if may_ask else ()
    short = {
        Body.LISTED: say("In Wales the law says that you must report a child or an adult at risk."),
        Body.OTHER: say("In Wales you are expected to report a child or an adult at risk."),
        None: say(
            "In Wales the law says that public bodies must report a child or an adult at risk. Others are expected to."
        ),
    }
    return Words(
        short[advice.facts.body],
        (
            line(say("Report it to {service} today, with the help of {lead_short}."), "DU-16"),
            *seek,
            line(say("If you have no yes, say so and say why."), "DU-16"),
            line(say("Confirm it {written_confirmation}."), "RF-1"),
        ),
    )


def duty_scotland(advice: Advice, edition: Edition) -> Words:
    """A-DUTY-SCO: adults; binds listed bodies (DU-21)."""
    if advice.outcome is O9:
        return EXPECTED_ALL_THE_SAME_SCOTLAND
    short = {
        Body.LISTED: say("In Scotland the law says that you must tell the council of an adult at risk."),
        Body.OTHER: say("In Scotland you should tell the council of an adult at risk."),
        None: say(
            "In Scotland the law says that public bodies must tell the council of an adult at risk. Others should."
        ),
    }
    return Words(
        short[advice.facts.body],
        (
            line(say("An adult at risk here is 16 or over, and cannot keep safe alone."), "DU-21"),
            line(
                say("Report it through {lead_short}, within one working day. Their yes is not needed for that."),
                "DU-21",
            ),
        ),
    )


def duty_northern_ireland(advice: Advice, edition: Edition) -> Words:
    """A-DUTY-NI: not every report of harm (DU-17)."""
    return Words(
        say("In Northern Ireland it can be an offence not to tell the police of some crimes. Not every worry is one."),
        (
            line(say("It is about facts that would help the police with a serious crime."), "DU-17"),
            line(say("Ask {lead_short} today if it fits here."), "DU-17"),
        ),
    )


def share_about_a_child(advice: Advice, edition: Edition) -> Words:
    """A-26A: said as law only from the confirmed day on (INV-20)."""
    if edition.law_26a is None:
        return Words(
            say(
                "A new law for England on sharing about a child may come to bind you. Ask {lead_short} where it stands."
            ),
            (line(say("Act as you would without it: share what keeps the child safe."), "GR3-2024"),),
        )
    return Words(
        say(
            "The law in England, since {since}: share what helps to keep a child safe.",
            since=edition.law_26a.isoformat(),
        ),
        (
            line(say("It binds your organisation, and those who work for it."), "LAW-26a"),
            line(say("It does not hold where sharing would do the child more harm. Ask {lead_short}."), "LAW-26a"),
        ),
    )


def report_sexual_abuse(advice: Advice, edition: Edition) -> Words:
    """A-26B: the same advice either way, report without delay (LAW-26b, INV-20)."""
    now = line(say("Report it to the police or {childrens_service} without delay."), "EM-4", "SEX-1")
    if edition.law_26b is None:
        return Words(
            say("Report sexual abuse of a child without delay. A new law may come to require it of some people."),
            (now, line(say("Never stop or delay someone who wants to report."), "GR4-2024")),
        )
    return Words(
        say(
            "The law in England, since {since}: some people have to report child sexual abuse. Report it now.",
            since=edition.law_26b.isoformat(),
        ),
        (
            now,
            line(say("It is about what a child or the person who did it told you, or what you saw."), "LAW-26b"),
            line(say("To stop someone from reporting is a crime."), "LAW-26b"),
        ),
    )
