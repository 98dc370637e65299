"""Every word for people goes through the catalogues, and a translation cannot break a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from random import Random

import pytest

from bot import i18n
from bot.i18n import SOURCE_LANGUAGE, Translator, language_for, languages, translator
from bot.intake import Intake
from bot.screens import codes, pages
from bot.screens.pieces import LONGEST_TEXT, pieces
from bot.store import MasterKey, Store
from bot.telegram.client import COMMANDS as MENU
from bot.telegram.client import DESCRIPTION, SHORT_DESCRIPTION
from bot.telegram.rendering import html_of
from bot.turns.call import Call
from bot.turns.incoming import Came, Incoming
from bot.turns.turn import Surroundings
from bot.turns.typing import COMMANDS
from states.flow import the_flow
from states.text import Text, say
from tests.catalogues import ROOT, extracted, problems, refresh, unextractable
from tests.pseudo_locale import LANGUAGE, OPENING, compile_pseudo, pseudo

SENTENCE = 'from states.text import say\nHELLO = say("Ring <b>{number}</b> or /start.\\nNow.", number=999)\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project: one module with one sentence, and a Welsh catalogue that is right."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "states").mkdir()
    (tmp_path / "bot" / "hello.py").write_text(SENTENCE)
    folder = tmp_path / "locales" / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "sharewise.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    refresh(tmp_path)
    _translate(folder / "sharewise.po", "Ffoniwch <b>{number}</b> neu /start.\\nNawr.")
    refresh(tmp_path)
    return tmp_path


def _po(tree: Path) -> Path:
    return tree / "locales" / "cy" / "LC_MESSAGES" / "sharewise.po"


def _translate(po: Path, words: str) -> None:
    head, _, _ = po.read_text().rpartition("msgstr ")
    po.write_text(f'{head}msgstr "{words}"\n')


def test_a_right_catalogue_is_passed(tree: Path) -> None:
    """And refreshing it again changes nothing, so that a diff shows words only."""
    assert list(problems(tree)) == []
    before = {path: path.read_bytes() for path in (tree / "locales").rglob("*.po*")}
    refresh(tree)
    assert {path: path.read_bytes() for path in (tree / "locales").rglob("*.po*")} == before
    assert not any(b"Date" in content or b".py:" in content for content in before.values())


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "lacks a translation"),
        ("Ffoniwch <b>{nummer}</b> neu /start.", "other placeholders"),
        ("Ffoniwch <b>999</b> neu /start.", "other placeholders"),
        ("Ffoniwch <b>{number!r}</b> neu /start.", "broken placeholder"),
        ("Ffoniwch <b>{number</b> neu /start.", "broken placeholder"),
        ("Ffoniwch {number} neu /start.", "other markup"),
        ("Ffoniwch </b>{number}<b> neu /start.", "opens or closes markup wrongly"),
        ("Ffoniwch <b>{number}</b> neu /dechrau.", "other commands"),
    ],
)
def test_a_wrong_translation_is_named(tree: Path, words: str, complaint: str) -> None:
    """It would break a screen, or send somebody to a command that is not there."""
    _translate(_po(tree), words)
    found = list(problems(tree))
    assert any(complaint in sentence and "cy/LC_MESSAGES" in sentence for sentence in found), found


def test_a_guess_is_no_translation(tree: Path) -> None:
    """A fuzzy entry may say the opposite."""
    po = _po(tree)
    po.write_text(
        po.read_text()
        .replace('msgid "Ring', '#, fuzzy\nmsgid "Ring')
        .replace('msgid ""\n"Ring', '#, fuzzy\nmsgid ""\n"Ring')
    )
    assert [sentence for sentence in problems(tree) if "only a guess" in sentence]


def test_a_sentence_that_changed_is_noticed(tree: Path) -> None:
    """Both in the template and in the language that still translates the old words."""
    module = tree / "bot" / "hello.py"
    module.write_text(SENTENCE.replace("Ring", "Call"))
    found = " ".join(problems(tree))
    assert "sharewise.pot is not what the sources say" in found
    assert "lacks a translation" in found
    assert "translates a sentence that is no more" in found


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("from states.text import say\nsay(words)", "must be one plain string"),
        ('from states.text import say\nsay(f"Ring {number}")', "must be one plain string"),
        ('from states.text import say\nsay("Yes" if yes else "No")', "must be one plain string"),
        ('from states.text import say\nsay("Ring " + number)', "must be one plain string"),
        ('from states.text import say\nsay("Ring ")', "begins or ends with a space"),
        ('from states.text import say as _\n_("Ring")', "without another name"),
        ('from states.text import Text\nText("Ring {number}", ())', "say() would let them be translated"),
    ],
)
def test_words_that_the_extraction_cannot_see(source: str, complaint: str) -> None:
    """They would stay English in every language, and nobody would notice."""
    assert [sentence for sentence in unextractable(source, "bot/x.py") if complaint in sentence]


def test_words_that_it_can_see() -> None:
    """Pieces of one string are one string, and a template of placeholders has no words."""
    fine = (
        'from states.text import Text, say\nsay("Ring "\n    "{number}", number=999)\nText("{part_0}; {part_1}", ())\n'
    )
    assert list(unextractable(fine, "bot/x.py")) == []
    assert list(unextractable("def say(x): ...\nsay(words)", "bot/pocket/actions.py")) == []


# ---- languages


@pytest.fixture(scope="module")
def pseudo_locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """en_XA, compiled from the sources as they are now."""
    folder = tmp_path_factory.mktemp("locales")
    compile_pseudo(extracted(ROOT), folder)
    return folder


@pytest.fixture
def speaks_pseudo(pseudo_locales: Path, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """The bot as it is when en_XA is its only translation."""
    monkeypatch.setattr(i18n, "LOCALES", pseudo_locales)
    return translator(LANGUAGE)


def test_a_missing_translation_is_english(speaks_pseudo: Translator) -> None:
    """A screen with one English sentence is better than none."""
    assert speaks_pseudo(say("Danger now")) == pseudo("Danger now")
    assert speaks_pseudo(Text("A sentence that no catalogue has.")) == "A sentence that no catalogue has."
    assert translator("cy")(say("Danger now")) == "Danger now"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("en-gb", "en"),
        ("EN-XA", "en_XA"),
        ("en_xa", "en_XA"),
        ("pt-br", "pt_BR"),
        ("pt", "en"),
        ("cy", "cy"),
        ("cy-gb", "cy"),
        ("zh-hans-cn", "en"),
        ("tlh", "en"),
        ("../../etc", "en"),
        ("x" * 300, "en"),
        ("-", "en"),
        ("\u202e", "en"),
    ],
)
def test_odd_language_codes(code: str | None, language: str) -> None:
    """Telegram sends what the phone says; the nearest language is spoken, and English where there is none."""
    assert language_for(code, ("en", "en_XA", "pt_BR", "cy")) == language


def test_only_compiled_languages_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that is begun but not compiled would greet people in English."""
    for language, file in (("cy", "sharewise.mo"), ("pl", "sharewise.po"), ("ro", "other.mo")):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / language / "LC_MESSAGES" / file).write_bytes(b"")
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    assert languages() == (SOURCE_LANGUAGE, "cy")
    offered = [str(button.label) for button in pages.language_screen().buttons if button.press.verb == "language"]
    assert offered == ["English", "Cymraeg"]


