"""What the pocket keeps: over a clean stop, over kill -9, and in its counters."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from telegram import Bot, BotCommandScopeAllPrivateChats, InlineKeyboardButton, InlineKeyboardMarkup

from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking

PICK = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


def test_everything_survives_kill(telegram: PocketTelegram) -> None:
    """What was answered before kill -9 is there after it: people, chats, updates, commands, calls, the clock."""
    sam = telegram.person("Sam, volunteer", language_code="cy")
    sam.start()
    ask = asking(telegram)
    first = ask(lambda bot: bot.send_message(sam.id, "One", reply_markup=PICK)).message_id
    ask(lambda bot: bot.edit_message_text("Two", sam.id, first, reply_markup=PICK))
    ask(lambda bot: bot.set_my_commands([("help", "Cymorth")], language_code="cy"))
    query = sam.tap("Yes")
    telegram.move_clock(hours=1)
    before = (sam.phone()["messages"], telegram.updates(), telegram.calls(), sam.commands())
    telegram.kill()
    telegram.start()
    (found,) = telegram.people()
    assert (found.id, found.name) == (sam.id, "Sam")
    assert (sam.phone()["messages"], telegram.updates(), telegram.calls(), sam.commands()) == before
    assert sam.screen().text == "Two"
    last = telegram.updates()[-1]
    assert last["callback_query"]["id"] == query
    sam.say("after")
    assert telegram.updates()[-1]["update_id"] == last["update_id"] + 1


def test_a_tap_can_be_answered_after_a_restart(telegram: PocketTelegram) -> None:
    """The pocket forgets no tap that it passed on."""
    sam = telegram.person("Sam")
    sam.start()
    ask = asking(telegram)
    ask(lambda bot: bot.send_message(sam.id, "Pick", reply_markup=PICK))
    query = sam.tap("Yes")
    telegram.restart()
    assert ask(lambda bot: bot.answer_callback_query(query, "Done"))
    assert [alert.text for alert in sam.alerts()] == ["Done"]


def test_stop_is_clean_and_start_is_quick(tmp_path: Path) -> None:
    """SIGTERM ends it with 0 even while a page listens and a bot polls; the ready line tells the address."""
    command = [sys.executable, "-m", "bot.pocket", "--port", "0", "--state", str(tmp_path / "new" / "state.sqlite")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line.startswith("pocket Telegram: http://127.0.0.1:")
        port = int(line.strip().rstrip("/").rpartition(":")[2])
        listening = []
        for path in ("/pocket/stream", "/bot123456:ABC/getUpdates?timeout=30"):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            listening.append(connection)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert process.stderr.read() == ""
        for connection in listening:
            connection.close()


def test_two_pockets_do_not_share_a_state(telegram: PocketTelegram) -> None:
    """The second one says why it does not start."""
    command = [sys.executable, "-m", "bot.pocket", "--port", "0", "--state", str(telegram.state)]
    second = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert second.returncode == 2
    assert "another one is using" in second.stderr


def test_counters_show_the_pace(telegram: PocketTelegram) -> None:
    """Sends and edits within any one second, per chat and overall, to check our own pacing against."""
    sam, alex = telegram.person("Sam"), telegram.person("Alex")
    sam.start()
    alex.start()

    async def work(bot: Bot) -> None:
        for _ in range(5):
            await bot.send_message(sam.id, "x")
        await bot.send_message(alex.id, "x")
        await bot.send_chat_action(alex.id, "typing")

    asking(telegram)(work)
    counters = telegram.counters()
    assert counters["most_in_a_second"] == {str(sam.id): 5, str(alex.id): 1}
    assert counters["most_in_a_second_overall"] == 6
    assert sum(counters["seconds"][str(sam.id)].values()) == 5
    assert sam.phone()["calls"] == 5
    assert alex.phone()["calls"] == 2


def test_commands_by_scope_and_language(telegram: PocketTelegram) -> None:
    """The bot reads back exactly what it set; the phone shows the nearest fit."""
    sam, anna = telegram.person("Sam"), telegram.person("Anna", language_code="pl")
    ask = asking(telegram)
    private = BotCommandScopeAllPrivateChats()
    ask(lambda bot: bot.set_my_commands([("a", "everywhere")]))
    ask(lambda bot: bot.set_my_commands([("b", "private")], scope=private))
    ask(lambda bot: bot.set_my_commands([("c", "prywatnie")], scope=private, language_code="pl"))
    assert [command.command for command in ask(lambda bot: bot.get_my_commands(scope=private))] == ["b"]
    assert ask(lambda bot: bot.get_my_commands(language_code="pl")) == ()
    assert (sam.commands(), anna.commands()) == (["b"], ["c"])
    ask(lambda bot: bot.delete_my_commands(scope=private))
    assert (sam.commands(), anna.commands()) == (["a"], ["c"])


def test_descriptions_and_menu_button(telegram: PocketTelegram) -> None:
    """Set, read back, and an unset language falls back to the entry without one."""

    async def work(bot: Bot) -> tuple[str, str, str, str]:
        await bot.set_my_description("Long")
        await bot.set_my_short_description("Short")
        await bot.set_my_short_description("Krótko", language_code="pl")
        await bot.set_chat_menu_button()
        return (
            (await bot.get_my_description(language_code="cy")).description,
            (await bot.get_my_short_description()).short_description,
            (await bot.get_my_short_description(language_code="pl")).short_description,
            (await bot.get_my_name()).name,
        )

    assert asking(telegram)(work) == ("Long", "Short", "Krótko", "Sharewise")
