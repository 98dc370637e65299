"""The log: ids and error classes, never texts, tokens or names."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED_KEYS = frozenset(
    {"event", "level", "timestamp", "update_id", "error_class", "count", "address", "version", "seconds"}
)
"""What may be logged. A list of what is allowed, because a list of what is forbidden is never complete."""

NOISY = ("httpx", "httpcore", "telegram", "hpack", "asyncio", "sqlalchemy", "alembic", "uvicorn")
"""Loggers that would print the token (httpx logs every address, and Telegram's carry it), people's words
(python-telegram-bot logs updates), the store's rows (SQLAlchemy) or the addresses of whoever asks (uvicorn)."""


def quiet_loggers() -> None:
    """Let those loggers speak of nothing, however much is logged; our own log says what went wrong, by error class."""
    for name in NOISY:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
        logger.propagate = False
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())


def only_allowed(logger: Any, name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list."""
    return {key: value for key, value in entry.items() if key in ALLOWED_KEYS}


def start_logging(level: str) -> None:
    """Log to standard error in one line an event; other people's loggers are quiet."""
    quiet_loggers()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
