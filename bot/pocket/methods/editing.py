"""Changing and deleting messages."""

from bot.pocket import limits, markup
from bot.pocket.call import Call
from bot.pocket.methods.sending import read_caption, read_text
from bot.pocket.refusals import RefusalError, bad_request
from bot.pocket.things import Json, Message, Person

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)
COMPARED = ("text", "entities", "caption", "caption_entities", "reply_markup", "link_preview_options")


def _own_message(call: Call) -> Message:
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"))
    message = call.world.standing(chat.chat()["id"], call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _replace(call: Call, message: Message, changes: Json, *dropped: str) -> Json:
    body = {key: value for key, value in message.body.items() if key not in (*dropped, "reply_markup")} | changes
    if all(body.get(key) == message.body.get(key) for key in COMPARED):
        raise bad_request(SAME)
    body["edit_date"] = call.world.stamp()
    call.world.replace_body(message, body)
    call.world.typing_until.pop(message.chat_id, None)
    call.message_id = message.message_id
    return body


def _keyboard(call: Call) -> Json:
    kept = markup.checked(call.value("reply_markup", "reply keyboard markup"))
    return {"reply_markup": kept} if kept else {}


def edit_message_text(call: Call) -> Json:
    """editMessageText; without a keyboard in the call, the old keyboard goes."""
    text, entities = read_text(call)
    message = _own_message(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    changes: Json = {"text": text} | ({"entities": entities} if entities else {}) | _keyboard(call)
    if preview := call.value("link_preview_options", "link preview options"):
        changes["link_preview_options"] = preview
    return _replace(call, message, changes, "entities", "link_preview_options")


def edit_message_caption(call: Call) -> Json:
    """editMessageCaption."""
    changes = read_caption(call)
    message = _own_message(call)
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _replace(call, message, changes | _keyboard(call), "caption", "caption_entities")


def edit_message_reply_markup(call: Call) -> Json:
    """editMessageReplyMarkup; without a keyboard in the call, the old keyboard goes."""
    return _replace(call, _own_message(call), _keyboard(call))


def _may_delete(call: Call, message: Message, *, private: bool) -> RefusalError | None:
    if not private and not message.from_bot:
        # In a group that takes the rights of an administrator, which the pocket never gives.
        return bad_request("message can't be deleted")
    if call.world.now() - message.sent_at > limits.DELETE_SECONDS:
        return bad_request("message can't be deleted for everyone")
    return None


def _delete(call: Call, message: Message) -> None:
    message.gone_at = call.world.now()
    call.world.keep_message(message)
    call.message_id = message.message_id


def delete_message(call: Call) -> bool:
    """deleteMessage: the bot's own and, in a private chat, the person's, for 48 hours."""
    if not call.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not call.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"), writing=False)
    message = call.world.standing(chat.chat()["id"], call.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if refusal := _may_delete(call, message, private=isinstance(chat, Person)):
        raise refusal
    _delete(call, message)
    return True


def delete_messages(call: Call) -> bool:
    """deleteMessages: up to 100; those that are not there are passed over."""
    chat = call.world.chat_for_bot(call.parameters.get("chat_id"), writing=False)
    numbers = call.value("message_ids", "message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if not isinstance(numbers, list):
        raise bad_request("expected an Array of message identifiers")
    if len(numbers) > limits.DELETE_MANY:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers):
        raise bad_request("message identifier must be a Number")
    found = [call.world.standing(chat.chat()["id"], number) for number in numbers]
    messages = [message for message in found if message is not None]
    for message in messages:
        if refusal := _may_delete(call, message, private=isinstance(chat, Person)):
            raise refusal
    for message in messages:
        _delete(call, message)
    return True
