"""What may be set from outside: environment variables that begin with SHAREWISE_, the same lines in a file .env, or a
container's secrets.

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
from pydantic_settings import SettingsError as UnreadableError

from states.text import Text, say

PREFIX = "SHAREWISE_"
DEFAULT_API_URL = "https://api.telegram.org"

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
_HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")
_DATABASE_URL = re.compile(r"postgresql(\+psycopg)?://\S+")
_API_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[^\s?#]*)?")
_WEBHOOK_URL = re.compile(
    r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?"
)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}")
_HEARTBEAT_URL = re.compile(r"https?://[^\s#@]+")

FEWEST_DIFFERENT = 8
"""Different characters in a webhook secret; one made at random has more."""
SECRETS_FOLDER = Path("/run/secrets")
"""Where containers find their secrets, one file a setting (https://docs.docker.com/compose/how-tos/use-secrets/)."""


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_FORMS = {
    "telegram_token": _TOKEN,
    "store_key": _HEX_KEY,
    "database_url": _DATABASE_URL,
    "webhook_url": _WEBHOOK_URL,
    "webhook_secret": _WEBHOOK_SECRET,
    "http_host": _HOST,
    "heartbeat_url": _HEARTBEAT_URL,
}

_PORT = say("a whole number from 1 to 65535")

ALLOWED: dict[str, Text] = {
    "telegram_token": say("the token that BotFather gave you: digits, a colon, then letters and digits"),
    "telegram_api_url": say("an address that begins with http:// or https://, such as https://api.telegram.org"),
    "data_dir": say("the path of a folder"),
    "store_key": say("64 characters, each 0-9 or a-f"),
    "database_url": say("an address such as postgresql+psycopg://name:password@host/database"),
    "webhook_url": say(
        "an address that begins with https:// and may have a path, such as https://example.org/telegram"
    ),
    "webhook_secret": say(
        "32 to 256 characters made at random, each A-Z, a-z, 0-9, _ or -. It is needed where {name} is set",
        name=f"{PREFIX}WEBHOOK_URL",
    ),
    "webhook_port": _PORT,
    "probes_port": _PORT,
    "http_host": say("an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them"),
    "heartbeat_url": say("an address that begins with http:// or https://"),
    "pocket_port": _PORT,
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
    webhook_url: str | None = Field(
        default=None,
        description="Where Telegram brings the updates. Without one, the bot fetches them itself.",
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        validate_default=True,
        description="What Telegram must show with each update it brings. Needed with a webhook.",
    )
    webhook_port: int = Field(
        default=8080, ge=1, le=65535, description="The port on which the bot takes in what Telegram brings."
    )
    probes_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="The port of `/healthz`, `/readyz` and `/metrics`. Without one, there are none.",
    )
    http_host: str = Field(default="127.0.0.1", description="The address at which both these ports are opened.")
    heartbeat_url: SecretStr | None = Field(
        default=None, description="An address that the bot asks for every minute while all is well."
    )
    pocket_port: int = Field(
        default=8090, ge=1, le=65535, description="The port of the pocket Telegram and its page of phones."
    )
    log_level: LogLevel = Field(default=LogLevel.INFO, description="How much is logged: debug, info, warning or error.")

    @field_validator(*_FORMS, mode="before")
    @classmethod
    def _check_form(cls, value: Any, info: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        return _matches(_FORMS[info.field_name], text.strip()) if isinstance(text, str) else value

    @field_validator("webhook_secret")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr | None, info: Any) -> SecretStr | None:
        weak = value is not None and len(set(value.get_secret_value())) < FEWEST_DIFFERENT
        if weak or (value is None and info.data.get("webhook_url") is not None):
            raise PydanticCustomError("secret", "absent or weak")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _check_url(cls, value: str) -> str:
        return _matches(_API_URL, value.strip()).rstrip("/")

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
    secrets: dict[str, Any] = {"_secrets_dir": SECRETS_FOLDER} if SECRETS_FOLDER.is_dir() else {}
    try:
        return Settings(**secrets)
    except ValidationError as error:
        name = str(error.errors(include_input=False, include_context=False)[0]["loc"][0])
        raise SettingsError(refusal(name)) from None  # the cause would carry the value
    except UnreadableError:
        raise SettingsError(
            say(
                "A secret in the folder {path} cannot be read. It must be UTF-8 text that the account which Sharewise "
                "runs as may read. Correct it and start again.",
                path=str(SECRETS_FOLDER),
            )
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(say("The file .env is not UTF-8 text. Save it as UTF-8 and start again.")) from None


def refusal(name: str) -> Text:
    """The sentence about a setting that cannot be used. `name` is the field's name, without the prefix."""
    return say(
        "The setting {name} cannot be used. Allowed: {allowed}. Correct it and start again.",
        name=PREFIX + name.upper(),
        allowed=ALLOWED[name],
    )
