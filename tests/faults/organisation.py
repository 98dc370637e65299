"""An organisation in a world: its invitations, its leads, and members who ask for one of them.

Leads and members are people like the others. They join by a link, as everybody does, while the bot is being killed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.store import Store, invitations, organisations
from bot.store.invitations import Invitation
from bot.store.organisations import Organisation
from states.arrangements import Arrangements
from states.roles import OrganisationRole
from tests.faults.phones import Act, Button, Shown
from tests.faults.practitioners import DANGER_SAID, Practitioner

CLUB = "c" * 32
JOIN = "I agree and join"
RECEIPT = "Your receipt"
LEADS = (OrganisationRole.LEAD, OrganisationRole.DEPUTY, OrganisationRole.DUTY_CONTACT)
"""Everybody who answers, one of each."""
INVITED = 200
"""Members who may join in the course of one world."""
GOOD_FOR = timedelta(days=30)
SHORTEST = Arrangements(emergency_minutes=1, today_minutes=1, routine_hours=1, quiet=())
RUNG = timedelta(minutes=1)
"""How long a rung waits, but for what can wait."""

WORDS = ("we saw it again", "please wait for me", "what was said then", "it was like this before")
NUMBER = "07700 900123"
OUTCOMES = ("agree", "differ", "dealt")
_written = itertools.count(1)


def found(store: Store, at: datetime) -> None:
    """Make the organisation, and invite everybody who is to join."""
    with store.transaction() as transaction:
        organisations.add(transaction, Organisation(CLUB, "Riverside", "eng", "voluntary", at, SHORTEST))
        for token, role in (
            *_tokens_of_leads(),
            *((token_of(n), OrganisationRole.PRACTITIONER) for n in range(INVITED)),
        ):
            invitations.add(transaction, token, Invitation(CLUB, role, None, at, at + GOOD_FOR))


def _tokens_of_leads() -> Iterator[tuple[str, OrganisationRole]]:
    return ((f"token-{role.value}", role) for role in LEADS)


def token_of(number: int) -> str:
    """What is in the link of the member with this number."""
    return f"token-{number}"


def words() -> str:
    """Something to write to the other, never the same twice."""
    number = next(_written)
    return f"{WORDS[number % len(WORDS)]}, {_in_letters(number)}"


def _in_letters(number: int) -> str:
    """A number that looks like nothing that must not be written."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).join(("x", "x"))


def _pressing(shown: Shown, *verbs: str) -> list[Button]:
    """The buttons with one of these verbs."""
    return [button for button in shown.buttons if button.pressed is not None and button.pressed.press.verb in verbs]


def _tap(shown: Shown, button: Button) -> Act:
    return Act("tap", button.label, shown.message_id, button.data)


THEIR_OWN_CALL = (
    *("It is dealt with: stop asking", "Yes, stop asking", "It may be about somebody I ask"),
    *("I need a lead for something else", "It cannot wait: ask now", "I hear nothing: ask the others"),
)
"""What whoever asked may change of it is tried on the chat's own tests; here it would end nearly every call."""


