"""The page of phones in a real browser, with a tiny scripted bot behind it."""

import asyncio
import contextlib
import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.pocket.process import PocketTelegram
from tests.pocket.conftest import asking, client

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
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome is installed"),
]
QUESTION = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("No", callback_data="no")],
        [InlineKeyboardButton("Danger", callback_data="danger")],
    ]
)


async def answer(bot: Bot, update: Update) -> None:
    """The script: /start asks, a tap is answered, other text is echoed and then deleted."""
    if query := update.callback_query:
        assert query.message is not None
        if query.data == "danger":
            await query.answer("Call 999 now.", show_alert=True)
            return
        await query.answer(f"Noted: {query.data}")
        await bot.edit_message_text(
            f"You said <b>{query.data}</b>", query.message.chat.id, query.message.message_id, parse_mode="HTML"
        )
    elif update.message and update.message.text and update.message.text.startswith("/"):
        await bot.send_message(
            update.message.chat_id,
            "May I share <script>?".replace("<", "&lt;"),
            parse_mode="HTML",
            reply_markup=QUESTION,
        )
    elif update.message and update.message.text:
        await bot.send_message(update.message.chat_id, f"Echo: {update.message.text}")
        await update.message.delete()


async def serve(telegram: PocketTelegram) -> None:
    """Poll until cancelled."""
    offset = 0
    async with client(telegram) as bot:
        await bot.set_my_commands([("start", "Begin"), ("help", "Help")])
        while True:
            for update in await bot.get_updates(offset=offset, timeout=10):
                offset = update.update_id + 1
                await answer(bot, update)


@pytest.fixture
def served(telegram: PocketTelegram) -> Iterator[PocketTelegram]:
    """A pocket with the scripted bot polling it."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(serve(telegram))

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield telegram
    loop.call_soon_threadsafe(task.cancel)
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test when it reports a problem."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert problems == []


def test_two_phones(served: PocketTelegram, page: Page) -> None:
    """A newcomer's first minutes: one phone is there, START, taps, an alert, a second phone with its own chat."""
    page.goto(served.address)
    sam = page.get_by_role("article", name="Sam's phone")
    chat = sam.get_by_role("log")
    sam.get_by_role("button", name="START").click()
    expect(chat.get_by_text("May I share <script>?")).to_be_visible()
    expect(sam.get_by_label("Message from Sam")).to_be_focused()

    sam.get_by_role("button", name="Danger").click()
    alert = sam.get_by_role("alertdialog")
    expect(alert).to_contain_text("Call 999 now.")
    page.keyboard.press("Enter")
    expect(alert).to_have_count(0)

    sam.get_by_role("button", name="Yes").press("Enter")
    expect(chat.get_by_text("You said yes")).to_be_visible()
    expect(chat.locator("b")).to_have_text("yes")
    expect(sam.get_by_text("Noted: yes")).to_be_visible()
    expect(sam.get_by_role("button", name="No", exact=True)).to_have_count(0)

    expect(page.get_by_role("button", name="Make an organisation")).to_be_hidden()  # this bot cannot
    page.get_by_role("button", name="Add a phone").click()
    page.get_by_label("Whose phone is it?").fill("Alex, lead")
    page.keyboard.press("Enter")
    alex = page.get_by_role("article", name="Alex's phone")
    expect(alex.get_by_role("button", name="START")).to_be_focused()
    page.keyboard.press("Enter")
    expect(alex.get_by_role("log").get_by_text("May I share")).to_be_visible()
    expect(chat.get_by_role("listitem")).to_have_count(2)


