"""What is counted, for Prometheus. Labels are words of this program, never anything of a person, a chat or a walk.

Other code says what happened in one line, such as `metrics.turn_took(0.004)`. What stands in the store is asked for
when somebody looks, and every worker then shows the same: take the largest, not the sum.
"""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as MEDIA_TYPE

__all__ = ["MEDIA_TYPE", "REGISTRY"]

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_UPDATES = Counter(
    "sharewise_updates", "Updates, by kind and by what became of them", ["kind", "result"], registry=REGISTRY
)
_TURN = Histogram(
    "sharewise_turn_seconds",
    "From an update's coming to the commit of its turn",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
    registry=REGISTRY,
)
_SENDS = Counter("sharewise_sends", "Calls to Telegram, by method and result", ["method", "result"], registry=REGISTRY)
_STORE_FAILURES = Counter("sharewise_store_failures", "Times the store failed", ["error_class"], registry=REGISTRY)
_WEBHOOK = Counter("sharewise_webhook_requests", "Requests at the webhook, by status", ["status"], registry=REGISTRY)
_HEARD = Gauge("sharewise_telegram_heard_timestamp_seconds", "When Telegram last answered", registry=REGISTRY)
_AT_TELEGRAM = Gauge("sharewise_telegram_pending_updates", "Updates waiting at Telegram", registry=REGISTRY)
_HELD = Gauge("sharewise_held_updates", "Updates taken in and not yet dealt with", registry=REGISTRY)


def update_done(kind: str, result: str) -> None:
    """An update was dealt with."""
    _UPDATES.labels(kind, result).inc()


def turn_took(seconds: float) -> None:
    """A turn was committed, so long after its update came."""
    _TURN.observe(seconds)


def sent(method: str, result: str) -> None:
    """A call to Telegram ended."""
    _SENDS.labels(method, result).inc()


def store_failed(error: Exception) -> None:
    """The store could not do what was asked."""
    _STORE_FAILURES.labels(type(error).__name__).inc()


def webhook_answered(status: int) -> None:
    """A request at the webhook was answered."""
    _WEBHOOK.labels(str(status)).inc()


def telegram_heard() -> None:
    """Telegram answered, or brought something, just now."""
    _HEARD.set_to_current_time()


def waiting_at_telegram(count: int) -> None:
    """So many updates wait at Telegram."""
    _AT_TELEGRAM.set(count)


def holding(held: Callable[[], int]) -> None:
    """How many updates are in hand, asked whenever somebody looks."""
    _HELD.set_function(held)


def text() -> bytes:
    """Everything, as Prometheus reads it. Asks the store, so it may take a moment."""
    return generate_latest(REGISTRY)
