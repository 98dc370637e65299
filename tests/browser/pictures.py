"""The README's pictures: `make pictures` makes the visit of tests/browser/visit.py and takes them on the way."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.visit import CHROMIUM, FLAGS, ROOT, Sharewise, Visit, the_visit

FOLDER = ROOT / "docs" / "pictures"
LARGEST_BYTES = 250_000


def main() -> int:
    """Write the pictures. 1 where there is no browser, or a picture is too large for a README."""
    if CHROMIUM is None:
        print("Pictures need Chromium or Chrome; none is installed.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="pictures-") as folder,
        Sharewise(Path(folder)) as sharewise,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 460, "height": 980}, reduced_motion="reduce")
        visit = Visit(page, sharewise.telegram.address)

        def picture(name: str) -> None:
            visit.newest.evaluate("message => message.scrollIntoView({block: 'start'})")
            visit.page.wait_for_timeout(300)  # the last message slides in
            visit.phone.locator(".case").screenshot(path=FOLDER / f"{name}.png")

        the_visit(sharewise, visit, picture)
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
        browser.close()
    large = [path.name for path in sorted(FOLDER.glob("*.png")) if path.stat().st_size > LARGEST_BYTES]
    if large:
        print(f"Too large for a README: {', '.join(large)}.")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
