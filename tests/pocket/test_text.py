"""Telegram's HTML becomes plain text and entities in UTF-16 units; the phone shows exactly that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pocket.text import parse, parse_html, trim, units

TABLE = [
    ("<b>a</b>", "a", [("bold", 0, 1)]),
    ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
    ("😀<u>x</u>", "😀x", [("underline", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
    ("1 &lt; 2 &amp;&#33; &copy;", "1 < 2 &! &copy;", []),
    ("<s>a</s><tg-spoiler>b</tg-spoiler>", "ab", [("strikethrough", 0, 1), ("spoiler", 1, 1)]),
    ('<span class="tg-spoiler">b</span>', "b", [("spoiler", 0, 1)]),
    ("<code>/help</code>", "/help", [("code", 0, 5)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ('<a href="javascript:x">q</a>', "q", []),
    ("see /help now", "see /help now", [("bot_command", 4, 5)]),
    ("either/or", "either/or", []),
    ("a https://example.org/x. b", "a https://example.org/x. b", [("url", 2, 21)]),
]


@pytest.mark.parametrize(("raw", "text", "entities"), TABLE)
def test_html(raw: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Tags, escapes, nesting, trimming and what Telegram finds by itself."""
    plain, found = parse(raw, "HTML")
    assert (plain, [(one["type"], one["offset"], one["length"]) for one in found]) == (text, entities)


def test_a_link_keeps_its_address() -> None:
    """The address comes from the tag, with escapes undone."""
    _, found = parse('<a href="https://example.org/?a=1&amp;b=2">here</a>', "HTML")
    assert found == [{"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/?a=1&b=2"}]


@given(st.text())
def test_escaped_text_comes_back_whole(text: str) -> None:
    """Whatever a bot escapes, the person reads unchanged."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_trimmed_entities_stay_inside(text: str, offset: int, length: int) -> None:
    """No entity ever points outside its text."""
    kept, entities = trim(text, [{"type": "bold", "offset": offset, "length": length}])
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= units(kept)
