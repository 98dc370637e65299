"""One practitioner's visit, from /start to the saved record, in a real browser before the real bot.

The test and the README's pictures make the same visit: a picture shows what was tested.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO

from playwright.sync_api import Locator, Page, expect

from bot.pocket.process import PocketTelegram
from bot.run import POCKET_TOKEN

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
"""A started bot needs about a second; a busy machine several."""


class Sharewise:
    """`sharewise run` in a process of its own, with a pocket Telegram that outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.telegram = PocketTelegram(folder / "telegram.sqlite", POCKET_TOKEN)
        self._ahead = folder / "ahead"
        self._ahead.write_text("0")
        self._bot: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def __enter__(self) -> Sharewise:
        self.telegram.start()
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
        self.telegram.kill()
        self.telegram.__exit__(None, None, None)

    def start(self) -> None:
        """Start the bot on the data that is there."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SHAREWISE_")},
            "SHAREWISE_DATA_DIR": str(self.folder / "data"),
            "SHAREWISE_POCKET_PORT": self.telegram.address.rpartition(":")[2],
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.browser.moved_clock", str(self._ahead), "run"]
        self._log = (self.folder / "bot.log").open("ab")
        self._bot = subprocess.Popen(command, env=environment, cwd=self.folder, stdout=self._log, stderr=self._log)

    def pass_time(self, length: timedelta) -> None:
        """Move everybody's clock on, Telegram's and the bot's."""
        self.telegram.move_clock(seconds=length.total_seconds())
        moved = self._ahead.with_suffix(".new")
        moved.write_text(str(float(self._ahead.read_text()) + length.total_seconds()))
        moved.replace(self._ahead)

    def kill(self) -> None:
        """kill -9: no farewell, nothing written down at the last moment."""
        if self._bot is not None:
            self._bot.kill()
            self._bot.wait()
            self._bot = None
        if self._log is not None:
            self._log.close()


class Phone:
    """Somebody's phone on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.phone = page.get_by_role("article", name=f"{name}'s phone")
        self.chat = self.phone.get_by_role("log")

    @property
    def newest(self) -> Locator:
        """The bot's newest message."""
        return self.chat.locator("li.message:not(.own)").last

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Wait until the newest message says this."""
        expect(self.newest).to_contain_text(words)

    def button(self, label: str) -> Locator:
        return self.newest.get_by_role("button", name=label, exact=True)

    def tap(self, label: str, then: str | re.Pattern[str]) -> None:
        """Tap the button with this label, and wait until the screen says what comes next."""
        self.button(label).click()
        self.sees(then)

    def tick(self, label: str) -> None:
        """Tick the option with these words by its number, and wait for the tick."""
        number = re.search(rf"^(\d+) {re.escape(label)}$", self.newest.locator(".words").inner_text(), re.MULTILINE)
        assert number is not None, label
        self.button(number[1]).click()
        self.sees(f"{number[1]} ✓ {label}")

    def write(self, text: str) -> None:
        """Type a message and send it."""
        field = self.phone.get_by_label(f"Message from {self.name}")
        field.fill(text)
        field.press("Enter")


class Visit(Phone):
    """The page, opened, and the phone that is on it from the start: Sam's."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page, "Sam")
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.goto(address)


Picture = Callable[[str], None]


def the_visit(sharewise: Sharewise, visit: Visit, picture: Picture = lambda name: None) -> str:
    """Sam worries about a young person who lives with violence. Gives the record's reference.

    On the way: a typed answer, a kill -9 with a tap in the meantime, Back, an old button, and the emergency screen.
    """
    visit.phone.get_by_role("button", name="START").click()
    visit.sees("If anyone is in danger now, ring 999.")
    picture("first-screen")
    visit.tap("Start", "Is anyone in danger now")
    visit.write("no")
    visit.sees("Where does the person live")
    expect(visit.chat.locator("li.own")).to_have_count(0)  # what was typed is taken out of the chat
    sam = sharewise.telegram.people()[0]
    sam.phone()  # a look at the buttons, one of which is tapped later
    visit.tap("England", "Who are you worried about?")
    visit.tap("A young person of 13 to 15", "What are you worried about?")
    visit.tick("Abuse by a partner or at home")

    sharewise.kill()
    visit.button("Done").click()
    sharewise.start()
    visit.sees("Whoever may be causing harm")
    visit.tap("Back", "What are you worried about?")
    if visit.newest.get_by_text("✓").count() == 0:
        visit.tick("Abuse by a partner or at home")
    picture("tick-list")

    sam.tap("England", stale=True)
    visit.sees("That question is already answered.")
    visit.sees("What are you worried about?")

    visit.tap("Danger now", "Ring 999 now.")
    picture("emergency")
    visit.tap("Not an emergency after all: go back", "What are you worried about?")
    if visit.newest.get_by_text("✓").count() == 0:
        visit.tick("Abuse by a partner or at home")
    visit.tap("Done", "Whoever may be causing harm")
    visit.tick("Lives with them, cares for or controls them")
    visit.tap("Done", "How serious is it")
    visit.tap("Serious harm has happened or is likely", "Ring children's social care now")
    picture("advice")

    visit.tap("Write down my decision", "What have you decided?")
    visit.tap("I share it, or have shared it", "Is it done?")
    visit.tap("Yes, just now", "When will you check that they are acting?")
    visit.tap("Tomorrow", "With whom?")
    visit.tick("Social care for children")
    visit.tap("Done", "What did you, or will you, share?")
    visit.tap("Skip the rest and save", "Please check your answers.")
    visit.tap("Save the record", "Saved as record SW-")
    reference = re.search(r"SW-[0-9A-Z]+", visit.newest.inner_text())
    assert reference is not None
    visit.tap("Show the record", f"Decision record {reference[0]}")
    visit.sees("Social care for children")
    picture("record")
    return reference[0]
