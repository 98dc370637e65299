"""The pictures of the README and of docs/leads.md: `make pictures` makes the visit of tests/browser/visit.py and the
run of tests/browser/four_phones.py, and takes them on the way."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.four_phones import FourPhones
from tests.browser.visit import CHROMIUM, FLAGS, ROOT, Phone, Sharewise, Visit, the_visit

FOLDER = ROOT / "docs" / "pictures"
LARGEST_BYTES = 250_000


def main() -> int:
    """Write the pictures. 1 where there is no browser, or a picture is too large for a page."""
    if CHROMIUM is None:
        print("Pictures need Chromium or Chrome; none is installed.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for taken in (_of_the_visit, _of_four_phones):
            with tempfile.TemporaryDirectory(prefix="pictures-") as folder, Sharewise(Path(folder)) as sharewise:
                taken(browser, sharewise)
        browser.close()
    large = [path.name for path in sorted(FOLDER.glob("*.png")) if path.stat().st_size > LARGEST_BYTES]
    if large:
        print(f"Too large for a page: {', '.join(large)}.")
    return 1 if large else 0


def _picture(phone: Phone, name: str) -> None:
    phone.newest.evaluate("message => message.scrollIntoView({block: 'start'})")
    phone.page.wait_for_timeout(300)  # the last message slides in
    phone.phone.locator(".case").screenshot(path=FOLDER / f"{name}.png")


def _of_the_visit(browser: Browser, sharewise: Sharewise) -> None:
    """One practitioner; then a small phone, and two of them in the dark."""
    page = browser.new_page(viewport={"width": 460, "height": 980}, reduced_motion="reduce")
    visit = Visit(page, sharewise.telegram.address)
    the_visit(sharewise, visit, lambda name: _picture(visit, name))
    visit.tap("Go on", "If anyone is in danger now, ring 999.")
    visit.tap("Start", "Is anyone in danger now")
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / "small-phone.png")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 1000, "height": 860})
    sharewise.telegram.person("Alex, safeguarding lead").start()
    page.get_by_role("article", name="Alex's phone").get_by_text("ring 999").wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / "dark.png")
    page.close()


def _of_four_phones(browser: Browser, sharewise: Sharewise) -> None:
    """What a lead sees, and what a practitioner sees meanwhile."""
    page = browser.new_page(viewport={"width": 460, "height": 980}, reduced_motion="reduce")
    FourPhones(sharewise, page, _picture).whole_run()
    page.close()


if __name__ == "__main__":
    sys.exit(main())
