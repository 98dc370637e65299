"""Settings: every one has a default, a bad one is refused in one sentence, and the page that lists them is true."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

import bot.settings as settings_module
from bot.settings import ALLOWED, PREFIX, LogLevel, Settings, SettingsError, load_settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
KEY = "0123456789abcdef" * 4
TOKEN = "1234567:made-up_Token"
WEBHOOK_SECRET = "Zq3-made_up_Bh7-canary-0123456789"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's own settings: an empty folder, no variables, no secrets."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(settings_module, "SECRETS_FOLDER", tmp_path / "secrets")
    monkeypatch.chdir(tmp_path)


def test_it_starts_without_any_setting() -> None:
    settings = load_settings()
    assert settings.telegram_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.store_key is None
    assert (settings.webhook_url, settings.probes_port, settings.heartbeat_url) == (None, None, None)
    assert settings.http_host == "127.0.0.1", "nothing is open to others unless somebody asked for it"
    assert settings.pocket_port == 8090
    assert settings.log_level is LogLevel.INFO
    assert settings.store_path == settings.store_location == Path("data/sharewise.db")
    assert settings.key_path == Path("data/sharewise.key")
    assert settings.pocket_path == Path("data/pocket.db")


def test_every_setting_can_be_given_as_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:8090/",
        "DATA_DIR": "/srv/sharewise",
        "STORE_KEY": KEY,
        "DATABASE_URL": "postgresql+psycopg://name:word@host/base",
        "WEBHOOK_URL": "https://Bot.example.org/telegram",
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "WEBHOOK_PORT": "9001",
        "PROBES_PORT": "9002",
        "HTTP_HOST": "192.0.2.7",
        "HEARTBEAT_URL": "https://watch.example.org/ping/abc?every=60",
        "POCKET_PORT": "9000",
        "LOG_LEVEL": "Warning",
    }
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)
    settings = load_settings()
    assert settings.telegram_token == SecretStr(TOKEN)
    assert settings.telegram_api_url == "http://127.0.0.1:8090"
    assert settings.store_path == Path("/srv/sharewise/sharewise.db")
    assert settings.store_key == SecretStr(KEY)
    assert settings.store_location == "postgresql+psycopg://name:word@host/base"
    assert settings.webhook_url == "https://Bot.example.org/telegram"
    assert settings.webhook_secret == SecretStr(WEBHOOK_SECRET)
    assert (settings.http_host, settings.webhook_port, settings.probes_port) == ("192.0.2.7", 9001, 9002)
    assert settings.heartbeat_url == SecretStr("https://watch.example.org/ping/abc?every=60")
    assert settings.pocket_port == 9000
    assert settings.log_level is LogLevel.WARNING
    assert {name.lower() for name in given} == set(Settings.model_fields), "a setting is not tried here"


def test_a_file_called_dot_env_is_read_and_a_variable_wins_over_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SHAREWISE_POCKET_PORT=9001\nSHAREWISE_LOG_LEVEL=error\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("SHAREWISE_POCKET_PORT", "9002")
    settings = load_settings()
    assert (settings.pocket_port, settings.log_level) == (9002, LogLevel.ERROR)


def test_a_folder_at_home_is_found_from_dot_env_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".env").write_text("SHAREWISE_DATA_DIR=~/kept\n", encoding="utf-8")
    assert load_settings().store_path == tmp_path / "kept" / "sharewise.db"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    default = getattr(load_settings(), name)
    monkeypatch.setenv(PREFIX + name.upper(), "")
    assert getattr(load_settings(), name) == default


TOKEN_FORM = "the token that BotFather gave you: digits, a colon, then letters and digits"
DATABASE_FORM = "an address such as postgresql+psycopg://name:password@host/database"
URL_FORM = "an address that begins with http:// or https://, such as https://api.telegram.org"


WEBHOOK_FORM = "an address that begins with https:// and may have a path, such as https://example.org/telegram"
SECRET_FORM = (
    "32 to 256 characters made at random, each A-Z, a-z, 0-9, _ or -. It is needed where SHAREWISE_WEBHOOK_URL is set"
)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("WEBHOOK_URL", "http://example.org/4711", WEBHOOK_FORM),
        ("WEBHOOK_URL", "https://name:4711@example.org/", WEBHOOK_FORM),
        ("WEBHOOK_URL", "https://example.org/?4711", WEBHOOK_FORM),
        ("WEBHOOK_SECRET", WEBHOOK_SECRET[:31], SECRET_FORM),
        ("WEBHOOK_SECRET", WEBHOOK_SECRET + "!", SECRET_FORM),
        ("WEBHOOK_SECRET", "secret" * 8, SECRET_FORM),
        ("WEBHOOK_SECRET", "x" * 257, SECRET_FORM),
        ("WEBHOOK_PORT", "0", "a whole number from 1 to 65535"),
        ("PROBES_PORT", "65536", "a whole number from 1 to 65535"),
        ("HTTP_HOST", "not here", "an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them"),
        ("HEARTBEAT_URL", "file:///4711", "an address that begins with http:// or https://"),
        ("TELEGRAM_TOKEN", "not-a-token-4711", TOKEN_FORM),
        ("TELEGRAM_API_URL", "ftp://4711", URL_FORM),
        ("STORE_KEY", KEY[:-1] + "x", "64 characters, each 0-9 or a-f"),
        ("DATABASE_URL", "mysql://4711/base", DATABASE_FORM),
        ("POCKET_PORT", "65536", "a whole number from 1 to 65535"),
        ("POCKET_PORT", "0", "a whole number from 1 to 65535"),
        ("POCKET_PORT", "many", "a whole number from 1 to 65535"),
        ("LOG_LEVEL", "loud", "debug, info, warning or error"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == (
        f"The setting SHAREWISE_{name} cannot be used. Allowed: {allowed}. Correct it and start again."
    )
    assert caught.value.__cause__ is None, "the cause would carry the value into a log"


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody could then make up answers in anybody's name."""
    monkeypatch.setenv("SHAREWISE_WEBHOOK_URL", "https://example.org/telegram")
    with pytest.raises(SettingsError, match="SHAREWISE_WEBHOOK_SECRET cannot be used"):
        load_settings()