# ---- the whole bot in en_XA


SCREEN = 1
"""The id of the message that shows the screen; what is shown does not depend on it."""


@dataclass
class Stroll:
    """Somebody with a phone in en_XA who taps about, and every screen that they were shown."""

    intake: Intake
    pick: Random
    chat: int
    update: int = 0
    said: list[Call] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.update += 1
        incoming = Incoming(self.chat * 10_000 + self.update, Came.TEXT, self.chat, self.update, text, language="en-xa")
        self._take(incoming)

    def tap(self, data: str) -> None:
        self.update += 1
        assert len(data.encode()) <= codes.LONGEST_BYTES
        incoming = Incoming(self.chat * 10_000 + self.update, Came.TAP, self.chat, SCREEN, data=data, language="en-xa")
        self._take(incoming)

    def _take(self, incoming: Incoming) -> None:
        at = self.intake.clock()
        said = self.intake.store.run(lambda transaction: self.intake.turn(transaction, incoming, at))
        self.said = [one.call for one in said]
        for call in self.said:
            if call.worded is not None:
                self.buttons = [data for row in call.worded.rows for _, data in row]

    def onwards(self) -> None:
        """Tap something: mostly an answer, sometimes a page beside the walk."""
        if not self.buttons:
            self.write("/start")
            return
        weights = {
            "option": 30,
            "done": 12,
            "tick": 8,
            "view": 5,
            "go_on": 30,
            "keep": 20,
            "back": 1,
            "lead": 1,
            "danger": 1,
        }
        presses = {data: codes.read(data).press.verb for data in self.buttons}
        choices = [data for data, verb in presses.items() if verb != "language"]
        self.tap(self.pick.choices(choices, [weights.get(presses[data], 2) for data in choices])[0])


