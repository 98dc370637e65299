"""The laws of calls for a lead: whoever was told that one is asked, taken or closed can rely on it, no call falls
silent, nobody hears of it who must not, and what one writes to the other arrives once.

Written apart from the ladder: whom a rung asks and what climbing it says stands here once more, in other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.faults.history import History
from tests.faults.phones import Phone
from tests.faults.store_contents import Contents, EscalationHeld, PersonHeld, PingHeld, StepHeld
from tests.faults.telegrams_side import Call, TelegramsSide

RUNGS = ("later", "lead", "reminder", "deputy", "duty_contact", "everybody")
ASKED = {
    "lead": {"lead"},
    "reminder": {"lead"},
    "deputy": {"deputy"},
    "duty_contact": {"duty_contact"},
    "everybody": {"lead", "deputy", "duty_contact", "administrator"},
}
"""Whom each rung asks."""
SAID_OF = {
    "nobody yet": "later",
    "the safeguarding lead": "lead",
    "the safeguarding lead, once more": "reminder",
    "the deputy lead": "deputy",
    "the duty contact": "duty_contact",
    "every lead and the administrators": "everybody",
}
RINGS_FOR = {
    "Second ring": "reminder",
    "The lead cannot be asked, or has not answered": "deputy",
    "Nobody has answered yet": "duty_contact",
    "Nobody has taken it. I ask all": "everybody",
    "Whoever had it cannot go on": "everybody",
    "A colleague who has it": "passed on",
    "Somebody asks for you": "lead",
}
"""What a ping says, the first that fits, and the step that it belongs to."""
HURRIED = ("asked", "declined", "cannot wait", "handed back")
"""Steps after which the next rung does not wait."""
SHORTEST_RUNG = timedelta(seconds=59)
REFERENCE = r"(?P<reference>SW-[0-9A-Z]+)"
TOLD = {
    words.replace("SW", REFERENCE): step
    for words, step in {
        r"I am asking (?P<who>.+) now\. Reference SW\.": "asked",
        r"Your receipt: SW-": "asked",
        r"SW: nobody has answered yet\. I am asking (?P<who>.+) now": "",
        r"SW: I am asking (?P<who>.+) now": "",
        r"SW: whoever had it cannot go on": "handed back",
        r"SW is taken": "taken",
        r"SW is yours": "taken",
        r"SW is closed": "closed",
        r"SW is handed back": "handed back",
        r"I pass that on\. SW": "said",
        r"(?s)SW: the [a-z ]+ writes\n\n(?P<text>.+)": "said",
    }.items()
}
"""What anybody may be told, and the step that must then be in the store; "": the rung that is named."""
TAG = re.compile(r"</?b>")

Doubt = Callable[[History, int], bool]
"""Whether the bot could not know of this message."""


@dataclass(frozen=True)
class Circle:
    """Everybody of the organisation, as they and the store are now."""

    phones: Sequence[Phone]
    side: TelegramsSide
    contents: Contents

    @property
    def histories(self) -> Iterator[tuple[History, PersonHeld]]:
        """Of everybody whom the store knows."""
        for phone in self.phones:
            history = History(phone, self.side.by_chat[phone.person_id], self.contents)
            if history.person is not None:
                yield history, history.person

    def left_out(self, one: EscalationHeld) -> set[str]:
        """Who must hear nothing of it."""
        return {*one.bypassed, *(id_ for id_, roles in self.contents.roles.items() if roles & one.without)}


@dataclass
class LeadLaws:
    """What was looked at before is not looked at again."""

    side: TelegramsSide
    in_doubt: Doubt
    read: Counter[int] = field(default_factory=Counter)
    """By chat: how many of its calls were looked at."""
    steps: dict[str, tuple[StepHeld, ...]] = field(default_factory=dict)

    def at_any_time(self, phones: Sequence[Phone], contents: Contents) -> Iterator[str]:
        """What may never be wrong."""
        circle = Circle(phones, self.side, contents)
        for history, person in circle.histories:
            calls = history.calls[self.read[history.chat] :]
            self.read[history.chat] += len(calls)
            for call in calls:
                if call.shows:
                    yield from (f"{history.chat}: {words}" for words in _told_means_stored(circle, person, call))
        for one in contents.escalations.values():
            if one.steps[: len(before := self.steps.get(one.id, ()))] != before:
                yield f"steps of {one.reference} changed or vanished"
            self.steps[one.id] = one.steps
            if (one.due_at is None) != (one.state == "closed"):
                yield f"{one.reference} is {one.state}, and {'nothing' if one.due_at is None else 'something'} is due"
            yield from _climbed_as_it_should(circle, one)
        if vanished := self.steps.keys() - contents.escalations.keys():
            yield f"{len(vanished)} calls for a lead vanished"

    def settled(self, phones: Sequence[Phone], contents: Contents) -> Iterator[str]:
        """What is wrong when the bot owes nobody anything."""
        circle = Circle(phones, self.side, contents)
        for history, person in circle.histories:
            if contents.roles[person.id] & ASKED["everybody"]:
                laws = (self._rung_once(history, person), _copies_settled(history, person))
                yield from (f"{history.chat}: {words}" for law in laws for words in law)
        for one in contents.escalations.values():
            if one.state in RUNGS:
                yield from _rings(one)
        yield from self._everything_told(circle)

    def _rung_once(self, history: History, person: PersonHeld) -> Iterator[str]:
        """Every ping of the store was sent, and nothing else rang, but for a repeat of what was in doubt."""
        pings = {ping.message_id for ping, _ in _pings_of(history, person)}
        sent = {call.message_id for call in history.told if call.asks and call.method == "sendMessage"}
        for call in history.told:
            unknown = call.asks and call.method == "sendMessage" and call.message_id not in pings
            if unknown and not self.in_doubt(history, call.message_id or 0):
                yield f"rang in message {call.message_id}, for no ping of the store: {_words(call)[:40]!r}"
        for ping, one in _pings_of(history, person):
            if ping.message_id is not None and ping.message_id not in sent:
                yield f"a ping for {one.reference} is said to be in message {ping.message_id}, which is none"

    def _everything_told(self, circle: Circle) -> Iterator[str]:
        """Whatever happened was told to whom it concerns, once; again only where it was in doubt."""
        wanted: Counter[tuple[int, str]] = Counter()
        to_leads: Counter[str] = Counter()
        chats = {person.id: history for history, person in circle.histories}
        told: Counter[tuple[int, str]] = Counter()
        leads_told: Counter[str] = Counter()
        for one in circle.contents.escalations.values():
            asker = chats.get(one.asked_by or "")
            for about, words in _to_be_told(one):
                if about == "lead":
                    to_leads[words] += 1
                elif asker is not None:
                    wanted[asker.chat, words] += 1
        for history, person in circle.histories:
            is_lead = bool(circle.contents.roles[person.id] & ASKED["everybody"])
            for call in history.told:
                if call.method == "sendMessage" and not call.revision and not call.asks:
                    known = call.message_id in circle.contents.messages[person.id]
                    if (words := _told_of_a_step(call)) and known:
                        told[history.chat, words] += 1
                        leads_told[words] += is_lead
                    elif words and not self.in_doubt(history, call.message_id or 0):
                        yield f"{history.chat}: was told {words!r}, which the store does not know"
        blocked = {history.chat for history, _ in circle.histories if _ever_blocked(history)}
        leads = {
            history.chat
            for history, person in circle.histories
            if circle.contents.roles[person.id] & ASKED["everybody"]
        }
        for chat, words in told.keys() - wanted.keys():
            if chat not in leads:
                yield f"{chat}: was told {words!r}, which never happened"
        for (chat, words), count in wanted.items():
            if chat not in blocked and told[chat, words] != count:
                yield f"{chat}: should be told {count} times {words!r}, and was {told[chat, words]} times"
        for words, count in to_leads.items():
            if leads_told[words] != count:
                yield f"a lead should be told {count} times {words!r}, and was {leads_told[words]} times"


def _words(call: Call) -> str:
    return TAG.sub("", call.text)


def _told_means_stored(circle: Circle, person: PersonHeld, call: Call) -> Iterator[str]:
    """Whatever somebody was told of a call for a lead was committed before, and nobody was told who must not be."""
    text, escalations = _words(call), circle.contents.escalations
    if call.about:
        one = escalations.get(call.about)
        if one is None:
            yield f"was told of a call for a lead that is not in the store: {text[:40]!r}"
        elif person.id in circle.left_out(one):
            yield f"must hear nothing of {one.reference}, and was told {text[:40]!r}"
        elif call.asks:
            yield from _rang_rightly(person, one, text)
    for pattern, step in TOLD.items():
        found = re.search(pattern, text)
        if found is None:
            continue
        named, parts = [one for one in escalations.values() if one.reference == found["reference"]], found.groupdict()
        what = step or SAID_OF.get(parts.get("who") or "", "")
        steps = [held for one in named for held in one.steps if held.what == what]
        if not steps:
            yield f"was told {found[0][:60]!r}, but the store knows of no step {what!r}"
        elif parts.get("text") and not any(held.text == _plain(parts["text"]) for held in steps):
            yield f"was told {found[0][:60]!r}, which nobody wrote"


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _rang_rightly(person: PersonHeld, one: EscalationHeld, text: str) -> Iterator[str]:
    """A ping has its row, of the step by which it rings."""
    what = next(step for words, step in RINGS_FOR.items() if words in text)
    moments = {step.at for step in one.steps if step.what == what}
    if not any(ping.person_id == person.id and ping.made_at in moments for ping in one.pings):
        yield f"was rung for {one.reference} ({what}), and the store knows of no such ping"


def _climbed_as_it_should(circle: Circle, one: EscalationHeld) -> Iterator[str]:
    """Every rung asked just those whom it should, each once; none was left out, and none came too early."""
    if one.steps[0].what != "asked" or len(one.steps) < 2:
        yield f"{one.reference} does not begin with asking somebody"
        return
    before, hurried, had = one.steps[0], True, False
    asked_last = max(number for number, step in enumerate(one.steps) if step.what == "asked")
    for number, step in enumerate(one.steps):
        if step.what in RUNGS:
            if not hurried and step.at - before.at < SHORTEST_RUNG:
                yield f"{one.reference} climbed to {step.what} after {step.at - before.at}"
            rung = "everybody" if had else _next_rung(circle, one, before.what, step.at)
            asked = sorted(ping.person_id for ping in one.pings if ping.made_at == step.at)
            should = sorted(_people_on(circle, one, step.what, step.at))
            if number < asked_last:
                pass  # whom it must not reach was not known then
            elif step.what not in (rung, "later"):
                yield f"{one.reference} climbed from {before.what} to {step.what} instead of {rung}"
            elif asked != should and not had:
                yield f"{one.reference} on {step.what} rang {len(asked)} people {asked} instead of {should}"
            elif had and not set(asked) <= set(should):
                yield f"{one.reference}, of which nobody has charge any more, rang {asked} instead of some of {should}"
            before, hurried, had = step, False, False
        elif step.what == "taken":
            hurried = had = True
        elif step.what in HURRIED:
            hurried = True
    offered = sum(step.what == "passed on" for step in one.steps)
    rungs = {step.at for step in one.steps if step.what in RUNGS}
    if offered != sum(ping.made_at not in rungs for ping in one.pings):
        yield f"{one.reference} was passed on {offered} times, and rang otherwise"


def _next_rung(circle: Circle, one: EscalationHeld, before: str, at: datetime) -> str:
    """The lowest above with somebody on it."""
    above = RUNGS[RUNGS.index(before) + 1 :] if before in RUNGS else RUNGS[1:]
    return next((rung for rung in above if rung == "everybody" or _people_on(circle, one, rung, at)), "everybody")


def _people_on(circle: Circle, one: EscalationHeld, rung: str, at: datetime) -> set[str]:
    """Who is to be asked: whoever has the part, is not left out, and has not declined, if not all are asked."""
    roles = ASKED.get(rung, set())
    declined = set() if rung == "everybody" else _declined(circle, one, at)
    people = {id_ for id_, theirs in circle.contents.roles.items() if theirs & roles}
    return people - circle.left_out(one) - {one.asked_by} - declined


def _declined(circle: Circle, one: EscalationHeld, at: datetime) -> set[str]:
    """Who had said no by then: their tap is what made the step."""
    moments = {step.at for step in one.steps if step.what == "declined" and step.at < at}
    return {
        person.id
        for history, person in circle.histories
        if circle.contents.roles[person.id] & ASKED["everybody"]
        and any(tapped.moment in moments for tapped in history.dealt_with)
    }


def _pings_of(history: History, person: PersonHeld) -> list[tuple[PingHeld, EscalationHeld]]:
    return [
        (ping, one)
        for one in history.contents.escalations.values()
        for ping in one.pings
        if ping.person_id == person.id
    ]


def _copies_settled(history: History, person: PersonHeld) -> Iterator[str]:
    """Where a ping is answered, or somebody else has it, no copy asks on that the bot can know of; nor one that was
    tapped."""
    known = history.contents.messages[person.id]
    newest = {one.id: ping for ping, one in _pings_of(history, person)}
    tapped = {(one.done.act.message_id, one.moment) for one in history.dealt_with if one.done.act.kind == "tap"}
    answers: dict[int, datetime] = {}
    for message_id, moment in tapped:
        answers[message_id] = max(moment, answers.get(message_id, moment))
    about = {call.message_id: call.about for call in history.told if call.asks}
    for shown in history.phone.look():
        if not shown.asks:
            continue
        one = history.contents.escalations[shown.asks]
        if shown.message_id in answers:
            yield f"a ping for {one.reference} was tapped, and still asks"
        if shown.message_id not in known:
            continue
        ping = newest[one.id]
        if one.state not in RUNGS and one.offered_to != person.id:
            yield f"{one.reference} is {one.state}, and a ping still asks to take it"
        elif ping.message_id != shown.message_id:
            yield f"an older ping for {one.reference} still asks"
        elif any(at > ping.made_at and about.get(number) == one.id for number, at in answers.items()):
            yield f"another copy of a ping for {one.reference} was tapped, and this one still asks"


def _rings(one: EscalationHeld) -> Iterator[str]:
    """Nobody has it: everybody of the present rung has a ping before them, unless they said no."""
    last = [step for step in one.steps if step.what in RUNGS][-1]
    for ping in one.pings:
        if ping.made_at == last.at and ping.message_id is None and not ping.declined:
            yield f"{one.reference} waits on {last.what}, and somebody there was never rung"


def _ever_blocked(history: History) -> bool:
    return history.forgotten or any(one.act.kind == "block" for one in history.phone.done)


def _to_be_told(one: EscalationHeld) -> Iterator[tuple[str, str]]:
    """What its steps give whoever asked, or a lead, to read."""
    first, held = True, False
    for number, step in enumerate(one.steps):
        held = step.what not in (*RUNGS, "handed back") and (held or step.what == "taken")
        if step.what in RUNGS:
            if not first:
                yield "asker", f"{one.reference} asking"
            first = False
        elif step.what in ("taken", "closed"):
            yield "asker", f"{one.reference} {step.what}"
        elif step.what == "ring me":
            yield "asker", f"{one.reference} ring"
        elif step.what == "said":
            reason = [other for other in one.steps[number + 1 : number + 2] if other.what == "closed"]
            if step.role == "practitioner" and not held:
                continue  # it is kept for whoever takes it
            if not (reason and reason[0].at == step.at):  # why a lead sees it differently is told with its end
                yield "lead" if step.role == "practitioner" else "asker", f"{one.reference} {step.text}"


SENTENCES = {
    re.compile(words.replace("SW", REFERENCE)): short
    for words, short in {
        r"^SW: (?:nobody has answered yet\. I am asking|there is nobody here whom I can ask|I am asking)": "asking",
        r"^SW: whoever had it cannot go on": "asking",
        r"^SW is taken by the ": "taken",
        r"^SW is closed": "closed",
        r"^SW: the [a-z ]+ asks you to ring": "ring",
        r"(?s)^SW: the [a-z ]+ writes\n\n(?P<text>.+)": "",
    }.items()
}
"""What is told beside the screen because of a step."""


def _told_of_a_step(call: Call) -> str:
    """In the same words as `_to_be_told`; "" where it tells of none."""
    for pattern, short in SENTENCES.items():
        if found := pattern.search(_words(call)):
            return f"{found['reference']} {short or _plain(found['text'])}"
    return ""
