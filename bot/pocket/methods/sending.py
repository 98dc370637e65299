"""New messages, the typing notice, and what a bot may know of a chat."""

from typing import Any

from bot.pocket import limits, markup
from bot.pocket import text as words
from bot.pocket.call import Call
from bot.pocket.refusals import bad_request
from bot.pocket.things import Group, Json, Person

ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
)


def read_text(call: Call) -> tuple[str, list[words.Entity]]:
    """The text of a message to send or edit, parsed. Raises RefusalError when empty, too long or unparsable."""
    raw = call.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text, entities = words.parse(raw, call.text("parse_mode"), call.value("entities", "entities"))
    if words.units(text) > limits.TEXT_LENGTH:
        raise bad_request("message is too long")
    return text, entities


def read_caption(call: Call) -> Json:
    """Caption and caption entities, as fields of a message; none when there is no caption."""
    raw = call.text("caption")
    if not raw.strip():
        return {}
    caption, entities = words.parse(raw, call.text("parse_mode"), call.value("caption_entities", "entities"))
    if words.units(caption) > limits.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def common_fields(call: Call, chat: Person | Group) -> Json:
    """What every kind of message may carry: keyboard, protection, the message it replies to."""
    fields: Json = {}
    if kept := markup.checked(call.value("reply_markup", "reply keyboard markup")):
        fields["reply_markup"] = kept
    if call.truth("protect_content"):
        fields["has_protected_content"] = True
    reply = call.value("reply_parameters", "reply parameters")
    if reply is not None and not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if reply and reply.get("message_id"):
        wanted = str(reply["message_id"])
        answered = call.world.standing(chat.chat()["id"], int(wanted) if wanted.isdecimal() else 0)
        if answered is not None:
            fields["reply_to_message"] = {key: value for key, value in answered.body.items() if key != "reply_markup"}
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return fields


def deliver(call: Call, chat: Person | Group, content: Json) -> Json:
    """Put the bot's message into the chat and return it as Telegram does."""
    message = call.world.add_message(chat, call.world.bot(), content)
    call.world.typing_until.pop(message.chat_id, None)
    call.message_id = message.message_id
    return message.body


def send_message(call: Call) -> Json:
    """sendMessage."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    text, entities = read_text(call)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview: Any = call.value("link_preview_options", "link preview options")
    if preview is not None and not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    if preview:
        content["link_preview_options"] = preview
    return deliver(call, chat, content | common_fields(call, chat))


def send_chat_action(call: Call) -> bool:
    """sendChatAction."""
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    chat_id = chat.chat()["id"]
    call.world.typing_until[chat_id] = call.world.now() + limits.TYPING_SECONDS
    call.world.changed(chat_id)
    return True


def get_chat(call: Call) -> Json:
    """getChat, with the fields that clients insist on."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"), writing=False)
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True
    )
    return {"accepted_gift_types": gifts, "accent_color_id": 0, "max_reaction_count": 11} | chat.chat()


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    if not isinstance(chat, Group):
        raise bad_request("chat is not a group or a channel")
    chat.bot_inside = False
    call.world.keep_group(chat)
    return True
