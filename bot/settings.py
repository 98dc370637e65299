"""What may be set from outside: environment variables that begin with SHAREWISE_, or the same lines in a file .env.

docs/settings.md lists them; a test compares the two.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from states.text import Text, say

PREFIX = "SHAREWISE_"
DEFAULT_API_URL = "https://api.telegram.org"

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
_HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")
_DATABASE_URL = re.compile(r"postgresql(\+psycopg)?://\S+")
_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[^\s?#]*)?")


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


ALLOWED: dict[str, Text] = {
    "telegram_token": say("the token that BotFather gave you: digits, a colon, then letters and digits"),
    "telegram_api_url": say("an address that begins with http:// or https://, such as https://api.telegram.org"),
    "data_dir": say("the path of a folder"),
    "store_key": say("64 characters, each 0-9 or a-f"),
    "database_url": say("an address such as postgresql+psycopg://name:password@host/database"),
    "pocket_port": say("a whole number from 1 to 65535"),
    "log_level": say("debug, info, warning or error"),
}
"""What each setting may be, in the words of the sentence that refuses anything else."""


class SettingsError(Exception):
    """A setting cannot be used. `sentence` names it and says what is allowed; it never shows the value."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def _matches(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise PydanticCustomError("form", "not in the form that is allowed")
    return value


class Settings(BaseSettings):
    """Every setting with its default. An empty value counts as not set. Read them with `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: SecretStr | None = Field(
        default=None,
        description="The bot's token from BotFather. Without one, the pocket Telegram on this machine is used.",
    )
    telegram_api_url: str = Field(default=DEFAULT_API_URL, description="Where the Telegram Bot API is.")
    data_dir: Path = Field(
        default=Path("data"), description="The folder for the store, its key file and the pocket Telegram's state."
    )
    store_key: SecretStr | None = Field(
        default=None,
        description="The store's key, 64 characters 0-9 a-f. Without one, a key file is made in the data folder.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="A PostgreSQL database for the store. Without one, the store is a file in the data folder.",
    )
    pocket_port: int = Field(
        default=8090, ge=1, le=65535, description="The port of the pocket Telegram and its page of phones."
    )
    log_level: LogLevel = Field(default=LogLevel.INFO, description="How much is logged: debug, info, warning or error.")

    @field_validator("telegram_token", "store_key", "database_url", mode="before")
    @classmethod
    def _check_secret(cls, value: Any, info: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not isinstance(text, str):
            return value
        forms = {"telegram_token": _TOKEN, "store_key": _HEX_KEY, "database_url": _DATABASE_URL}
        return _matches(forms[info.field_name], text.strip())

    @field_validator("telegram_api_url")
    @classmethod
    def _check_url(cls, value: str) -> str:
        return _matches(_URL, value.strip()).rstrip("/")

    @field_validator("data_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()  # a shell does this for variables, nobody does it for .env

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else value

    @property
    def store_path(self) -> Path:
        """The embedded store's encrypted file."""
        return self.data_dir / "sharewise.db"

    @property
    def store_location(self) -> Path | str:
        """Where the store is: the database's address if there is one, else the embedded store's file."""
        return self.store_path if self.database_url is None else self.database_url.get_secret_value()

    @property
    def key_path(self) -> Path:
        """The key file, used where no key is set."""
        return self.data_dir / "sharewise.key"

    @property
    def alive_path(self) -> Path:
        """The file that is touched whenever Telegram answers (see bot/health.py)."""
        return self.data_dir / "alive"

    @property
    def pocket_path(self) -> Path:
        """The state of the pocket Telegram."""
        return self.data_dir / "pocket.db"


def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError for the first one that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        name = str(error.errors(include_input=False, include_context=False)[0]["loc"][0])
        raise SettingsError(refusal(name)) from None  # the cause would carry the value
    except UnicodeDecodeError:
        raise SettingsError(say("The file .env is not UTF-8 text. Save it as UTF-8 and start again.")) from None


def refusal(name: str) -> Text:
    """The sentence about a setting that cannot be used. `name` is the field's name, without the prefix."""
    return say(
        "The setting {name} cannot be used. Allowed: {allowed}. Correct it and start again.",
        name=PREFIX + name.upper(),
        allowed=ALLOWED[name],
    )
