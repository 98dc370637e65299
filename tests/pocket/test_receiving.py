"""Long polling: nothing is lost, nothing comes twice once confirmed, and only one bot polls."""

import asyncio
import time
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import TOKEN, asking, client


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


def test_offset_confirms(telegram: PocketTelegram) -> None:
    """Updates come again until an offset beyond them is asked for; ids rise by one."""
    sam = telegram.person("Sam")
    for text in ("one", "two", "three"):
        sam.say(text)
    ask = asking(telegram)
    first = ask(lambda bot: bot.get_updates(limit=2))
    assert texts(first) == ["one", "two"]
    assert first[1].update_id == first[0].update_id + 1
    assert texts(ask(lambda bot: bot.get_updates())) == ["one", "two", "three"]
    assert texts(ask(lambda bot: bot.get_updates(offset=first[1].update_id + 1))) == ["three"]
    assert texts(ask(lambda bot: bot.get_updates())) == ["three"]
    assert texts(ask(lambda bot: bot.get_updates(offset=-1))) == ["three"]


def test_a_poll_waits_for_news(telegram: PocketTelegram) -> None:
    """A waiting poll returns as soon as somebody writes, not at its end."""
    sam = telegram.person("Sam")

    async def work(bot: Bot) -> tuple[float, tuple[Update, ...]]:
        begun = time.monotonic()
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(sam.say, "hello")
        updates = await poll
        return time.monotonic() - begun, updates

    waited, updates = asking(telegram)(work)
    assert texts(updates) == ["hello"]
    assert 0.3 <= waited < 5


def test_a_poll_ends_empty_when_nothing_comes(telegram: PocketTelegram) -> None:
    """The time asked for is kept."""
    begun = time.monotonic()
    assert asking(telegram)(lambda bot: bot.get_updates(timeout=1)) == ()
    assert 0.9 <= time.monotonic() - begun < 4


def test_a_second_poller_ends_the_first(telegram: PocketTelegram) -> None:
    """409, so that two copies of the bot find each other out."""

    async def work(bot: Bot) -> None:
        async with client(telegram) as other:
            first = asyncio.create_task(bot.get_updates(timeout=20))
            await asyncio.sleep(0.3)
            second = asyncio.create_task(other.get_updates(timeout=1))
            with pytest.raises(Conflict) as caught:
                await first
            assert caught.value.message == (
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
            assert await second == ()

    asking(telegram)(work)


def test_no_polling_beside_a_webhook(telegram: PocketTelegram) -> None:
    """409 in Telegram's words, until the webhook is deleted."""

    async def work(bot: Bot) -> None:
        await bot.set_webhook("http://127.0.0.1:9/")
        with pytest.raises(Conflict) as caught:
            await bot.get_updates()
        assert caught.value.message == (
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
        await bot.delete_webhook()
        assert await bot.get_updates() == ()

    asking(telegram)(work)


def test_allowed_updates_are_remembered(telegram: PocketTelegram) -> None:
    """What the bot does not want is not kept for it, also in later polls that do not say so again."""
    sam = telegram.person("Sam")
    ask = asking(telegram)
    ask(lambda bot: bot.get_updates(allowed_updates=["my_chat_member"]))
    sam.say("not wanted")
    sam.block()
    (update,) = ask(lambda bot: bot.get_updates())
    assert update.my_chat_member is not None
    assert (update.my_chat_member.old_chat_member.status, update.my_chat_member.new_chat_member.status) == (
        "member",
        "kicked",
    )


def test_an_update_lives_24_hours(telegram: PocketTelegram) -> None:
    """A bot that is away for longer than a day never hears of it."""
    sam = telegram.person("Sam")
    sam.say("old")
    telegram.move_clock(hours=23)
    sam.say("newer")
    telegram.move_clock(hours=1.1)
    assert texts(asking(telegram)(lambda bot: bot.get_updates())) == ["newer"]


def test_a_dead_poller_is_forgotten(telegram: PocketTelegram) -> None:
    """A bot that was killed while it waited does not count as a second one, and loses nothing."""
    sam = telegram.person("Sam")

    async def cut_short() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", int(telegram.address.rpartition(":")[2]))
        request = f"GET /bot{TOKEN}/getUpdates?timeout=30 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        writer.write(request.encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.close()
        await writer.wait_closed()

    asyncio.run(cut_short())
    sam.say("hello")
    assert texts(asking(telegram)(lambda bot: bot.get_updates(timeout=2))) == ["hello"]
    assert [call["status"] for call in telegram.calls("getUpdates")] == [200]


def test_every_way_of_sending_parameters(shared: PocketTelegram) -> None:
    """The query, a form and JSON mean the same, by GET and by POST; method names in any case."""
    import httpx

    sam = shared.person("Sam")
    sam.start()
    given: dict[str, Any] = {"chat_id": sam.id, "text": "same"}
    base = f"{shared.base_url}{TOKEN}"
    for response in (
        httpx.get(f"{base}/sendMessage", params=given),
        httpx.post(f"{base}/sendmessage", data=given),
        httpx.post(f"{base}/SENDMESSAGE", json=given),
        httpx.post(f"{base}/sendMessage", data=given, files={"ignored": b"x"}),
    ):
        assert response.json()["result"]["text"] == "same"
