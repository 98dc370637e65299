"""Whether the bot kept its promises: what people did and were told, compared with what the store holds.

Written apart from the code that it checks: it reads the store by SQL of its own, knows from the phones what was done,
and from Telegram's side what was shown. Each law is one function that names what is wrong, in a sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.faults.answers import answers_law, records_law
from tests.faults.calls_for_a_lead import LeadLaws
from tests.faults.history import History, asks_to_be_forgotten, is_urgent
from tests.faults.phones import Done, Phone, Shown, screen_of
from tests.faults.store_contents import Contents, Line
from tests.faults.telegrams_side import EMERGENCY_WORDS, SAVED, Call, TelegramsSide

CLOCKS_DIFFER = 0.2
"""Seconds between Telegram's clock and the bot's, where both were moved on."""
CONFIRMED_WITHIN = 1.0
"""Seconds from a turn's beginning until Telegram has heard that it is committed."""
IN_DOUBT = 3
"""So many messages of one chat may have gone out, but not be written down yet, when the bot dies."""


@dataclass
class Checker:
    """Remembers what it saw at every check, so that nothing may vanish in between.

    An era is the time between two deaths: until the next one begins, nothing of the dead bot's is done again.
    """

    side: TelegramsSide
    unconfirmed: set[int] = field(default_factory=set)
    eras: list[float] = field(default_factory=list)
    logs: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    urgent_at_deaths: Counter[int] = field(default_factory=Counter)
    """By chat: how often an urgent update was unconfirmed when the bot died, so that its text may come again."""
    network_is_sound: bool = True
    """Whether every call reaches Telegram, and every answer the bot."""
    screens_move_by_themselves: bool = False
    """Whether days pass, so that the bot shows something that nobody asked for."""
    circle: list[Phone] = field(default_factory=list)
    """Everybody of the organisation, if there is one."""

    def __post_init__(self) -> None:
        self.calls_for_a_lead = LeadLaws(self.side, self.in_doubt)

    def new_era(self) -> None:
        """A bot is about to be born, or to take over what a dead one held."""
        self.eras.append(self.side.now())

    def look(self) -> None:
        """See what Telegram was told so far. To be done before the store is read: what was told must be there."""
        self.unconfirmed = self.side.unconfirmed()
        self.side.read_on()

    def after_death(self, phones: Sequence[Phone], contents: Contents) -> list[str]:
        """What is wrong right after a kill, before any restart."""
        for phone in phones:
            self.urgent_at_deaths[phone.person_id] += sum(
                one.update_id in self.unconfirmed and is_urgent(one.act) for one in phone.done
            )
        return [
            *(f"the database is damaged: {words}" for words in contents.broken),
            *self.at_any_time(phones, contents),
        ]

    def settled(self, phones: Sequence[Phone], contents: Contents) -> list[str]:
        """What is wrong when the bot runs and owes nobody anything."""
        problems = self.at_any_time(phones, contents)
        for phone in phones:
            history = History(phone, self.side.by_chat[phone.person_id], contents)
            found = list(self._nothing_owed(history))
            if not phone.away and history.person is not None and not history.person.blocked:
                found += _nothing_typed_stands(history, self.side)
                found += _one_living_screen(history, phone.look(), self)
            problems += [f"{phone.person_id}: {words}" for words in found]
        problems += self.calls_for_a_lead.settled(self.circle, contents)
        return problems + [f"set aside: {number}" for number in contents.set_aside]

    def at_any_time(self, phones: Sequence[Phone], contents: Contents) -> list[str]:
        """What may never be wrong, whatever is under way."""
        problems = []
        for phone in phones:
            history = History(phone, self.side.by_chat[phone.person_id], contents)
            laws = (
                _confirmed_means_committed(history, self.unconfirmed),
                self._dealt_with_once(history),
                _told_means_stored(history),
                answers_law(history, self.logs),
                records_law(history),
                self._danger_first(history),
                _shown_in_order(history),
                self._shown_once(history),
            )
            problems += [f"{phone.person_id}: {words}" for law in laws for words in law]
        problems += self.calls_for_a_lead.at_any_time(self.circle, contents)
        return problems

    def _nothing_owed(self, history: History) -> Iterator[str]:
        """Everything is dealt with."""
        for done in history.phone.done:
            if done.update_id not in history.contents.dealt_with:
                yield f"update {done.update_id} ({done.act}) is lost"

    def _dealt_with_once(self, history: History) -> Iterator[str]:
        """Every update moved its chat's screen on by exactly one: none was lost, none counted twice."""
        person, dealt_with = history.person, history.dealt_with
        expected = dealt_with[-1].before + 1 if dealt_with and not history.forgotten else None
        actual = person.revision if person is not None else None
        moved = self.screens_move_by_themselves and None not in (expected, actual)
        if expected != actual and not (moved and (actual or 0) > (expected or 0)):
            yield f"after {len(dealt_with)} updates the screen should be {expected}, and is {actual}"
        done = [one.update_id for one in history.moving]
        in_turn = [one.done.update_id for one in sorted(dealt_with, key=lambda one: one.moment)]
        if in_turn != done[: len(in_turn)]:
            yield "an update was dealt with before an earlier one of its chat"

    def _danger_first(self, history: History) -> Iterator[str]:
        """Every cry was met with 999; where the network is sound, before its turn began."""
        for one in history.dealt_with:
            if is_urgent(one.done.act):
                latest = one.moment.timestamp() if self.network_is_sound else self.side.now()
                latest += CLOCKS_DIFFER if self.side.ahead else 0
                met = [
                    call
                    for call in history.calls
                    if EMERGENCY_WORDS in call.text and (call.shows or call.status == 403)
                ]
                if not any(one.done.at <= call.at <= latest for call in met):
                    yield f"update {one.done.update_id} ({one.done.act}) was not met with 999 before its turn"

    def _shown_once(self, history: History) -> Iterator[str]:
        """A message comes again only if the bot died, or was not answered, when it had just sent it."""
        sent: dict[tuple[int, tuple[object, ...]], list[Call]] = defaultdict(list)
        emergencies = 0
        for call in history.told:
            if call.method != "sendMessage":
                continue
            if call.revision:
                sent[self.era_of(call), call.content].append(call)
            elif EMERGENCY_WORDS in call.text:
                emergencies += 1 - (call.fault != "")
        for (_, content), calls in sent.items():
            if len([call for call in calls if not call.fault]) > 1:
                yield f"screen {content} was sent {len(calls)} times between two deaths"
        cries = [one for one in history.phone.done if is_urgent(one.act)]
        brought = sum(self._times_brought(history, one) for one in cries)
        if emergencies > brought + self.urgent_at_deaths[history.chat]:
            yield f"the emergency text came {emergencies} times for {len(cries)} cries, brought {brought} times"

    def _times_brought(self, history: History, done: Done) -> int:
        """How often an update was brought at most, but for deaths: Telegram begins anew with what is not confirmed
        whenever a worker registers the webhook."""
        moment = next((one.moment for one in history.dealt_with if one.done is done), None)
        until = moment.timestamp() + CONFIRMED_WITHIN if moment else float("inf")
        return 1 + sum(done.at <= at <= until for at in self.side.registrations)

    def era_of(self, call: Call) -> int:
        """In which era a call was made."""
        return bisect_right(self.eras, call.at) - 1

    def in_doubt(self, history: History, message_id: int) -> bool:
        """Whether the bot could not know of this message: it died, or was not answered, when it had just sent it."""
        sends = [call for call in history.told if call.method == "sendMessage"]
        call = next((one for one in sends if one.message_id == message_id), None)
        if call is None:
            return False  # it came since everything was looked at, when nothing was owed any more
        era = self.era_of(call)
        died = era + 1 < len(self.eras)
        return bool(call.fault) or (died and call in [one for one in sends if self.era_of(one) == era][-IN_DOUBT:])


