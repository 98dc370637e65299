"""People who use the bot while it is killed: some by a script, some as it comes to them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.screens.codes import Pressed
from states.question import Answer
from tests.faults.options import ids_by_words
from tests.faults.phones import Act, Button, Phone, Shown, screen_of

COMMANDS = ("/start", "/back", "/help", "/where", "/why", "/records", "/privacy", "/rules", "/cancel", "/nonsense")
MODES = ("/mode new", "/mode edit", "/mode")
DANGER_SAID = ("he has a knife", "/danger", "she is being hit right now")
NOTES = ("He was quiet and looked tired.", "I saw Peter Miller there.", "Ring me on 01632 960123.")
NONSENSE = ("perhaps tomorrow", "what now?")
LATER_NEWS = ("The helpline answered.",)

QUIET: Mapping[str, str] = {"entry": "2", "danger": "3", "nation": "1"}
"""The options that lead into a long walk: start; nobody is in danger now; England."""


@dataclass
class Practitioner:
    """Does one thing after the other on a phone. `patient`: waits until the bot has dealt with what was done before."""

    phone: Phone
    chance: random.Random
    patient: bool = True
    left: int = 40
    """How many things they still do; then they put the phone away."""
    seen: list[tuple[int, Button]] = field(default_factory=list)
    """Buttons that were there once."""
    gone: bool = False
    """Whether they had everything deleted that the bot knows of them; then they do nothing any more."""

    @property
    def through(self) -> bool:
        """Whether they do nothing any more."""
        return self.gone or self.left <= 0

    def acts(self, settled: bool) -> Iterator[Act]:
        """What they do now; nothing while they wait or when they are through. `settled`: the bot owes them nothing."""
        if self.through or (self.patient and not settled):
            return
        self.left -= 1
        chat = self.phone.look()
        screen = screen_of(chat)
        yield from self.choose(chat, screen, settled)
        if screen is not None:
            self.seen += [(screen.message_id, button) for button in screen.buttons]

    def choose(self, chat: list[Shown], screen: Shown | None, settled: bool) -> list[Act]:
        """Anything that a person can do, mostly what leads on."""
        pick = self.chance
        if self.phone.blocked:
            return [Act("unblock")]
        if screen is None:
            return [Act("say", "/start")]
        if self.patient and settled and any(map(_forgets, screen.buttons)) and pick.random() < 0.5:
            return [self._tap(screen, next(filter(_forgets, screen.buttons)), settled)]
        roll = pick.random()
        if roll < 0.62:
            return self._go_on(screen)
        if roll < 0.68:
            return [self._tap(screen, pick.choice(screen.buttons), settled)]
        if roll < 0.73:
            tap = self._go_on(screen)[0]
            return [tap, tap] if tap.kind == "tap" else [tap]
        if roll < 0.78 and self.seen:
            message_id, button = pick.choice(self.seen)
            if not _forgets(button):
                return [Act("tap", button.label, message_id, button.data)]
        if roll < 0.82:
            return [Act("say", pick.choice(DANGER_SAID))]
        if roll < 0.88:
            return [Act("say", pick.choice(COMMANDS))]
        if roll < 0.90:
            return [Act("say", pick.choice(MODES))]
        if roll < 0.93:
            return [Act("say", pick.choice((*NOTES, *NONSENSE)))]
        if roll < 0.94:
            return [Act("send", pick.choice(("photo", "voice", "document", "contact", "location", "forward")))]
        if roll < 0.95:
            return [
                Act("say", "one thing"),
                *([Act("edit", "another thing", chat[-1].message_id)] if _own(chat) else []),
            ]
        if roll < 0.96:
            return [Act("block")]
        if roll < 0.97:
            return [Act("clear")]
        if roll < 0.985:
            return [Act("say", "/delete_my_data")]
        return self._go_on(screen)

    def _go_on(self, screen: Shown) -> list[Act]:
        """What leads on from this screen, tapped or typed."""
        on: list[tuple[Button, Pressed]] = []
        for button in screen.buttons:
            pressed = button.pressed
            if pressed is not None and pressed.press.verb in ("option", "tick", "done", "emergency", "go_on", "note"):
                on.append((button, pressed))
        quiet = [one for one in on if QUIET.get(one[1].press.first) == one[1].press.second]
        ticked = any(tick for _, tick in screen.options.values())
        done = [one for one in on if one[1].press.verb == "done"]
        if done and ticked and self.chance.random() < 0.6:
            on = done
        elif quiet and self.chance.random() < 0.8:
            on = quiet
        if not on:
            return [self._tap(screen, self.chance.choice(screen.buttons), settled=True)]
        button, pressed = self.chance.choice(on)
        if pressed.press.first == "note" and pressed.press.verb == "option" and self.chance.random() < 0.5:
            return [Act("say", self.chance.choice(NOTES))]
        has_number = pressed.press.verb in ("option", "tick") and pressed.press.first != "check"
        if has_number and self.patient and self.chance.random() < 0.2:
            return [Act("say", pressed.press.second, 0, button.data, _chosen(screen, button, pressed))]
        return [Act("tap", button.label, screen.message_id, button.data, _chosen(screen, button, pressed))]

    def _tap(self, screen: Shown, button: Button, settled: bool) -> Act:
        """Any button; the one that deletes everything only where nothing else is under way."""
        if _forgets(button):
            if not settled or not self.patient:
                return Act("say", "/start")
            self.gone = True
        pressed = button.pressed
        chosen = _chosen(screen, button, pressed) if pressed else ()
        return Act("tap", button.label, screen.message_id, button.data, chosen)


@dataclass
class ByScript(Practitioner):
    """Goes through one walk as a script answers it, and quietly where the script says nothing."""

    script: Mapping[str, Answer] = field(default_factory=dict)

    def choose(self, chat: list[Shown], screen: Shown | None, settled: bool) -> list[Act]:
        """The script's answer to the question on the screen, option by option."""
        if screen is None:
            return [Act("say", "/start")]
        if screen.text.startswith("Saved as record"):
            self.left = 0
            return []
        done = next((button for button in screen.buttons if _verb(button) == "done"), None)
        for button in screen.buttons:
            pressed = button.pressed
            if pressed is None or pressed.press.verb not in ("option", "tick"):
                continue
            ids, wanted = ids_by_words(pressed.press.first), self.script.get(pressed.press.first, ())
            words, ticked = screen.options.get(pressed.press.second, (button.label, False))
            if ids.get(words) in wanted and not ticked:
                return [Act("tap", button.label, screen.message_id, button.data, _chosen(screen, button, pressed))]
        if done is not None and done.pressed is not None and any(ticked for _, ticked in screen.options.values()):
            return [Act("tap", done.label, screen.message_id, done.data, _chosen(screen, done, done.pressed))]
        return self._go_on(screen)


def _own(chat: list[Shown]) -> bool:
    return bool(chat) and not chat[-1].from_bot and bool(chat[-1].text)


def _verb(button: Button) -> str:
    pressed = button.pressed
    return pressed.press.verb if pressed is not None else ""


def _forgets(button: Button) -> bool:
    pressed = button.pressed
    return pressed is not None and pressed.press.verb == "forget" and pressed.press.first == "yes"


def _chosen(screen: Shown, button: Button, pressed: Pressed) -> tuple[str, ...]:
    """The words of what this button answers with: its own, or all that is ticked."""
    if pressed.press.verb == "option":
        return (button.label,)
    if pressed.press.verb == "done":
        return tuple(label for label, tick in screen.options.values() if tick)
    return ()
