"""The pocket's world: everything in memory, every change written through to the store."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.pocket import limits
from bot.pocket.refusals import MisuseError, bad_request, forbidden
from bot.pocket.store import Store
from bot.pocket.things import Group, Json, Message, Pending, Person, Settings, Tap, Webhook

BOT_NAME = "Sharewise"
BOT_USERNAME = "SharewisePocketBot"
DEFAULT_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
EARLIER_KEPT = 20


class World:
    """People, chats, messages and updates of one pocket Telegram."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.settings = Settings()
        self.webhook = Webhook()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.taps: dict[int, Tap] = {}
        self.chat_taps: dict[int, list[Tap]] = {}
        # Names, descriptions, commands and menu buttons, by scope and language.
        self.about_bot: dict[str, Json] = {}
        self.updates: dict[int, Pending] = {}
        self.typing_until: dict[int, float] = {}
        self.call_counts: Counter[int] = Counter(store.call_counts())
        # Revisions only grow, also over a restart, so that a page or a test can wait for "newer than".
        self.revision = time.time_ns() // 1_000_000
        self.revisions: dict[int, int] = {}
        self.listeners: set[asyncio.Event] = set()
        self._load()

    def _load(self) -> None:
        for _, body in self.store.load("settings"):
            self.settings = Settings(**body)
        for _, body in self.store.load("webhook"):
            self.webhook = Webhook(**body)
        for _, body in self.store.load("person"):
            self.people[body["person_id"]] = Person(**body)
        for _, body in self.store.load("group"):
            self.groups[body["group_id"]] = Group(**body)
        for message in sorted((Message(**body) for _, body in self.store.load("message")), key=lambda m: m.message_id):
            self.messages.setdefault(message.chat_id, {})[message.message_id] = message
        for tap in sorted((Tap(**body) for _, body in self.store.load("tap")), key=lambda tap: tap.tap_id):
            self.taps[tap.tap_id] = tap
            self.chat_taps.setdefault(tap.chat_id, []).append(tap)
        self.about_bot = dict(self.store.load("about"))
        pending = sorted((Pending(**body) for _, body in self.store.load("update")), key=lambda p: p.update_id)
        self.updates = {update.update_id: update for update in pending}

    # ---- time and notices

    def now(self) -> float:
        """The pocket's own clock, in seconds since 1970."""
        return time.time() + self.settings.clock_offset

    def stamp(self) -> int:
        """The clock as the Bot API writes dates."""
        return int(self.now())

    def changed(self, chat_id: int) -> None:
        """Note that a chat looks different now."""
        self.revision += 1
        self.revisions[chat_id] = self.revision

    def commit(self) -> None:
        """Make all changes lasting and tell whoever waits."""
        self.store.commit()
        for listener in self.listeners:
            listener.set()

    # ---- writing through

    def keep_settings(self) -> None:
        """Write the counters and settings."""
        self.store.put("settings", "", vars(self.settings))

    def keep_webhook(self) -> None:
        """Write where updates go."""
        self.store.put("webhook", "", vars(self.webhook))

    def keep_person(self, person: Person) -> None:
        """Write a person; their phone looks different now."""
        self.people[person.person_id] = person
        self.store.put("person", person.person_id, vars(person))
        self.changed(person.person_id)

    def keep_group(self, group: Group) -> None:
        """Write a group."""
        self.groups[group.group_id] = group
        self.store.put("group", group.group_id, vars(group))
        self.changed(group.group_id)

    def keep_message(self, message: Message) -> None:
        """Write a message; its chat looks different now."""
        self.messages.setdefault(message.chat_id, {})[message.message_id] = message
        self.store.put("message", message.message_id, vars(message))
        self.changed(message.chat_id)

    def keep_tap(self, tap: Tap) -> None:
        """Write a tap."""
        if tap.tap_id not in self.taps:
            self.chat_taps.setdefault(tap.chat_id, []).append(tap)
        self.taps[tap.tap_id] = tap
        self.store.put("tap", tap.tap_id, vars(tap))
        self.changed(tap.chat_id)

    # ---- chats

    def person(self, person_id: int) -> Person:
        """Somebody with a phone. Raises MisuseError when nobody has that id."""
        if person_id not in self.people:
            raise MisuseError(f"Nobody here has the id {person_id}.")
        return self.people[person_id]

    def bot(self) -> Json:
        """The bot's own User object, short form."""
        return {"id": self.settings.bot_id, "is_bot": True, "first_name": self.bot_name(), "username": BOT_USERNAME}

    def bot_name(self) -> str:
        """The name set by setMyName without a language, else the pocket's own."""
        return str(self.about("name").get("") or BOT_NAME)

    def chat_for_bot(self, chat_id: Any, *, writing: bool = True) -> Person | Group:
        """The chat a bot names in a call. Raises RefusalError as Telegram does when it may not write there."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            number = int(chat_id)
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None
        if group := self.groups.get(number):
            if not group.bot_inside:
                raise forbidden("bot is not a member of the group chat")
            return group
        person = self.people.get(number)
        if person is None:
            raise bad_request("chat not found")
        if writing and not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        if writing and person.blocked:
            raise forbidden("bot was blocked by the user")
        return person

    # ---- messages

    def next_message_id(self) -> int:
        """Message ids rise over all chats, as they do for a bot's private chats and small groups."""
        self.settings.last_message_id += 1
        self.keep_settings()
        return self.settings.last_message_id

    def next_file_number(self) -> int:
        """A number for a new file."""
        self.settings.last_file += 1
        self.keep_settings()
        return self.settings.last_file

    def add_message(self, chat: Person | Group, sender: Json, content: Json) -> Message:
        """Put a new message into a chat. `content` is what distinguishes it: text, entities, media, markup."""
        described = chat.chat()
        message_id = self.next_message_id()
        body = {"message_id": message_id, "from": sender, "chat": described, "date": self.stamp()} | content
        message = Message(message_id, described["id"], bool(sender["is_bot"]), self.now(), body)
        self.keep_message(message)
        return message

    def replace_body(self, message: Message, body: Json) -> None:
        """Edit a message, remembering what the edit took away."""
        before = message.words
        after = str(body.get("text") or body.get("caption") or "")
        if before and before != after:
            message.earlier = [*message.earlier, {"text": before, "until": self.stamp()}][-EARLIER_KEPT:]
        message.body = body
        self.keep_message(message)

    def standing(self, chat_id: int, message_id: int) -> Message | None:
        """A message that was not deleted for everyone."""
        message = self.messages.get(chat_id, {}).get(message_id)
        return message if message is not None and message.gone_at is None else None

    def all_messages(self, chat_id: int) -> list[Message]:
        """Every message ever in a chat, oldest first, gone ones included."""
        return list(self.messages.get(chat_id, {}).values())

    def visible(self, person: Person) -> list[Message]:
        """What a person's phone shows, oldest first."""
        return [
            message
            for message in self.all_messages(person.person_id)
            if message.gone_at is None and not message.hidden and message.message_id > person.cleared_up_to
        ]

    # ---- updates

    def add_update(self, kind: str, chat_id: int, content: Json) -> int | None:
        """Queue an update for the bot; None when the bot asked not to get this kind."""
        if kind not in (self.settings.allowed_updates or DEFAULT_UPDATES):
            return None
        self.settings.last_update_id += 1
        self.keep_settings()
        update_id = self.settings.last_update_id
        update = Pending(update_id, kind, chat_id, self.now(), {"update_id": update_id, kind: content})
        self.updates[update_id] = update
        self.store.put("update", update_id, vars(update))
        return update_id

    def forget_update(self, update_id: int) -> None:
        """The bot confirmed it, or it grew too old."""
        if self.updates.pop(update_id, None) is not None:
            self.store.remove("update", update_id)

    def pending(self) -> Iterator[Pending]:
        """Unconfirmed updates in order, without those Telegram no longer keeps."""
        oldest = self.now() - limits.UPDATE_SECONDS
        for update_id in [key for key, update in self.updates.items() if update.at < oldest]:
            self.forget_update(update_id)
        return iter(list(self.updates.values()))

    # ---- what the bot says about itself

    def about(self, topic: str) -> Json:
        """Names, descriptions, commands or menu buttons by scope and language."""
        return self.about_bot.setdefault(topic, {})

    def keep_about(self, topic: str) -> None:
        """Write one topic; every phone may look different now."""
        self.store.put("about", topic, self.about_bot[topic])
        for chat_id in self.people:
            self.changed(chat_id)

    def commands_for(self, person: Person) -> list[Json]:
        """The commands a person's app offers, in Telegram's order of search."""
        commands = self.about("commands")
        language = person.language_code.split("-")[0]
        for scope in (f"chat:{person.person_id}", "all_private_chats", "default"):
            for tongue in (language, ""):
                found: list[Json] = commands.get(f"{scope}/{tongue}", [])
                if found:
                    return found
        return []