def _strolls(folder: Path, walks: int, taps: int) -> Iterator[tuple[str, Call]]:
    now = [datetime(2026, 11, 22, 9, 0, tzinfo=UTC)]

    def clock() -> datetime:
        now[0] += timedelta(seconds=1)
        return now[0]

    pick = Random(1)
    store = Store.open(folder / "store.db", MasterKey(bytes(range(32))))
    intake = Intake(store, Surroundings(the_flow(), pick.randbytes), 1, clock)
    commands = list(COMMANDS)
    for chat in range(1, walks + 1):
        stroll = Stroll(intake, pick, chat)
        stroll.write("/start")
        for step in range(taps):
            if step % 12 == 11:
                word = pick.choice(
                    [f"/{pick.choice(commands)}", "hello there", "999", "My note: ring back", "/nonsense"]
                )
                stroll.write(word)
            else:
                stroll.onwards()
            for call in stroll.said:
                yield f"chat {chat}, step {step}", call
    store.close()


ALLOWED = re.compile(
    r"/[a-z][a-z_]+"  # commands
    r"|SW-[0-9A-Z]{5,8}"  # references
    r"|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+[a-z]?)+\b|\b[A-Z]\d{1,2}\b|\b(?:GR|KQ)\d\b|\bKQ-[a-z]\b"  # rule ids and outcomes
    r"|\b[a-z][a-z-]+-\d{4}-\d{2}\b"  # editions
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
    r"|</?b>|My note: ring back|hello there|English|en_XA"  # markup; the practitioner's own words; languages' own names
)


MARKUP = re.compile(r"</?b>")
LONGEST_BUTTON = 128
"""Telegram names no limit for a label; a phone shows about 40 characters of it, two fifths more than a translation."""


def bypassing(words: str) -> list[str]:
    """The English words of a text that is otherwise in en_XA."""
    return re.findall(r"[A-Za-z]{2,}|\b[B-HJ-Zb-z]\b", ALLOWED.sub("", words))


def _faults(call: Call) -> Iterator[str]:
    """What is wrong with what a chat is told or shown."""
    if call.kept:
        if found := bypassing(call.kept):
            yield f"not translated: {found} in {call.kept!r}"
        if not all(0 < len(piece) <= LONGEST_TEXT for piece in pieces(call.kept)):
            yield "a piece of a record is too long or empty"
    if call.worded is None:
        return
    labels = [label for row in call.worded.rows for label, _ in row]
    for words in [*(paragraph.text for paragraph in call.worded.paragraphs), *labels]:
        if not words.strip():
            yield f"empty, among {labels}"
        if found := bypassing(words):
            yield f"not translated: {found} in {words!r}"
    for label in labels:
        if len(label) > LONGEST_BUTTON:
            yield f"a long button: {label!r}"
    html = html_of(call.worded)
    if html.count("<b>") != html.count("</b>") or len(unescape(MARKUP.sub("", html))) > LONGEST_TEXT:
        yield f"unequal markup or too long: {html[:80]!r}"


def test_nothing_that_people_read_goes_around_the_catalogues(tmp_path: Path, speaks_pseudo: Translator) -> None:
    """Thousands of taps in en_XA through the real turns: each word is translated, each screen fits into Telegram."""
    faults: dict[str, str] = {}
    seen: set[str] = set()
    kept = 0
    for where, call in _strolls(tmp_path, walks=25, taps=48):
        assert call.language == LANGUAGE
        kept += bool(call.kept)
        seen.update(one.text for one in (call.worded.paragraphs if call.worded else ()))
        for fault in _faults(call):
            faults.setdefault(fault, where)
    assert faults == {}
    assert kept > 0
    assert len(seen) > 300
    assert all(OPENING in words for words in seen if re.search(r"[^\W\d_]", ALLOWED.sub("", words)))


def test_what_telegram_shows_of_the_bot(speaks_pseudo: Translator) -> None:
    """Menu and descriptions, two fifths longer than English, stay within Telegram's limits, which refuse them whole."""
    assert [name for name, _ in MENU if name not in COMMANDS] == []
    for _, text in MENU:
        assert 1 <= len(speaks_pseudo(text)) <= 256
        assert bypassing(speaks_pseudo(text)) == []
    assert 0 < len(speaks_pseudo(DESCRIPTION)) <= 512
    assert 0 < len(speaks_pseudo(SHORT_DESCRIPTION)) <= 120
