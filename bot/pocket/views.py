"""What a person sees on the phone now, and what is still readable in the history."""

from bot.pocket.things import Json, Message, Person
from bot.pocket.world import BOT_USERNAME, World

SHOWN = 200
MEDIA = ("photo", "voice", "document", "contact", "location")


def phone(world: World, person: Person) -> Json:
    """One phone: the chat with edits and deletions applied, the answers to taps, the commands, the history."""
    chat_id = person.person_id
    messages = world.all_messages(chat_id)
    taps = world.chat_taps.get(chat_id, [])[-50:]
    about = world.about("description")
    language = person.language_code.split("-")[0]
    return {
        "chat_id": chat_id,
        "revision": world.revisions.get(chat_id, 0),
        "person": {"id": chat_id, "name": person.first_name, "note": person.note, "language": person.language_code},
        "bot": {
            "name": world.bot_name(),
            "username": BOT_USERNAME,
            "description": about.get(language) or about.get("") or "",
        },
        "started": person.started,
        "blocked": person.blocked,
        "typing": max(0.0, world.typing_until.get(chat_id, 0.0) - world.now()),
        "messages": [shown(message) for message in world.visible(person)[-SHOWN:]],
        "waiting": [{"message_id": tap.message_id, "label": tap.label} for tap in taps if tap.answer is None][-5:],
        "answers": [
            {"id": str(tap.tap_id), "message_id": tap.message_id, "label": tap.label} | tap.answer
            for tap in taps
            if tap.answer is not None
        ],
        "commands": world.commands_for(person),
        "history": [trace(person, message) for message in messages[-SHOWN:]],
        "calls": world.call_counts[chat_id],
    }


def shown(message: Message) -> Json:
    """A message as an app draws it."""
    body = message.body
    media = next((kind for kind in MEDIA if kind in body), None)
    view: Json = {
        "id": message.message_id,
        "from_bot": message.from_bot,
        "sender": body["from"]["first_name"],
        "date": body["date"],
        "edited": "edit_date" in body,
        "text": message.words,
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "buttons": message.buttons,
        "protected": bool(body.get("has_protected_content")),
    }
    if media:
        content = body[media]
        view["media"] = {"kind": media} | (content[-1] if isinstance(content, list) else content)
    if "forward_origin" in body:
        view["forwarded_from"] = body["forward_origin"]["sender_user_name"]
    if reply := body.get("reply_to_message"):
        view["reply_to"] = reply.get("text") or reply.get("caption") or "a message"
    return view


def trace(person: Person, message: Message) -> Json:
    """A message as the privacy view shows it: readable, gone for everyone, or gone from the person's side only."""
    if message.gone_at is not None:
        state = "gone"
    elif message.hidden or message.message_id <= person.cleared_up_to:
        # Cleared on the person's side; Telegram and the bot's side keep it.
        state = "hidden"
    else:
        state = "readable"
    media = next((kind for kind in MEDIA if kind in message.body), "")
    return {
        "id": message.message_id,
        "from_bot": message.from_bot,
        "state": state,
        "text": message.words or f"({media or 'service message'})",
        "earlier": [version["text"] for version in message.earlier],
    }
