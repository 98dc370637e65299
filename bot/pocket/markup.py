"""Keyboards under a message: checked as Telegram checks them."""

import re
from typing import Any

from bot.pocket import limits
from bot.pocket.refusals import bad_request

Keyboard = list[list[dict[str, Any]]]
OTHER_KINDS = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = ("primary", "success", "danger")


def checked(markup: Any) -> dict[str, Any] | None:
    """The reply markup as Telegram keeps it with the message; None when there is none to keep.

    Only inline keyboards stay with a message; the other kinds are accepted and have no inline effect.
    Raises RefusalError in Telegram's words.
    """
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept: Keyboard = [[_button(button) for button in row] for row in rows]
    kept = [row for row in kept if row]
    # Telegram publishes both limits but names neither in its answer; it says only that the markup is too long.
    if sum(len(row) for row in kept) > limits.BUTTONS or any(len(row) > limits.BUTTONS_IN_A_ROW for row in kept):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise _unparsable('Can\'t find field "text"' if label is None else 'Field "text" must be of type String')
    if not label.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    style = button.get("style")
    if style and style not in STYLES:
        raise _unparsable("invalid button style specified")
    kept: dict[str, Any] = {"text": label, **({"style": style} if style else {})}
    if url := button.get("url"):
        if not re.match(r"((https?|tg)://)?[^\s/]+\.?[^\s]*$", url, re.IGNORECASE):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return kept | {"url": url}
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= limits.CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return kept | {"callback_data": data}
    for kind in OTHER_KINDS:
        if kind in button:
            return kept | {kind: button[kind]}
    raise _unparsable("Text buttons are unallowed in the inline keyboard")


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")
