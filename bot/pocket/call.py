"""One call of the bot: its parameters, read as leniently as Telegram reads them."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.pocket.refusals import bad_request

if TYPE_CHECKING:
    from bot.pocket.delivery import Delivery
    from bot.pocket.world import World


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass
class Call:
    """A method, its parameters and its files, with what it may act on."""

    world: "World"
    delivery: "Delivery"
    method: str
    parameters: dict[str, Any]
    files: dict[str, Upload]
    message_id: int | None = None
    """The message the call made or changed, for the outbox."""

    def text(self, name: str, otherwise: str = "") -> str:
        """A parameter as a string."""
        value = self.parameters.get(name)
        return otherwise if value is None else str(value)

    def integer(self, name: str, otherwise: int = 0) -> int:
        """A parameter as a number; what is no number counts as not given, as in Telegram."""
        try:
            return int(self.parameters.get(name, otherwise))
        except (TypeError, ValueError):
            return otherwise

    def truth(self, name: str) -> bool:
        """A parameter as yes or no."""
        return str(self.parameters.get(name, "")).lower() in ("true", "yes", "1")

    def value(self, name: str, what: str) -> Any:
        """A parameter that is JSON, also as a form field. RefusalError names `what` it should have been."""
        value = self.parameters.get(name)
        if not isinstance(value, str) or value == "":
            return value if value != "" else None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
