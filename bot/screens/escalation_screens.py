"""Asking a lead, the ping, and the case in the hands of who took it. A ping says nothing of the case; nobody is named
before it is known whom it must not reach (INV-24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.local_time import local
from bot.screens.disagreement_screens import they_will_not_act
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from bot.screens.walk_screens import DANGER, GO_ON
from bot.store.escalations import Escalation, Step
from states.escalation import Asking, State, Urgency
from states.roles import ROLE_WORDS, OrganisationRole
from states.text import Text, joined, say

WAY_OUT: tuple[Row, ...] = ((GO_ON,), (DANGER,))

URGENCY_WORDS: Mapping[Urgency, Text] = {
    Urgency.EMERGENCY: say("emergency"),
    Urgency.TODAY: say("today"),
    Urgency.ROUTINE: say("not urgent"),
}
ASKED_WORDS: Mapping[State, Text] = {
    State.LATER: say("nobody yet"),
    State.LEAD: say("the safeguarding lead"),
    State.REMINDER: say("the safeguarding lead, once more"),
    State.DEPUTY: say("the deputy lead"),
    State.DUTY_CONTACT: say("the duty contact"),
    State.EVERYBODY: say("every lead and the administrators"),
}
IT_CANNOT_WAIT = Button(say("It cannot wait: ask now"), Press("own_call", "hurry"), ("it cannot wait", "ask now"))
NO_ANSWER = Button(say("I hear nothing: ask the others"), Press("own_call", "unanswered"), ("i hear nothing",))
STOP_ASKING = Button(say("It is dealt with: stop asking"), Press("own_call", "dealt"), ("stop asking", "dealt with"))
ABOUT_THEM = Button(say("It may be about somebody I ask"), Press("own_call", "about"), ("it is about them",))
SOMETHING_ELSE = Button(say("I need a lead for something else"), Press("own_call", "anew"), ("something else",))
WHY_IT_RINGS: Mapping[State, Text] = {
    State.LATER: say("Somebody asks for you."),
    State.LEAD: say("Somebody asks for you."),
    State.REMINDER: say("Second ring: nobody has taken it yet."),
    State.DEPUTY: say("Somebody asks for you. The lead cannot be asked, or has not answered."),
    State.DUTY_CONTACT: say("Somebody asks for you. Nobody has answered yet."),
    State.EVERYBODY: say("Nobody has taken it. I ask all of you now, until one of you does."),
}
DIFFERS = "differ"
GONE_ROUND = "gone round"
"""How a call ends that may be about anybody there."""
OUTCOMES: Mapping[str, Text] = {
    "agree": say("I agree with the advice"),
    DIFFERS: say("I see it differently"),
    "dealt": say("I have dealt with it myself"),
}
DO_NOT_WAIT = say(
    "If nobody has answered in 10 minutes, ring a senior person or social care yourself. Do not wait for me. If anyone "
    "is in danger, ring 999."
)
WAITED_ENOUGH = say(
    "Do not wait any longer: ring a senior person or social care yourself now. I go on asking. If anyone is in danger, "
    "ring 999."
)
IT_CAN_WAIT = say("If it cannot wait any more, ask me again and say so. If anyone is in danger, ring 999.")


SAID_SHOWN = 1400
"""Characters of what was said, beside the advice: Telegram takes 4,096 in all."""
REASONS_SHOWN = 4


def clock(moment: datetime) -> str:
    """The time as people read it."""
    return f"{local(moment):%H:%M}"


# ---- asking


def asked_screen(
    escalation: Escalation,
    holder: OrganisationRole | None,
    steps: Sequence[Step],
    *,
    nobody: bool,
    asked_at: datetime | None = None,
    receipt: str = "",
    numbers: Text | None = None,
    waited: bool = False,
) -> Screen:
    """How it stands, for whoever asked, and what was said last. `asked_at`: when the first is asked, where nobody has
    been yet; `numbers`: whom to ring instead of waiting; `waited`: they have waited long enough."""
    if escalation.state is State.CLOSED:
        now = closed_words(escalation.reference)
    elif escalation.state is State.TAKEN:
        now = taken_words(escalation.reference, holder)
    elif escalation.state is State.LATER and asked_at is not None:
        now = say(
            "{reference} can wait, so I wake nobody. I begin to ask on {day} at {time}.",
            reference=escalation.reference,
            day=f"{local(asked_at):%d.%m.%Y}",
            time=clock(asked_at),
        )
    elif nobody:
        now = say("There is nobody here whom I can ask. I go on trying.")
    else:
        now = say(
            "I am asking {who} now. Reference {reference}.",
            who=ASKED_WORDS[escalation.state],
            reference=escalation.reference,
        )
    talks = say("You can type here what they should know. Whoever takes it reads it. No names, please.")
    if escalation.state is State.TAKEN:
        talks = say("Type here what you want to tell them. No names, please.")
    waits = (
        (
            do_not_wait(escalation.urgency, waited=waited),
            numbers,
            say("I tell you here who takes it, and whom I ask next if nobody does."),
        )
        if escalation.waits
        else ()
    )
    proof = say("Your receipt: {receipt}", receipt=receipt) if receipt else None
    hurry = ((IT_CANNOT_WAIT,),) if escalation.waits and escalation.urgency is Urgency.ROUTINE else ()
    ways = _otherwise(escalation.reference, next((step.text for step in steps if step.what == "closed"), ""))
    said = paragraphs(*_said(steps), talks if escalation.state is not State.CLOSED else None, *waits, proof)
    change: tuple[Row, ...] = ()
    if escalation.state is not State.CLOSED:
        change = (
            *(((STOP_ASKING,),) if escalation.waits else ((NO_ANSWER,),)),
            (ABOUT_THEM,),
            (SOMETHING_ELSE,),
        )
    return Screen((Paragraph(now, bold=True), *said), (*hurry, *ways, *change, *WAY_OUT))


def _otherwise(reference: str, outcome: str) -> tuple[Row, ...]:
    """Where the lead sees it differently, the way on for whoever does not agree (ES-1)."""
    return (they_will_not_act(reference),) if outcome == DIFFERS else ()


def _said(steps: Sequence[Step]) -> list[Text]:
    """What was said last, as much as fits on a screen."""
    said, room = [step for step in steps if step.what == "said" and step.text], SAID_SHOWN
    shown: list[Text] = []
    for step in reversed(said):
        room -= len(step.text)
        if room < 0:
            shown.append(say("What was said before is left out here."))
            break
        shown.append(say("{time} {role}: {words}", time=clock(step.at), role=_who(step.role), words=step.text))
    return shown[::-1]


def closed_words(reference: str) -> Text:
    """That nobody is asked any more."""
    return say("{reference} is closed.", reference=reference)


def taken_words(reference: str, holder: OrganisationRole | None) -> Text:
    """Said to whoever asked, and in the place of every ping."""
    if holder is None:
        return say("{reference} is taken.", reference=reference)
    return say("{reference} is taken by the {role}.", reference=reference, role=ROLE_WORDS[holder])


def taken_screen(escalation: Escalation, holder: OrganisationRole | None) -> Screen:
    """To whoever asked: who has it, and what to do if they hear nothing."""
    hears_nothing = None
    if escalation.urgency is not Urgency.ROUTINE:
        hears_nothing = say(
            "If you hear nothing in 10 minutes, tap Answer and tell me: I ask the others. If anyone is in danger, ring "
            "999."
        )
    return Screen(
        paragraphs(Paragraph(taken_words(escalation.reference, holder), bold=True), hears_nothing),
        (_answer(escalation),),
    )


def _answer(escalation: Escalation) -> Row:
    return (Button(say("Answer"), Press("escalation", "answer", escalation.id)),)


def silent_holder_screen(escalation: Escalation) -> Screen:
    """To who took it, and has done nothing here since."""
    yours = say("{reference} is yours. They have heard nothing from you here.", reference=escalation.reference)
    return Screen(
        paragraphs(Paragraph(yours, bold=True), say("Write to them, close it, or hand it back if you cannot go on.")),
        (_answer(escalation),),
    )


def nobody_can_screen(escalation: Escalation, *, numbers: Text | None) -> Screen:
    """To whoever asked, when everybody who could be asked has said no."""
    now = say("{reference}: everybody I asked says that they cannot take it.", reference=escalation.reference)
    return Screen(paragraphs(Paragraph(now, bold=True), do_not_wait(escalation.urgency, waited=True), numbers))


def not_answered_screen(reference: str) -> Screen:
    """To who took it, when the others are asked."""
    words = say("{reference}: they hear nothing from you, so I ask the others.", reference=reference)
    return Screen(paragraphs(Paragraph(words, bold=True), say("You can take it again: /open")))


def heard_nothing_screen(escalation: Escalation, holder: OrganisationRole | None) -> Screen:
    """To whoever asked, when who took it has done nothing here for long."""
    role = _who(holder.value) if holder else say("safeguarding lead")
    heard = say("{reference}: have you heard from the {role}?", reference=escalation.reference, role=role)
    otherwise = say("If not, tap Answer and tell me: I ask the others. If anyone is in danger, ring 999.")
    return Screen(paragraphs(Paragraph(heard, bold=True), otherwise), (_answer(escalation),))


def given_back_screen(
    escalation: Escalation, asking: Asking, *, numbers: Text | None, unanswered: bool = False
) -> Screen:
    """To whoever asked, when whoever had it cannot go on, or does not answer them."""
    words: dict[str, Text | str | int] = {"reference": escalation.reference}
    if unanswered:
        now = say("{reference}: you hear nothing, so I ask everybody else now.", **words)
    elif asking.rung is State.LATER:
        now = say("{reference}: whoever had it cannot go on. I ask the others when work begins.", **words)
    elif asking.people:
        now = say("{reference}: whoever had it cannot go on. I ask everybody else now.", **words)
    else:
        now = say("{reference}: whoever had it cannot go on, and there is nobody else here whom I can ask.", **words)
    waited = not asking.people
    return Screen(paragraphs(Paragraph(now, bold=True), do_not_wait(escalation.urgency, waited=waited), numbers))


def do_not_wait(urgency: Urgency, *, waited: bool = False) -> Text:
    """What to do where nobody answers; `waited`: or has. What can wait is no reason to go round anybody."""
    if urgency is Urgency.ROUTINE:
        return IT_CAN_WAIT
    return WAITED_ENOUGH if waited else DO_NOT_WAIT


def nobody_yet_screen(
    reference: str,
    asked: State,
    *,
    nobody: bool,
    first: bool = False,
    numbers: Text | None = None,
    urgency: Urgency = Urgency.TODAY,
    waited: bool = True,
) -> Screen:
    """To whoever asked, when silence has led on; or when the first is asked at last (`first`). `waited`: they have
    waited as long as anybody should, and ring themselves now."""
    words: dict[str, Text | str | int] = {"reference": reference, "who": ASKED_WORDS[asked]}
    if nobody:
        now = say("{reference}: there is nobody here whom I can ask. I go on trying.", reference=reference)
    elif first:
        now = say("{reference}: I am asking {who} now.", **words)
    else:
        now = say("{reference}: nobody has answered yet. I am asking {who} now.", **words)
    return Screen(paragraphs(Paragraph(now, bold=True), do_not_wait(urgency, waited=waited), numbers))


# ---- the ping


def ping_screen(escalation: Escalation, rung: State, at: datetime, *, given_back: bool = False) -> Screen:
    """Reference, urgency, time, and why it rings. Nothing of the case. `given_back`: whoever had it cannot go on."""
    why = say("Whoever had it cannot go on. I ask all of you now.") if given_back else WHY_IT_RINGS[rung]
    return _ping(escalation, at, why)


def _ping(escalation: Escalation, at: datetime, why: Text) -> Screen:
    head = say(
        "{reference} · {urgency} · {time}",
        reference=escalation.reference,
        urgency=URGENCY_WORDS[escalation.urgency],
        time=clock(at),
    )
    return Screen(
        paragraphs(Paragraph(head, bold=True), why),
        (
            (Button(say("I'll take it"), Press("escalation", "take", escalation.id)),),
            (Button(say("I cannot take this"), Press("escalation", "decline", escalation.id)),),
        ),
    )


# ---- the case


def case_screen(escalation: Escalation, steps: Sequence[Step]) -> Screen:
    """For who took it alone: what they may read, and what was said since."""
    content: Mapping[str, object] = escalation.content
    shown = [Text("{words}", (("words", str(words)),)) for words in _listed(content.get("advice"))]
    reasons = [say("• {reason}", reason=str(words)) for words in _listed(content.get("reasons"))[:REASONS_SHOWN]]
    advised = joined([say("What I told them to do:"), *shown], "\n") if shown else None
    note = content.get("note")
    return Screen(
        (
            Paragraph(say("{reference} is yours.", reference=escalation.reference), bold=True),
            *paragraphs(
                advised or say("They have not sent any details: ask them."),
                joined([say("Why:"), *reasons], "\n") if reasons else None,
                say("Their note: {note}", note=str(note)) if note else None,
                _handed_back(steps),
                *_said(steps),
                say("Type here what you want to tell them. No names, please."),
            ),
        ),
        (
            (Button(say("Close it"), Press("view", "close_case", escalation.id)),),
            (Button(say("Ask them to ring me"), Press("escalation", "ring_me", escalation.id), ("ring me",)),),
            (
                Button(say("Pass it on"), Press("escalation", "pass_on", escalation.id)),
                Button(say("Hand it back"), Press("escalation", "hand_back", escalation.id)),
            ),
            (Button(say("Look again on a day"), Press("escalation", "look_again", escalation.id)),),
            *WAY_OUT,
        ),
    )


def _handed_back(steps: Sequence[Step]) -> Text | None:
    """What the last lead who handed it back wants the next to know."""
    words = [step for step in steps if step.what == "handed back" and step.text]
    return (
        say("The {role} before you writes: {words}", role=_who(words[-1].role), words=words[-1].text) if words else None
    )


def passed_on_screen(escalation: Escalation, at: datetime) -> Screen:
    """To a colleague, as a ping."""
    return _ping(escalation, at, say("A colleague who has it asks you to take it over."))


def not_passed_on_words(reference: str) -> Text:
    """To who wanted to pass it on."""
    return say("{reference} stays yours: they have not taken it. /mine", reference=reference)


def ring_them_screen(escalation: Escalation, role: str, number: str) -> Screen:
    """To whoever asked: a number to ring."""
    return Screen(
        paragraphs(
            Paragraph(
                say("{reference}: the {role} asks you to ring", reference=escalation.reference, role=_who(role)),
                bold=True,
            ),
            Text("{number}", (("number", number),)),
        ),
        ((Button(say("Answer"), Press("escalation", "answer", escalation.id)),),),
    )


def close_screen(escalation: Escalation) -> Screen:
    """How it ended."""
    rows = tuple((Button(words, Press("close", key, escalation.id)),) for key, words in OUTCOMES.items())
    return Screen(
        paragraphs(Paragraph(say("How does {reference} end?", reference=escalation.reference), bold=True)),
        (*rows, *WAY_OUT),
    )


def closed_screen(reference: str, outcome: str, reason: str = "") -> Screen:
    """To whoever asked."""
    return Screen(
        paragraphs(
            Paragraph(closed_words(reference), bold=True),
            say("They say: {outcome}.", outcome=OUTCOMES[outcome]),
            Text("{reason}", (("reason", reason),)) if reason else None,
            say("If you still worry, ask again, or ring social care yourself. That feeling counts."),
        ),
        _otherwise(reference, outcome),
    )


def said_screen(escalation: Escalation, role: str, words: str) -> Screen:
    """What one says to the other, with a button that leads to where it is answered."""
    return Screen(
        paragraphs(
            Paragraph(
                say("{reference}: the {role} writes", reference=escalation.reference, role=_who(role)), bold=True
            ),
            Text("{words}", (("words", words),)),
        ),
        ((Button(say("Answer"), Press("escalation", "answer", escalation.id)),),),
    )


def _who(role: str) -> Text:
    return say("practitioner") if role == OrganisationRole.PRACTITIONER else ROLE_WORDS[OrganisationRole(role)]


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
