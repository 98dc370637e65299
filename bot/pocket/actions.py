"""What a person with a phone does: writes, taps, sends, deletes, blocks. Each becomes an update for the bot."""

import itertools
from typing import Any

from bot.pocket import text as words
from bot.pocket.refusals import MisuseError
from bot.pocket.things import Group, Json, Message, Person, Tap
from bot.pocket.world import BOT_USERNAME, World

KINDS = ("photo", "voice", "document", "contact", "location", "forward")
SAMPLE = b"A sample file made by the pocket Telegram.\n"


def add_person(world: World, name: str, language_code: str = "en", person_id: int | None = None) -> Person:
    """Give somebody a phone. "Sam, volunteer" is Sam, with "volunteer" as a note. The id may be chosen."""
    first_name, _, note = (part.strip() for part in name.partition(","))
    if not first_name:
        raise MisuseError("A phone needs a name.")
    if person_id is None:
        world.settings.last_person_id += 1
        world.keep_settings()
        person_id = world.settings.last_person_id
    if person_id in world.people:
        raise MisuseError(f"The id {person_id} is taken.")
    person = Person(person_id, first_name[:64], note[:64], language_code)
    world.keep_person(person)
    return person


def _can_write(person: Person) -> None:
    if person.blocked:
        raise MisuseError(f"{person.first_name} has blocked the bot; unblock it first.")


def say(world: World, person: Person, raw: str) -> Message:
    """Write a text or a command. The first message starts the conversation."""
    _can_write(person)
    text = raw.strip()
    if not text:
        raise MisuseError("There is nothing to send.")
    # An app cuts a long text into several messages.
    pieces = [text[start : start + 4096] for start in range(0, len(text), 4096)]
    message = None
    for piece in pieces:
        content: Json = {"text": piece}
        if entities := words.recognise(piece, []):
            content["entities"] = entities
        message = _deliver(world, person, content)
    if message is None:
        raise MisuseError("There is nothing to send.")
    return message


def _deliver(world: World, person: Person, content: Json) -> Message:
    if not person.started:
        person.started = True
        world.keep_person(person)
    message = world.add_message(person, person.sender(), content)
    world.add_update("message", person.person_id, message.body)
    return message


def start(world: World, person: Person, payload: str = "") -> Message:
    """Press START, or open a deep link with a payload. A blocked bot is unblocked by it, as in the apps."""
    if person.blocked:
        unblock(world, person)
    return say(world, person, f"/start {payload}".strip())


def send(world: World, person: Person, kind: str, caption: str = "") -> Message:
    """Send something that is not text. The content is made up; the file can be fetched like any other."""
    _can_write(person)
    if kind not in KINDS:
        raise MisuseError(f"A phone can send {', '.join(KINDS)}; not {kind}.")
    content: Json
    if kind == "contact":
        content = {"contact": {"phone_number": "+441632960000", "first_name": "Example", "last_name": "Contact"}}
    elif kind == "location":
        content = {"location": {"latitude": 51.4779, "longitude": -0.0015}}
    elif kind == "forward":
        origin = {"type": "hidden_user", "sender_user_name": "Somebody else", "date": world.stamp()}
        content = {"forward_origin": origin, "text": caption or "A message that somebody else wrote."}
    else:
        content = _with_file(world, kind)
        if caption:
            content["caption"] = caption
    return _deliver(world, person, content)


