"""Loggers that would print the token or people's words, made quiet.

httpx logs every address at INFO, and Telegram's addresses carry the token; python-telegram-bot logs updates at DEBUG.
"""

from __future__ import annotations

import logging
import warnings

NOISY = ("httpx", "httpcore", "telegram", "telegram.ext", "hpack", "asyncio")


def quiet_loggers() -> None:
    """Let those loggers speak of nothing below CRITICAL; our own log says what went wrong, by error class."""
    for name in NOISY:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
        logger.propagate = False
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
    # Updates are asked for raw on purpose (see bot.telegram.polling).
    warnings.filterwarnings("ignore", message=r"Please use 'Bot\.getUpdates'")
