"""Answers to taps on inline buttons."""

from bot.pocket import limits
from bot.pocket.call import Call
from bot.pocket.refusals import bad_request


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: once, and in time."""
    tap = call.world.taps.get(call.integer("callback_query_id"))
    late = tap is None or call.world.now() - tap.at > limits.CALLBACK_SECONDS
    if tap is None or late or tap.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.text("text")
    if len(text) > limits.CALLBACK_ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer = {
        "text": text,
        "show_alert": call.truth("show_alert"),
        "url": call.text("url"),
        "at": call.world.stamp(),
    }
    call.world.keep_tap(tap)
    call.message_id = tap.message_id
    return True