def _with_file(world: World, kind: str) -> Json:
    if kind == "photo":
        sizes = []
        for width in (90, 320, 1280):
            file_id = add_file(world, "photo.jpg", "image/jpeg", SAMPLE)
            sizes.append(described_file(file_id, SAMPLE) | {"width": width, "height": width * 3 // 4})
        return {"photo": sizes}
    if kind == "voice":
        file_id = add_file(world, "voice.ogg", "audio/ogg", SAMPLE)
        return {"voice": described_file(file_id, SAMPLE) | {"duration": 7, "mime_type": "audio/ogg"}}
    file_id = add_file(world, "sample.txt", "text/plain", SAMPLE)
    return {"document": described_file(file_id, SAMPLE) | {"file_name": "sample.txt", "mime_type": "text/plain"}}


def add_file(world: World, name: str, mime_type: str, content: bytes) -> str:
    """Keep a file and return its file_id."""
    file_id = f"BQACAgQAAxkBAAP{world.next_file_number():08d}"
    world.store.put_file(file_id, name, mime_type, content)
    return file_id


def described_file(file_id: str, content: bytes) -> Json:
    """The fields every file object of the Bot API has."""
    return {"file_id": file_id, "file_unique_id": f"AQAD{file_id[-8:]}", "file_size": len(content)}


def tap(world: World, person: Person, message_id: int, data: str, label: str, *, stale: bool = False) -> Tap:
    """Tap an inline button.

    `stale` taps what an app still showed before an edit or a deletion reached it: the button need not be there now.
    Raises MisuseError with the labels to be seen when it must be there and is not.
    """
    _can_write(person)
    message = world.messages.get(person.person_id, {}).get(message_id)
    if message is None:
        raise MisuseError(f"There is no message {message_id} in this chat.")
    if not stale:
        buttons = list(itertools.chain.from_iterable(message.buttons))
        if message not in world.visible(person) or data not in [button.get("callback_data") for button in buttons]:
            raise MisuseError(f'There is no button "{label}"; there are {[button["text"] for button in buttons]}.')
    world.settings.last_tap_id += 1
    world.keep_settings()
    made = Tap(world.settings.last_tap_id, person.person_id, person.person_id, message_id, label, world.now())
    world.keep_tap(made)
    body = message.body
    if message.gone_at is not None:
        body = {"chat": person.chat(), "message_id": message_id, "date": 0}
    query = {
        "id": str(made.tap_id),
        "from": person.sender(),
        "message": body,
        "chat_instance": str(-(person.person_id * 7919)),
        "data": data,
    }
    world.add_update("callback_query", person.person_id, query)
    return made


def edit(world: World, person: Person, message_id: int, raw: str) -> None:
    """Change a message of one's own. The bot is told only where it asked for edited messages."""
    _can_write(person)
    message = world.standing(person.person_id, message_id)
    if message is None or message.from_bot or "text" not in message.body:
        raise MisuseError(f"There is no text {message_id} of {person.first_name}'s own in this chat.")
    body = message.body | {"text": raw.strip(), "edit_date": world.stamp()}
    world.replace_body(message, body)
    world.add_update("edited_message", person.person_id, body)


def delete(world: World, person: Person, message_id: int) -> None:
    """Delete a message on the person's own side; the bot is told nothing, as in Telegram."""
    message = world.messages.get(person.person_id, {}).get(message_id)
    if message is None:
        raise MisuseError(f"There is no message {message_id} in this chat.")
    message.hidden = True
    world.keep_message(message)


def clear(world: World, person: Person) -> None:
    """Clear the history on the person's own side."""
    person.cleared_up_to = world.settings.last_message_id
    world.keep_person(person)


def block(world: World, person: Person) -> None:
    """Stop the bot. It learns of it through my_chat_member."""
    if not person.blocked:
        _membership(world, person, person.sender(), "member", "kicked", blocked=True)


def unblock(world: World, person: Person) -> None:
    """Let the bot write again."""
    if person.blocked:
        _membership(world, person, person.sender(), "kicked", "member", blocked=False)


def _membership(world: World, person: Person, by: Json, before: str, after: str, *, blocked: bool) -> None:
    person.blocked = blocked
    world.keep_person(person)
    world.add_update("my_chat_member", person.person_id, _change(world, person, by, before, after))


def _change(world: World, chat: Person | Group, by: Json, before: str, after: str) -> Json:
    def member(status: str) -> Json:
        return {"user": world.bot(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

    return {
        "chat": chat.chat(),
        "from": by,
        "date": world.stamp(),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }


def add_group(world: World, title: str, by: Person) -> Group:
    """A group to which somebody adds the bot."""
    world.settings.last_group_id -= 1
    group = Group(world.settings.last_group_id, title)
    world.keep_settings()
    world.keep_group(group)
    world.add_update("my_chat_member", group.group_id, _change(world, group, by.sender(), "left", "member"))
    joined: dict[str, Any] = {"new_chat_members": [world.bot()]}
    message = world.add_message(group, by.sender(), joined)
    world.add_update("message", group.group_id, message.body)
    return group


def say_in_group(world: World, group: Group, person: Person, raw: str) -> Message:
    """Write in a group. With privacy mode on, as by default, a bot gets commands and mentions only."""
    text = raw.strip()
    content: Json = {"text": text}
    if entities := words.recognise(text, []):
        content["entities"] = entities
    message = world.add_message(group, person.sender(), content)
    if group.bot_inside and (text.startswith("/") or f"@{BOT_USERNAME}".lower() in text.lower()):
        world.add_update("message", group.group_id, message.body)
    return message


def tap_in_group(world: World, group: Group, person: Person, message_id: int, data: str) -> Tap:
    """Tap a button under the bot's message in a group."""
    message = world.standing(group.group_id, message_id)
    if message is None:
        raise MisuseError(f"There is no message {message_id} in this group.")
    world.settings.last_tap_id += 1
    world.keep_settings()
    made = Tap(world.settings.last_tap_id, group.group_id, person.person_id, message_id, data, world.now())
    world.keep_tap(made)
    query = {"id": str(made.tap_id), "from": person.sender(), "message": message.body, "data": data}
    world.add_update("callback_query", group.group_id, query | {"chat_instance": str(group.group_id * 7919)})
    return made
