"""Nobody but this machine drives the pocket: a page elsewhere, open in the same browser, must not be able to."""

import httpx
import pytest

from bot.pocket.process import PocketTelegram

FOREIGN: list[tuple[str, str, dict[str, str]]] = [
    ("a rebound name", "GET", {"Host": "pocket.example.org"}),
    ("a rebound name with our port", "POST", {"Host": "pocket.example.org:8081"}),
    ("another site's script", "POST", {"Origin": "https://example.org"}),
    ("another port's page", "POST", {"Origin": "http://127.0.0.1:1"}),
    ("a page without an origin", "POST", {"Origin": "null"}),
    ("a foreign form", "POST", {"Content-Type": "text/plain"}),
    ("a foreign image or script", "GET", {"Sec-Fetch-Site": "cross-site"}),
]


@pytest.mark.parametrize(("method", "headers"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_foreign_requests_are_refused(shared: PocketTelegram, method: str, headers: dict[str, str]) -> None:
    """403, and nothing happens."""
    before = len(shared.people())
    sent = {"Content-Type": "application/json"} | headers
    answer = httpx.request(method, f"{shared.address}/pocket/people", headers=sent, content=b'{"name": "Mallory"}')
    assert answer.status_code == 403
    assert len(shared.people()) == before


def test_the_page_itself_may(shared: PocketTelegram) -> None:
    """The pocket's own page, under either name of this machine, is served."""
    for host in (shared.address, shared.address.replace("127.0.0.1", "localhost")):
        answer = httpx.post(f"{host}/pocket/people", json={"name": "Sam"}, headers={"Origin": host})
        assert answer.status_code == 200


def test_the_page_lets_nothing_in_or_out(shared: PocketTelegram) -> None:
    """A strict policy: scripts, styles and connections from here only, nothing inline."""
    page = httpx.get(f"{shared.address}/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "innerHTML" not in "".join(
        httpx.get(f"{shared.address}/{name}.js").text
        for name in ("main", "phone", "chat", "message", "words", "history")
    )
    assert "//" not in page.text.replace("<!doctype", "")