def _shown_in_order(history: History) -> Iterator[str]:
    """Nobody sees an older screen after a newer one."""
    newest = 0
    for call in history.told:
        if call.revision and call.revision < newest:
            yield f"screen {call.revision} was shown after screen {newest}"
        newest = max(newest, call.revision or 0)


def _confirmed_means_committed(history: History, unconfirmed: set[int]) -> Iterator[str]:
    """Telegram may forget an update only when it is committed."""
    for done in history.phone.done:
        if done.update_id not in unconfirmed and done.update_id not in history.contents.dealt_with:
            yield f"update {done.update_id} ({done.act}) was confirmed and is not in the store"


def _told_means_stored(history: History) -> Iterator[str]:
    """What a person was shown was committed before."""
    if asks_to_be_forgotten([one.act for one in history.phone.done]):
        return
    revision = history.person.revision if history.person else 0
    references = {record.reference for record in history.contents.records}
    for call in history.told:
        if (call.revision or 0) > revision:
            yield f"screen {call.revision} was shown, but the store knows {revision}"
        for reference in SAVED.findall(call.text):
            if reference not in references:
                yield f"{reference} was said to be saved, and is not"


def _one_living_screen(history: History, chat: list[Shown], checker: Checker) -> Iterator[str]:
    """The chat shows the screen that the store says, in the message that it says, and no other button lives."""
    person = history.person
    if person is None:
        return
    living = next((shown for shown in chat if shown.message_id == person.message_id), None)
    if living is None:
        yield f"the screen {person.revision} ({person.view}) should be in message {person.message_id}, which is gone"
        return
    pressed = living.buttons[0].pressed if living.buttons else None
    walk = history.contents.open_walk(person.id)
    last = history.dealt_with[-1].done.act
    static = (
        is_urgent(last) and EMERGENCY_WORDS in living.text
    )  # the text that went out before the turn stays the screen
    if pressed is None or pressed.revision != (0 if static and pressed.revision == 0 else person.revision):
        yield f"the chat shows screen {pressed and pressed.revision}, the store says {person.revision} ({person.view})"
    elif pressed.revision and pressed.walk != (walk.reference if walk else ""):
        yield f"the buttons belong to walk {pressed.walk!r}"
    known = history.contents.messages[person.id]
    newest = screen_of([shown for shown in chat if shown.message_id in known])
    if newest is not None and newest.message_id != living.message_id:
        yield f"another screen stands below the living one: {newest.text[:40]!r}"
    for shown in chat:
        if shown.from_bot and shown.message_id != living.message_id:
            if shown.message_id in known:
                if shown.buttons and not shown.beside:
                    yield f"an old screen still has its buttons: {shown.text[:40]!r}"
            elif not checker.in_doubt(history, shown.message_id):
                yield f"message {shown.message_id}, which the store does not know: {shown.text[:40]!r}"


def _nothing_typed_stands(history: History, side: TelegramsSide) -> Iterator[str]:
    """What was typed is taken away."""
    for message_id, direction in side.standing(history.chat).items():
        if direction == "in":
            yield f"what was typed in message {message_id} still stands"