def test_typing_is_not_disturbed(served: PocketTelegram, page: Page) -> None:
    """News on the phone neither steals the focus nor loses half-typed words; Enter sends; a deletion is applied."""
    served.person("Sam").start()
    page.goto(served.address)
    phone = page.get_by_role("article", name="Sam's phone")
    field = phone.get_by_label("Message from Sam")
    field.fill("half a sen")
    sam = served.people()[0]
    sam.say("/again")
    expect(phone.get_by_text("May I share")).to_have_count(2)
    expect(field).to_be_focused()
    expect(field).to_have_value("half a sen")
    field.press("End")
    page.keyboard.type("tence")
    page.keyboard.press("Enter")
    expect(phone.get_by_text("Echo: half a sentence")).to_be_visible()
    expect(phone.get_by_role("log").get_by_text("half a sentence", exact=True)).to_have_count(0)
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_privacy_view_menus_and_blocking(served: PocketTelegram, page: Page) -> None:
    """What is gone is struck; commands and attachments can be sent; blocking shows and ends with Unblock."""
    page.goto(served.address)
    phone = page.get_by_role("article", name="Sam's phone")
    phone.get_by_role("button", name="START").click()
    phone.get_by_role("button", name="Yes").click()
    expect(phone.get_by_text("You said yes")).to_be_visible()
    phone.get_by_role("button", name="What is still readable").click()
    history = phone.get_by_role("region", name="What is still readable")
    expect(history.locator(".earlier")).to_have_text("May I share <script>?")
    history.get_by_role("button", name="Delete on this phone: /start").click()
    expect(history.get_by_text("gone on this phone only")).to_be_visible()
    phone.get_by_role("button", name="What is still readable").click()
    expect(phone.get_by_role("log").get_by_text("/start")).to_have_count(0)

    phone.get_by_role("button", name="Commands").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(phone.get_by_role("log").get_by_text("/help")).to_be_visible()
    phone.get_by_role("button", name="Attach").click()
    phone.get_by_role("button", name="Location").click()
    expect(phone.get_by_text("51.4779, -0.0015")).to_be_visible()

    phone.get_by_role("button", name="More").click()
    phone.get_by_role("button", name="Block the bot").click()
    expect(phone.get_by_text("Sam has blocked the bot.")).to_be_visible()
    phone.get_by_role("button", name="Unblock").click()
    expect(phone.get_by_label("Message from Sam")).to_be_visible()


def test_an_invitation_is_opened_on_a_phone(telegram: PocketTelegram, page: Page) -> None:
    """A deep link to this bot opens on a phone here, and never at the real Telegram."""
    sam, alex = telegram.person("Sam"), telegram.person("Alex, lead")
    sam.start()
    page.goto(telegram.address)
    with ThreadPoolExecutor(1) as pool:
        link = "Invite: https://t.me/SharewisePocketBot?start=invite-1"
        pool.submit(asking(telegram), lambda bot: bot.send_message(sam.id, link)).result()
    page.get_by_role("link", name="https://t.me/").click()
    page.get_by_role("dialog").get_by_role("button", name="Alex, lead").click()
    expect(page.get_by_role("article", name="Alex's phone").get_by_text("/start invite-1")).to_be_visible()
    assert alex.history() == ["/start invite-1"]


def test_narrow_window(served: PocketTelegram, page: Page) -> None:
    """At 320 px one phone fills the window, nothing sticks out, and the newest message is in view."""
    for name in ("Sam, volunteer", "Alex, lead"):
        served.person(name).start()
    sam = served.people()[0]
    for _ in range(3):
        sam.say("/more")
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(served.address)
    phone = page.get_by_role("article", name="Sam's phone")
    expect(phone.get_by_text("May I share")).to_have_count(4)
    expect(phone.get_by_text("1 of 2")).to_be_visible()
    box = phone.bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["width"])) == (0, 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(phone.get_by_role("button", name="Danger").last).to_be_in_viewport()


def test_the_page_comes_back_after_a_restart(telegram: PocketTelegram, browser: Browser) -> None:
    """While the pocket is away the page says so; it goes on by itself afterwards, and alerts do not come twice."""
    sam = telegram.person("Sam")
    sam.start()

    def ask(work: Callable[[Bot], Awaitable[object]]) -> None:
        # Playwright has an event loop in this thread already.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asking(telegram), work).result()

    ask(lambda bot: bot.send_message(sam.id, "Pick", reply_markup=QUESTION))
    page = browser.new_page()
    page.goto(telegram.address)
    lost = page.get_by_text("The pocket Telegram has stopped.")
    alert = page.get_by_role("alertdialog")
    expect(page.get_by_text("Pick")).to_be_visible()
    expect(lost).to_be_hidden()
    query = sam.tap("Danger")
    ask(lambda bot: bot.answer_callback_query(query, "Call 999 now.", show_alert=True))
    alert.get_by_role("button", name="OK").click()
    telegram.kill()
    expect(lost).to_be_visible()
    telegram.start()
    expect(lost).to_be_hidden()
    ask(lambda bot: bot.send_message(sam.id, "Here again"))
    expect(page.get_by_text("Here again")).to_be_visible()
    expect(alert).to_have_count(0)
    page.close()
