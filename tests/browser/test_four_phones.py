"""A call for a lead as all four sides of it see it: a browser, the page of phones, and the bot's own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.four_phones import FourPhones
from tests.browser.visit import CHROMIUM, FLAGS, Sharewise

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome is installed"),
]


@pytest.fixture
def page() -> Iterator[Page]:
    """A page wide enough for four phones, that fails the test when it reports a problem."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1800, "height": 900})
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        yield opened
        browser.close()
    assert problems == []


def test_from_the_first_invitation_to_the_end_of_a_call_that_climbed(tmp_path: Path, page: Page) -> None:
    """The lead is silent, the deputy takes it, and nobody reads of the case but who took it."""
    with Sharewise(tmp_path) as sharewise:
        phones = FourPhones(sharewise, page)
        reference = phones.whole_run()
        ever_there = {one.name: str(one.phone()["history"]) for one in sharewise.telegram.people()}
        log = (tmp_path / "bot.log").read_text()
    for of_the_case in ("You do not need consent", "tell me when it is done"):
        assert of_the_case in ever_there["Bo"]
        assert of_the_case in ever_there["Sam"]
        assert of_the_case not in ever_there["Alex"] + ever_there["Dee"]
    assert reference not in ever_there["Dee"]
    assert "level='error'" not in log, log