@dataclass
class Member(Practitioner):
    """A practitioner who has joined, asks for a lead out of the walk, and writes to whoever takes it."""

    token: str = ""
    joined: bool = False

    def choose(self, chat: list[Shown], screen: Shown | None, settled: bool) -> list[Act]:
        """Join; then whatever leads to a lead, and between that what any practitioner does."""
        if self.phone.blocked:
            return [Act("unblock")]
        if screen is not None:
            screen = replace(screen, buttons=tuple(one for one in screen.buttons if one.label not in THEIR_OWN_CALL))
        if not self.joined:
            return self._join(screen)
        if screen is None:
            return [Act("say", "/start")]
        beside = [shown for shown in chat if shown.beside]
        if beside and self.chance.random() < 0.2:
            shown = self.chance.choice(beside)
            return [_tap(shown, self.chance.choice(shown.buttons))]
        if asking := _pressing(screen, "ask"):
            return self._answer(screen, asking)
        if " is taken by the " in screen.text:
            return self._write(screen)
        if RECEIPT in screen.text and self.chance.random() < 0.5:
            return [Act("say", "/start")]  # another worry, another call
        if anew := _pressing(screen, "begin_anew"):
            return [_tap(screen, anew[0])]
        lead = _pressing(screen, "lead")
        if lead and self.chance.random() < 0.6:
            tap = _tap(screen, lead[0])
            return [tap, tap] if self.chance.random() < 0.15 else [tap]
        return super().choose(chat, screen, settled)

    def _join(self, screen: Shown | None) -> list[Act]:
        """By the link, and by saying yes."""
        button = next((one for one in screen.buttons if one.label == JOIN), None) if screen is not None else None
        if screen is None or button is None:
            return [Act("say", f"/start {self.token}")]
        self.joined = True
        return [_tap(screen, button)]

    def _answer(self, screen: Shown, asking: list[Button]) -> list[Act]:
        """Mostly it is about nobody there, and the first is as good as any."""
        no = [button for button in asking if button.label == "No"]
        return [_tap(screen, no[0] if no and self.chance.random() < 0.7 else self.chance.choice(asking))]

    def _write(self, screen: Shown) -> list[Act]:
        roll = self.chance.random()
        if roll < 0.5:
            return [Act("say", words())]
        if roll < 0.55:
            return [Act("say", self.chance.choice(DANGER_SAID))]
        return self._on(screen)

    def _on(self, screen: Shown) -> list[Act]:
        found = _pressing(screen, "go_on") or list(screen.buttons)
        return [_tap(screen, self.chance.choice(found))]


@dataclass
class Lead(Member):
    """Takes what a ping asks for, or does not, and deals with what is theirs. Never through."""

    left: int = 1_000_000
    moods: dict[int, str] = field(default_factory=dict)
    """What they do about each ping, by its message."""

    def choose(self, chat: list[Shown], screen: Shown | None, settled: bool) -> list[Act]:
        """Answer a ping, see to the case on the screen, or wait."""
        if not self.joined:
            return self._join(screen)
        if screen is None:
            return [Act("say", "/start")]
        wanted = [(shown, self._mood(shown)) for shown in chat if shown.asks]
        answered = [(shown, mood) for shown, mood in wanted if mood]
        if answered:
            shown, mood = self.chance.choice(answered)
            button = next(one for one in shown.buttons if one.pressed and one.pressed.press.first == mood)
            tap = _tap(shown, button)
            return [tap, tap] if self.chance.random() < 0.15 else [tap]
        return self._see_to(chat, screen)

    def _mood(self, shown: Shown) -> str:
        """Some pings are left to ring, so that the ladder climbs."""
        copies = "take", "take", "take", "decline", "", "", ""
        return self.moods.setdefault(shown.message_id, self.chance.choice(copies))

    def _see_to(self, chat: list[Shown], screen: Shown) -> list[Act]:
        roll = self.chance.random()
        case = [one for one in _pressing(screen, "view") if one.pressed and one.pressed.press.first == "close_case"]
        if case:
            others = _pressing(screen, "escalation")
            taps = [Act("say", words())] * 3 + [_tap(screen, one) for one in (*case * 3, *others)]
            return [self.chance.choice(taps)] if roll < 0.5 else []
        if choices := _pressing(screen, "close", "offer", "give_back", "remind"):
            return [_tap(screen, self.chance.choice(choices))] if roll < 0.8 else [Act("say", words())]
        if on := _pressing(screen, "escalation"):  # on a page on which something is typed, the way back
            typed = Act("say", NUMBER if "number" in screen.text else words())
            return [typed if roll < 0.5 else _tap(screen, on[0])]
        beside = [shown for shown in chat if shown.beside and not shown.asks]
        if beside and roll < 0.3:
            return [_tap(beside[-1], beside[-1].buttons[0])]
        if roll < 0.35:
            return [Act("say", self.chance.choice(("/mine", "/open")))]
        if found := [one for one in _pressing(screen, "view") if one.pressed and one.pressed.press.first == "found"]:
            return [_tap(screen, self.chance.choice(found))]
        if self.seen and roll < 0.4:
            message_id, button = self.chance.choice(self.seen)
            return [Act("tap", button.label, message_id, button.data)]
        return []
