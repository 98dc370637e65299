"""The pocket refuses what Telegram refuses, in its words, so that no bot meets a refusal live for the first time."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking

Calls = Callable[[Bot, int], Awaitable[Any]]


def keyboard(rows: list[list[str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data=data) for data in row] for row in rows])


async def edit_twice_alike(bot: Bot, chat: int) -> None:
    sent = await bot.send_message(chat, "<b>Same</b>", parse_mode="HTML", reply_markup=keyboard([["a"]]))
    await bot.edit_message_text("<b>Same</b>", chat, sent.message_id, parse_mode="HTML", reply_markup=keyboard([["a"]]))


async def edit_markup_alike(bot: Bot, chat: int) -> None:
    sent = await bot.send_message(chat, "Same", reply_markup=keyboard([["a"]]))
    await bot.edit_message_reply_markup(chat, sent.message_id, reply_markup=keyboard([["a"]]))


async def edit_deleted(bot: Bot, chat: int) -> None:
    sent = await bot.send_message(chat, "Soon gone")
    await bot.delete_message(chat, sent.message_id)
    await bot.edit_message_text("Too late", chat, sent.message_id)


async def edit_foreign(bot: Bot, chat: int) -> None:
    updates = await bot.get_updates()
    theirs = [update.message for update in updates if update.message and update.message.chat_id == chat]
    await bot.edit_message_text("Mine now", chat, theirs[-1].message_id)


async def edit_text_of_document(bot: Bot, chat: int) -> None:
    sent = await bot.send_document(chat, b"x", filename="a.txt")
    await bot.edit_message_text("Text", chat, sent.message_id)


async def delete_twice(bot: Bot, chat: int) -> None:
    sent = await bot.send_message(chat, "Soon gone")
    await bot.delete_message(chat, sent.message_id)
    await bot.delete_message(chat, sent.message_id)


def text(words: str, mode: str | None = None) -> Calls:
    return lambda bot, chat: bot.send_message(chat, words, parse_mode=mode)


def html(words: str) -> Calls:
    return text(words, "HTML")


def buttons(rows: list[list[str]]) -> Calls:
    return lambda bot, chat: bot.send_message(chat, "Pick", reply_markup=keyboard(rows))


def raw_button(button: Any) -> Calls:
    markup = {"inline_keyboard": [[button]]}
    return lambda bot, chat: bot.send_message(chat, "Pick", api_kwargs={"reply_markup": markup})


SAME = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
OLD_QUERY = "Query is too old and response timeout expired or query id is invalid"
PARSE = "Can't parse entities: "

TABLE: list[tuple[str, Calls, type[TelegramError], str]] = [
    ("empty text", text(""), BadRequest, "Message text is empty"),
    ("blank text", text(" \n "), BadRequest, "Text must be non-empty"),
    ("nothing but tags", html("<b> </b>"), BadRequest, "Text must be non-empty"),
    ("4097 characters", text("a" * 4097), BadRequest, "Message is too long"),
    ("4098 units of emoji", text("😀" * 2049), BadRequest, "Message is too long"),
    ("4097 after parsing", html(f"<b>{'a' * 4097}</b>"), BadRequest, "Message is too long"),
    (
        "caption of 1025",
        lambda bot, chat: bot.send_document(chat, b"x", filename="a", caption="a" * 1025),
        BadRequest,
        "Message caption is too long",
    ),
    ("callback data of 65 bytes", buttons([["d" * 65]]), BadRequest, "Button_data_invalid"),
    ("callback data of 66 bytes in 33 letters", buttons([["é" * 33]]), BadRequest, "Button_data_invalid"),
    ("callback data empty", raw_button({"text": "A", "callback_data": ""}), BadRequest, "Button_data_invalid"),
    ("101 buttons", buttons([["d"] * 8] * 12 + [["d"] * 5]), BadRequest, "Reply markup is too long"),
    ("9 in a row", buttons([["d"] * 9]), BadRequest, "Reply markup is too long"),
    (
        "a button that does nothing",
        raw_button({"text": "A"}),
        BadRequest,
        "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button without a label",
        raw_button({"text": " ", "callback_data": "a"}),
        BadRequest,
        "Inline keyboard button text must be non-empty",
    ),
    ("unclosed tag", html("<b>bold"), BadRequest, PARSE + 'can\'t find end tag corresponding to start tag "b"'),
    ("unknown tag", html("é<div>"), BadRequest, PARSE + 'unsupported start tag "div" at byte offset 2'),
    ("end without start", html("a</b>"), BadRequest, PARSE + "unexpected end tag at byte offset 1"),
    (
        "crossed tags",
        html("<b><i>x</b></i>"),
        BadRequest,
        PARSE + 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    ("a lone less-than", html("1 < 2"), BadRequest, PARSE + 'unsupported start tag "" at byte offset 2'),
    ("an unknown parse mode", text("x", "LaTeX"), BadRequest, "Unsupported parse_mode"),
    ("edit without change", edit_twice_alike, BadRequest, SAME),
    ("edit of the same keyboard", edit_markup_alike, BadRequest, SAME),
    ("edit of a deleted message", edit_deleted, BadRequest, "Message to edit not found"),
    (
        "edit of a message that never was",
        lambda bot, chat: bot.edit_message_text("x", chat, 1),
        BadRequest,
        "Message to edit not found",
    ),
    ("edit of the person's message", edit_foreign, BadRequest, "Message can't be edited"),
    ("edit of a text there is not", edit_text_of_document, BadRequest, "There is no text in the message to edit"),
    ("delete of a message that is gone", delete_twice, BadRequest, "Message to delete not found"),
    (
        "delete of 101 messages",
        lambda bot, chat: bot.delete_messages(chat, list(range(1, 102))),
        BadRequest,
        "Too many message identifiers specified",
    ),
    ("answer to no query", lambda bot, chat: bot.answer_callback_query("12345"), BadRequest, OLD_QUERY),
    (
        "an unknown action",
        lambda bot, chat: bot.send_chat_action(chat, "dancing"),
        BadRequest,
        "Wrong parameter action in request",
    ),
    ("a chat nobody has", lambda bot, chat: bot.send_message(424242, "x"), BadRequest, "Chat not found"),
    (
        "a reply to nothing",
        lambda bot, chat: bot.send_message(chat, "x", reply_parameters=ReplyParameters(1)),
        BadRequest,
        "Message to be replied not found",
    ),
    (
        "a command with capitals",
        lambda bot, chat: bot.set_my_commands([("Help", "What this is")]),
        BadRequest,
        "Bot_command_invalid",
    ),
    (
        "a webhook elsewhere",
        lambda bot, chat: bot.set_webhook("https://bot.example.org/hook"),
        BadRequest,
        "Bad webhook: the pocket Telegram delivers only to an address on this machine",
    ),
    (
        "a secret with a space",
        lambda bot, chat: bot.set_webhook("http://127.0.0.1:9/", secret_token="a b"),
        BadRequest,
        "Secret token contains unallowed characters",
    ),
    (
        "a file nobody sent",
        lambda bot, chat: bot.get_file("none"),
        BadRequest,
        "Wrong file_id or the file is temporarily unavailable",
    ),
    (
        "a method there is not",
        lambda bot, chat: bot.do_api_request("sendTelepathy"),
        EndPointNotFound,
        "Endpoint 'sendTelepathy' not found in Bot API",
    ),
]


@pytest.mark.parametrize(("calls", "error", "wording"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_refusal(shared: PocketTelegram, calls: Calls, error: type[TelegramError], wording: str) -> None:
    """Each refusal has Telegram's code, by which PTB picks the class, and Telegram's words."""
    sam = shared.person("Sam")
    sam.start()
    with pytest.raises(error) as caught:
        asking(shared)(lambda bot: calls(bot, sam.id))
    assert type(caught.value) is error
    assert caught.value.message.lower() == wording.lower()


def test_what_is_just_allowed(shared: PocketTelegram) -> None:
    """The limits refuse nothing that Telegram would take."""
    sam = shared.person("Sam")
    sam.start()

    async def work(bot: Bot) -> None:
        await bot.send_message(sam.id, "a" * 4096)
        await bot.send_message(sam.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
        await bot.send_document(sam.id, b"x", filename="a", caption="a" * 1024)
        await bot.send_message(sam.id, "Pick", reply_markup=keyboard([["d" * 64] * 8] * 12 + [["d"] * 4]))
        await bot.edit_message_text("Other", sam.id, (await bot.send_message(sam.id, "One")).message_id)

    asking(shared)(work)
    assert sam.screen().text == "Other"


def test_who_never_started_or_blocked_is_not_written_to(shared: PocketTelegram) -> None:
    """403 in both cases: the bot must mark the chat, not repeat."""
    never = shared.person("Never")
    blocking = shared.person("Blocking")
    blocking.start()
    blocking.block()
    for person, wording in (
        (never, "Forbidden: bot can't initiate conversation with a user"),
        (blocking, "Forbidden: bot was blocked by the user"),
    ):
        with pytest.raises(Forbidden) as caught:
            asking(shared)(lambda bot, chat=person.id: bot.send_message(chat, "Hello"))  # type: ignore[misc]
        assert caught.value.message == wording
    blocking.unblock()
    asking(shared)(lambda bot: bot.send_message(blocking.id, "Welcome back"))
    assert blocking.screen().text == "Welcome back"


def test_a_tap_is_answered_once_and_in_time(telegram: PocketTelegram) -> None:
    """A second answer and one after 15 seconds both fail as "too old"."""
    sam = telegram.person("Sam")
    sam.start()
    ask = asking(telegram)
    ask(lambda bot: bot.send_message(sam.id, "Pick", reply_markup=keyboard([["a"]])))
    first, late = sam.tap("A"), sam.tap("A")
    ask(lambda bot: bot.answer_callback_query(first, "Noted", show_alert=True))
    telegram.move_clock(seconds=16)
    for query in (first, late):
        with pytest.raises(BadRequest, match=r"(?i)^query is too old and response timeout expired or query id is"):
            ask(lambda bot, query=query: bot.answer_callback_query(query))  # type: ignore[misc]
    assert [(alert.text, alert.is_dialog) for alert in sam.alerts()] == [("Noted", True)]


def test_nothing_is_deleted_after_48_hours(telegram: PocketTelegram) -> None:
    """The service cannot clean a chat later: what must go has to go in time."""
    sam = telegram.person("Sam")
    theirs = sam.start()
    ask = asking(telegram)
    ours = ask(lambda bot: bot.send_message(sam.id, "Keep me")).message_id
    telegram.move_clock(hours=47.9)
    assert ask(lambda bot: bot.delete_message(sam.id, theirs))
    telegram.move_clock(hours=0.2)
    for calls in (
        lambda bot: bot.delete_message(sam.id, ours),
        lambda bot: bot.delete_messages(sam.id, [ours]),
    ):
        with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
            ask(calls)
    assert sam.history() == ["Keep me"]


def test_wrong_tokens(tmp_path: object) -> None:
    """401 for a token that is not the right one, 404 for one that cannot be; PTB calls both InvalidToken."""
    with PocketTelegram(token="123456:right-one") as telegram:
        assert asking(telegram, "123456:right-one")(lambda bot: bot.get_me()).username == "SharewisePocketBot"
        for token, wording in (("123456:wrong-one", "Unauthorized"), ("none:at-all", "Not Found")):
            with pytest.raises(InvalidToken) as caught:
                asking(telegram, token)(lambda bot: bot.get_me())
            assert wording in str(caught.value) or wording in str(caught.value.__cause__)
