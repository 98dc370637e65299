"""A person with a phone sees and does what a person with Telegram sees and does."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden

from bot.pocket.person import NoSuchButtonError, PocketError, WaitedInVainError
from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking


def pick(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower())] for label in labels])


def test_commands_and_deep_links(telegram: PocketTelegram) -> None:
    """A command carries its entity, a deep link its payload, and the person their language."""
    sam = telegram.person("Sam, volunteer", language_code="cy")
    sam.start("invite-1")
    sam.say("/help me")
    started, helped = asking(telegram)(lambda bot: bot.get_updates())
    assert started.message is not None
    assert helped.message is not None
    assert started.message.text == "/start invite-1"
    assert helped.message.parse_entities() == {helped.message.entities[0]: "/help"}
    assert started.effective_user is not None
    assert (started.effective_user.first_name, started.effective_user.language_code) == ("Sam", "cy")


def test_taps_by_label(telegram: PocketTelegram) -> None:
    """The newest message with the label is tapped; a label not to be seen names those that are."""
    sam = telegram.person("Sam")
    sam.start()
    ask = asking(telegram)
    older = ask(lambda bot: bot.send_message(sam.id, "Older", reply_markup=pick("Yes", "No"))).message_id
    newer = ask(lambda bot: bot.send_message(sam.id, "Newer", reply_markup=pick("Yes"))).message_id
    sam.tap("Yes")
    sam.tap("No")
    with pytest.raises(NoSuchButtonError, match=r'"Maybe".*\[\'Yes\', \'Yes\', \'No\'\]'):
        sam.tap("Maybe")
    queries = [update.callback_query for update in ask(lambda bot: bot.get_updates()) if update.callback_query]
    assert [(query.data, query.message.message_id) for query in queries if query.message] == [
        ("yes", newer),
        ("no", older),
    ]


def test_an_edited_message_reaches_only_a_bot_that_asks_for_such(telegram: PocketTelegram) -> None:
    """The chat shows the new words; whether the bot is told depends on what it asked for."""
    sam = telegram.person("Sam")
    sam.start()
    asking(telegram)(lambda bot: bot.get_updates(offset=-1, allowed_updates=["message", "edited_message"]))
    number = sam.say("one")
    sam.edit(number, "two")
    found = asking(telegram)(lambda bot: bot.get_updates(allowed_updates=["message"]))
    assert [update.edited_message.text for update in found if update.edited_message] == ["two"]
    sam.edit(number, "three")
    assert len(telegram.updates()) == len(found), "no longer asked for"
    assert sam.history() == ["/start", "three"]
    with pytest.raises(PocketError, match="no text"):
        sam.edit(number + 100, "nothing there")


def test_stale_taps(telegram: PocketTelegram) -> None:
    """A finger may hit a keyboard that an edit or a deletion has just taken away: the bot still gets the tap."""
    sam = telegram.person("Sam")
    sam.start()
    ask = asking(telegram)
    sent = ask(lambda bot: bot.send_message(sam.id, "One", reply_markup=pick("Old"))).message_id
    assert sam.screen().buttons == ("Old",)
    ask(lambda bot: bot.edit_message_text("Two", sam.id, sent))
    with pytest.raises(NoSuchButtonError):
        sam.tap("Old")
    sam.tap("Old", stale=True)
    ask(lambda bot: bot.delete_message(sam.id, sent))
    sam.tap("Old", stale=True, message_id=sent)
    taps = [update.callback_query for update in ask(lambda bot: bot.get_updates()) if update.callback_query]
    assert [tap.data for tap in taps] == ["old", "old"]
    assert [tap.message.is_accessible for tap in taps if tap.message] == [True, False]


def test_everything_that_is_not_text(telegram: PocketTelegram) -> None:
    """Each kind arrives as its kind; a fetched file is recorded, for tests that nothing is ever fetched."""
    sam = telegram.person("Sam")
    sam.send_photo("a caption")
    sam.send_voice()
    sam.send_document()
    sam.send_contact()
    sam.send_location()
    sam.forward("what another wrote")

    async def work(bot: Bot) -> bytes:
        messages = [update.message for update in await bot.get_updates() if update.message]
        photo, voice, document, contact, location, forward = messages
        assert photo.photo
        assert photo.caption == "a caption"
        assert voice.voice
        assert contact.contact
        assert location.location
        assert forward.forward_origin
        assert forward.text == "what another wrote"
        assert document.document
        file = await bot.get_file(document.document.file_id)
        return bytes(await file.download_as_bytearray())

    assert asking(telegram)(work) == b"A sample file made by the pocket Telegram.\n"
    assert len(telegram.calls("getFile")) == 1
    assert len(telegram.calls("(file)")) == 1


def test_a_document_comes_whole(shared: PocketTelegram) -> None:
    """What the bot sends can be read back as it was, under its own name."""
    sam = shared.person("Sam")
    sam.start()

    async def work(bot: Bot) -> bytes:
        sent = await bot.send_document(
            sam.id, b"%PDF record", filename="record.pdf", caption="<b>Yours</b>", parse_mode="HTML"
        )
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        return bytes(await file.download_as_bytearray())

    assert asking(shared)(work) == b"%PDF record"
    assert (sam.screen().text, sam.screen().file_name) == ("Yours", "record.pdf")


def test_history_is_what_is_still_readable(shared: PocketTelegram) -> None:
    """An edit takes the old text out, a deletion the message; what the person clears is gone on this side."""
    sam = shared.person("Sam")
    typed = sam.say("something sensitive")
    ask = asking(shared)
    question = ask(lambda bot: bot.send_message(sam.id, "Question 1", protect_content=True)).message_id
    assert sam.history() == ["something sensitive", "Question 1"]
    ask(lambda bot: bot.edit_message_text("Question 2", sam.id, question))
    ask(lambda bot: bot.delete_message(sam.id, typed))
    assert sam.history() == ["Question 2"]
    assert [(trace["text"], trace["state"], trace["earlier"]) for trace in sam.phone()["history"]] == [
        ("something sensitive", "gone", []),
        ("Question 2", "readable", ["Question 1"]),
    ]
    assert sam.phone()["messages"][0]["protected"] is True
    sam.delete(question)
    assert sam.history() == []
    sam.say("more")
    sam.clear_history()
    assert sam.messages() == []


def test_delete_many_passes_over_the_missing(shared: PocketTelegram) -> None:
    """A sweep does not fail because one message is gone already."""
    sam = shared.person("Sam")
    sam.start()

    async def work(bot: Bot) -> None:
        ids = [(await bot.send_message(sam.id, text)).message_id for text in "abc"]
        await bot.delete_message(sam.id, ids[1])
        assert await bot.delete_messages(sam.id, [*ids, 1])

    asking(shared)(work)
    assert sam.messages() == ["/start"]


def test_block_and_unblock_reach_the_bot(telegram: PocketTelegram) -> None:
    """my_chat_member both times; a blocked person cannot write; START unblocks."""
    sam = telegram.person("Sam")
    sam.start()
    sam.block()
    with pytest.raises(PocketError, match="Sam has blocked the bot; unblock it first"):
        sam.say("hello")
    sam.start()
    changes = [update.my_chat_member for update in asking(telegram)(lambda bot: bot.get_updates())]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


def test_waiting(shared: PocketTelegram) -> None:
    """Waiting in vain shows what is on the screen instead."""
    sam = shared.person("Sam")
    sam.start()
    asking(shared)(lambda bot: bot.send_message(sam.id, "Question 1"))
    assert sam.wait_for("Question 1").text == "Question 1"
    assert sam.wait_for(lambda screen: not screen.buttons).text == "Question 1"
    with pytest.raises(WaitedInVainError, match=r'Waited 0.2 s for "Question 2".*Question 1'):
        sam.wait_for("Question 2", timeout=0.2)


def test_groups(telegram: PocketTelegram) -> None:
    """In a group the bot hears commands only; it can answer and leave, and then may not write any more."""
    sam = telegram.person("Sam")
    group = telegram.group("Team", sam)
    telegram.say_in_group(group, sam, "talk among people")
    telegram.say_in_group(group, sam, "/start")

    async def work(bot: Bot) -> list[str]:
        updates = await bot.get_updates()
        assert updates[0].my_chat_member
        assert updates[1].message
        assert updates[1].message.new_chat_members[0].username == "SharewisePocketBot"
        await bot.send_message(group, "Only in private.")
        await bot.leave_chat(group)
        with pytest.raises(Forbidden, match="Forbidden: bot is not a member of the group chat"):
            await bot.send_message(group, "Still here?")
        return [update.message.text for update in updates if update.message and update.message.text]

    assert asking(telegram)(work) == ["/start"]
    assert telegram.group_view(group)["bot_inside"] is False
    assert [message["text"] for message in telegram.group_view(group)["messages"]][-1] == "Only in private."
