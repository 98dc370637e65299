"""A person with a phone, for tests and tools: writes, taps and reads like one, over HTTP."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

POLL_SECONDS = 5.0


class PocketError(Exception):
    """The pocket could not do what was asked; the sentence says why."""


class NoSuchButtonError(PocketError):
    """The label is not among the buttons to be seen; the message lists those."""


class WaitedInVainError(PocketError):
    """What was waited for did not come; the message shows the screen as it was last."""


@dataclass(frozen=True)
class Screen:
    """The newest message of the bot as the phone shows it."""

    text: str
    buttons: tuple[str, ...]
    message_id: int
    rows: tuple[tuple[str, ...], ...] = ()
    file_name: str = ""

    def __contains__(self, words: str) -> bool:
        """Whether the words are in the text."""
        return words in self.text


@dataclass(frozen=True)
class Alert:
    """The bot's answer to a tap; without text it only ended the waiting."""

    text: str
    is_dialog: bool


class Person:
    """One phone in the pocket. Ids are Telegram's: the person's id is the private chat's id as well."""

    def __init__(self, http: httpx.Client, person_id: int, name: str) -> None:
        self._http = http
        self.id = person_id
        self.name = name
        self._revision: int | None = None
        self._snapshots: dict[int, dict[str, str]] = {}

    def _do(self, action: str, **details: Any) -> Any:
        return answer_of(self._http.post(f"/pocket/people/{self.id}/{action}", json=details))

    def phone(self, wait: float = 0.0) -> dict[str, Any]:
        """Everything the phone shows; waits up to `wait` seconds for it to look different from the last time."""
        asked = {"wait": wait, "since": self._revision} if wait and self._revision is not None else {}
        phone: dict[str, Any] = answer_of(
            self._http.get(f"/pocket/people/{self.id}/phone", params=asked, timeout=wait + 10)
        )
        self._revision = phone["revision"]
        for message in phone["messages"]:
            labels = {button["text"]: button.get("callback_data", "") for row in message["buttons"] for button in row}
            self._snapshots.setdefault(message["id"], {}).update(labels)
        return phone

    # ---- doing

    def say(self, text: str) -> int:
        """Write a text or a command; the first one starts the conversation. Returns the message's id."""
        return int(self._do("say", text=text)["message_id"])

    def start(self, payload: str = "") -> int:
        """Press START, or open a deep link with a payload."""
        return int(self._do("start", payload=payload)["message_id"])

    def tap(self, label: str, *, message_id: int | None = None, stale: bool = False) -> str:
        """Tap the button with this label on the newest message that carries it. Returns the callback query's id.

        `stale` taps a button this person has seen before, though an edit or a deletion took it away since.
        Raises NoSuchButtonError with the labels to be seen.
        """
        phone = self.phone()
        if stale:
            seen = reversed([message_id] if message_id else list(self._snapshots))
            choices = {number: self._snapshots.get(number, {}) for number in seen}
        else:
            choices = {
                message["id"]: {b["text"]: b.get("callback_data", "") for row in message["buttons"] for b in row}
                for message in reversed(phone["messages"])
                if message_id in (None, message["id"])
            }
        for number, labels in choices.items():
            if label in labels:
                if not labels[label]:
                    raise NoSuchButtonError(f'"{label}" is a link, which tells the bot nothing.')
                made = self._do("tap", message_id=number, data=labels[label], label=label, stale=stale)
                return str(made["id"])
        visible = [text for labels in choices.values() for text in labels]
        raise NoSuchButtonError(f'There is no button "{label}". To be seen: {visible}.')

    def send_photo(self, caption: str = "") -> int:
        """Send a made-up photo."""
        return self.send("photo", caption)

    def send_voice(self) -> int:
        """Send a made-up voice message."""
        return self.send("voice")

    def send_document(self, caption: str = "") -> int:
        """Send a made-up document."""
        return self.send("document", caption)

    def send_contact(self) -> int:
        """Send a made-up contact."""
        return self.send("contact")

    def send_location(self) -> int:
        """Send a location: the Greenwich meridian."""
        return self.send("location")

    def forward(self, text: str = "") -> int:
        """Forward a message that somebody else wrote."""
        return self.send("forward", text)

    def send(self, kind: str, caption: str = "") -> int:
        """Send something that is not text. Returns the message's id."""
        return int(self._do("send", kind=kind, caption=caption)["message_id"])

    def edit(self, message_id: int, text: str) -> None:
        """Change a message of one's own."""
        self._do("edit", message_id=message_id, text=text)

    def delete(self, message_id: int) -> None:
        """Delete a message on this side only."""
        self._do("delete", message_id=message_id)

    def clear_history(self) -> None:
        """Clear the history on this side."""
        self._do("clear")

    def block(self) -> None:
        """Stop the bot."""
        self._do("block")

    def unblock(self) -> None:
        """Let the bot write again."""
        self._do("unblock")

    # ---- reading

    def screen(self) -> Screen:
        """What the newest message of the bot shows; empty when there is none."""
        return _screen(self.phone())

    def messages(self) -> list[str]:
        """The texts the phone shows, both sides, oldest first."""
        return [message["text"] for message in self.phone()["messages"]]

    def history(self) -> list[str]:
        """What is still readable in the history, both sides, oldest first: the privacy test."""
        return [trace["text"] for trace in self.phone()["history"] if trace["state"] == "readable"]

    def alerts(self) -> list[Alert]:
        """The bot's answers to taps, oldest first."""
        return [Alert(answer["text"], answer["show_alert"]) for answer in self.phone()["answers"]]

    def commands(self) -> list[str]:
        """The commands the app offers this person."""
        return [command["command"] for command in self.phone()["commands"]]

    def wait_for(self, wanted: str | Callable[[Screen], object], timeout: float = 5.0) -> Screen:
        """Wait until the newest message of the bot has a text in it, or satisfies a condition.

        Raises WaitedInVainError after `timeout` seconds, with the screen as it was last.
        """
        deadline = time.monotonic() + timeout
        screen = _screen(self.phone())
        while not (wanted in screen if isinstance(wanted, str) else wanted(screen)):
            left = deadline - time.monotonic()
            if left <= 0:
                what = f'"{wanted}"' if isinstance(wanted, str) else "the condition"
                raise WaitedInVainError(f"Waited {timeout} s for {what}. {self.name} sees: {screen}")
            screen = _screen(self.phone(wait=min(left, POLL_SECONDS)))
        return screen


def _screen(phone: dict[str, Any]) -> Screen:
    newest = next((message for message in reversed(phone["messages"]) if message["from_bot"]), None)
    if newest is None:
        return Screen("", (), 0)
    rows = tuple(tuple(button["text"] for button in row) for row in newest["buttons"])
    media = newest.get("media", {})
    return Screen(newest["text"], tuple(b for row in rows for b in row), newest["id"], rows, media.get("file_name", ""))


def answer_of(response: httpx.Response) -> Any:
    """The JSON of a control call. Raises PocketError with the pocket's own sentence."""
    answer = response.json()
    if response.status_code != httpx.codes.OK:
        raise PocketError(answer.get("problem", f"The pocket answered {response.status_code}."))
    return answer
