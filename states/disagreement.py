"""When the lead or another agency will not act: a short walk of its own, and what to do then (ES-1 to ES-3).

Danger is asked first. What was answered is a row of digits, so that a button can carry all of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from states.editions import Edition
from states.facts import Facts
from states.outcomes.statement import Notice, Sentence, fill_all, line
from states.question import Here
from states.questions.danger import DANGER as DANGER_QUESTION
from states.text import Text, say

OWN, AGENCY, REFUSES = "own", "agency", "refuses"
CHILD, ADULT = "child", "adult"
YES, UNSURE, NO = "yes", "unsure", "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """One question of the walk. `options` are in the order of their digits, from 1."""

    id: str
    text: Text
    options: tuple[tuple[str, Text], ...]
    rules: tuple[str, ...]


DANGER = Choice(
    "danger",
    DANGER_QUESTION.words(Here(Facts(), {})),
    ((YES, say("Yes")), (UNSURE, say("Not sure")), (NO, say("No"))),
    ("ES-1", "EM-1"),
)
WHO = Choice(
    "who",
    say("Who will not act?"),
    (
        (OWN, say("My lead, or my own organisation")),
        (AGENCY, say("Social care or the police")),
        (REFUSES, say("Another service will not tell me what I need")),
    ),
    ("ES-1", "ES-2", "ES-3"),
)
ABOUT = Choice(
    "about",
    say("Is it about a child or an adult?\nIf both, or you do not know their age, choose the child."),
    ((CHILD, say("A child or young person")), (ADULT, say("An adult, 18 or over"))),
    ("ES-3", "AGE-8", "AD-13"),
)
NEW = Choice(
    "new",
    say("Has anything new happened, or come to light, since they decided?\nIf you are not sure, choose yes."),
    ((YES, say("Yes, or I am not sure")), (NO, say("No"))),
    ("ES-1",),
)
ORDER = (DANGER, WHO, ABOUT, NEW)
URGENT = (YES, UNSURE)
"""Answers to the first question after which there is no second one: 999 goes first (INV-1)."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The walk after these digits: the question that is asked now, or None at its end."""

    code: str
    answers: dict[str, str]
    labels: tuple[Text, ...]
    question: Choice | None

    @property
    def kept(self) -> Text:
        """What is added to the record at its end: a written record at each step (ES-1)."""
        who, about, *new = self.labels[1:]
        if new:
            return say("They will not act: {who}. {about}. Anything new: {new}.", who=who, about=about, new=new[0])
        return say("They will not act: {who}. {about}.", who=who, about=about)

    @property
    def urgent(self) -> bool:
        """Whether it ended with 999."""
        return self.answers.get("danger") in URGENT


def _next(answers: dict[str, str]) -> Choice | None:
    """What is asked next. What is new counts where somebody has decided; whoever only keeps something back has not."""
    if answers.get("danger") in URGENT:
        return None
    asked = ORDER[:-1] if answers.get("who") == REFUSES else ORDER
    return next((choice for choice in asked if choice.id not in answers), None)


def disagreement(code: str = "") -> Disagreement:
    """The walk that these digits make. Raises ValueError for digits that no walk has."""
    answers: dict[str, str] = {}
    labels: list[Text] = []
    for digit in code:
        choice = _next(answers)
        if choice is None or digit not in "123456789"[: len(choice.options)]:
            raise ValueError(code)
        answers[choice.id], label = choice.options[int(digit) - 1]
        labels.append(label)
    return Disagreement(code, answers, tuple(labels), _next(answers))


# ---- what to do

WRITE_DOWN = line(say("Write down each step: when, with whom (by role), and what they said."), "ES-1", "REC-11")
DANGER_FIRST = line(say("If anyone comes into danger, ring 999. Do not wait for any of this."), "ES-1", "EM-1")

CHILDREN_DIRECT = line(
    say("You may ring {childrens_service_short} yourself, today. You need nobody's permission."), "ES-2", "EM-7"
)
ADULTS_DIRECT = line(
    say(
        "You may ring {adults_service_short} yourself, today. If the adult said no, ask for advice first, with no name."
    ),
    *("ES-2", "EM-7", "EM-11", "AD-1"),
)
WHISTLEBLOWING = line(say("For advice, ring the NSPCC Whistleblowing Advice Line: 0800 028 0285."), "ES-2")
OWN_STEPS = (
    line(
        say(
            "Ask why: your lead, or the next senior person if it is about your lead. Say what you saw, and what you "
            "fear may happen."
        ),
        *("ES-1", "LA-3"),
    ),
    line(say("Still no? Go one step up each time, to the head or the trustees."), "ES-1"),
)

NEW_REPORT_CHILD = line(
    say("Ring {childrens_service_short} again today and say what is new. That is a new report."), "ES-1", "RF-8"
)
NEW_REPORT_ADULT = line(
    say("Ring {adults_service_short} again today and say what is new. That is a new report."), "ES-1"
)
AGENCY_STEPS = (
    line(say("Ask for their reason. Ask to speak to a manager."), "ES-1"),
    line(
        say(
            "Tell your lead, or the next senior person if it is about them. Their task now is to speak to the other "
            "service's manager."
        ),
        *("ES-1", "LA-3"),
    ),
)
PARTNERSHIP = line(
    say("Still no? Ask for the steps that local services have agreed for this (the escalation policy). It sets days."),
    "ES-1",
)
BOARD = line(say("Still no? It can go to the local board or committee for adults at risk."), "ES-1", "ES-3")

REFUSES_STEPS = (
    line(say("Ask for their reason, and write it down."), "ES-3"),
    line(say("Say more about your worry: they cannot judge what they do not know. Give only what they need."), "ES-3"),
    line(
        say("Tell your lead, or the next senior person if it is about them: one manager can ask the other."),
        *("ES-3", "ES-1", "LA-3"),
    ),
)


def what_to_do(answers: dict[str, str], edition: Edition) -> Notice:
    """The steps, one after the other, in this nation's words; what cannot wait comes first."""
    child, who = answers["about"] == CHILD, answers["who"]
    new = answers.get("new") == YES
    again: tuple[Sentence, ...] = ((NEW_REPORT_CHILD if child else NEW_REPORT_ADULT),) if new else ()
    direct = CHILDREN_DIRECT if child else ADULTS_DIRECT
    last = PARTNERSHIP if child else BOARD
    if who == OWN:
        helpline = any(contact.id == "whistleblowing" for contact in edition.contacts)
        advice = (WHISTLEBLOWING,) if child and helpline else ()
        headline, steps = say("You may act without them."), (*again, direct, *OWN_STEPS, *advice)
    elif who == AGENCY:
        headline, steps = say("Their no is not the end of it."), (*again, *AGENCY_STEPS, last)
    else:
        headline, steps = say("Ask again, and say why."), (*REFUSES_STEPS, last, direct)
    return Notice(headline, fill_all((*steps, WRITE_DOWN, DANGER_FIRST), edition.words, edition.nation))