def test_a_webhook_on_this_machine_needs_no_https(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pocket Telegram has no certificate."""
    monkeypatch.setenv("SHAREWISE_WEBHOOK_URL", "http://127.0.0.1:8080/telegram")
    monkeypatch.setenv("SHAREWISE_WEBHOOK_SECRET", WEBHOOK_SECRET)
    assert load_settings().webhook_url == "http://127.0.0.1:8080/telegram"


def test_a_containers_secrets_are_read_and_a_variable_wins_over_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "sharewise_store_key").write_text(f"{KEY}\n")
    (tmp_path / "secrets" / "sharewise_pocket_port").write_text("9001\n")
    monkeypatch.setenv("SHAREWISE_POCKET_PORT", "9002")
    settings = load_settings()
    assert (settings.store_key, settings.pocket_port) == (SecretStr(KEY), 9002)


def test_a_secret_that_cannot_be_read_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container it is easily another account's file: that ends the same way as a file that is no text."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "sharewise_store_key").write_bytes(b"\xff4711")
    with pytest.raises(SettingsError, match="A secret in the folder") as caught:
        load_settings()
    assert "4711" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_secrets_do_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAREWISE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("SHAREWISE_STORE_KEY", KEY)
    monkeypatch.setenv("SHAREWISE_DATABASE_URL", "postgresql://name:canary@host/base")
    monkeypatch.setenv("SHAREWISE_WEBHOOK_SECRET", WEBHOOK_SECRET)
    monkeypatch.setenv("SHAREWISE_HEARTBEAT_URL", "https://watch.example.org/canary")
    shown = repr(load_settings())
    assert "canary" not in shown
    assert TOKEN not in shown
    assert KEY not in shown


def test_the_page_lists_every_setting_with_its_default_and_meaning_and_no_other() -> None:
    rows = re.findall(r"^\| `(SHAREWISE_\w+)` \| (.+?) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    written = {name: (default, meaning) for name, default, meaning in rows}
    assert len(rows) == len(written), "a setting is listed twice"
    in_code = {
        PREFIX + name.upper(): ("not set" if field.default is None else f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    }
    assert written == in_code


def test_every_setting_has_words_for_its_refusal() -> None:
    assert set(ALLOWED) == set(Settings.model_fields)
