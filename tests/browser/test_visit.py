"""The whole bot as a practitioner meets it: a browser, the page of phones, and the bot's own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.visit import CHROMIUM, FLAGS, Sharewise, Visit, the_visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome is installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it reports a problem."""
    opened = browser.new_page(viewport={"width": 1000, "height": 860})
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    opened.close()
    assert problems == []


def test_from_start_to_the_saved_record(tmp_path: Path, page: Page) -> None:
    """The one thing that must always work, also when the bot is killed in the middle of it."""
    with Sharewise(tmp_path) as sharewise:
        visit = Visit(page, sharewise.telegram.address)
        reference = the_visit(sharewise, visit)
        sharewise.kill()
        sharewise.start()
        visit.write("/records")
        visit.sees("Your decision records")
        expect(visit.newest.get_by_role("button", name=reference)).to_have_count(1)
        log = (tmp_path / "bot.log").read_text()
    assert "level='error'" not in log, log
    assert "violence" not in log
