"""What is counted, for Prometheus. Labels are words of this program, never anything of a person, a chat or a walk.

Other code says what happened in one line, such as `metrics.turn_took(0.004)`. What stands in the store is asked for
when somebody looks, and every worker then shows the same: take the largest, not the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as MEDIA_TYPE
from prometheus_client.registry import Collector

__all__ = ["MEDIA_TYPE", "REGISTRY"]


@dataclass(frozen=True)
class Standing:
    """What waits in the store: how many of each lane and the age of the oldest in seconds, what must happen later, and
    for how many seconds the first of it is overdue."""

    outbox: Mapping[str, tuple[int, float]]
    due: int
    overdue: float


class _InStore(Collector):
    ask: Callable[[], Standing] | None = None

    def collect(self) -> Iterator[Metric]:
        try:
            found = self.ask() if self.ask is not None else None
        except Exception:  # the rest must be seen all the same, most of all then
            return
        if found is None:
            return
        waiting = GaugeMetricFamily("sharewise_outbox_waiting", "Calls to Telegram that wait, by lane", labels=["lane"])
        oldest = GaugeMetricFamily("sharewise_outbox_oldest_seconds", "How long the oldest waits", labels=["lane"])
        for lane, (count, age) in found.outbox.items():
            waiting.add_metric([lane], count)
            oldest.add_metric([lane], age)
        yield waiting
        yield oldest
        yield GaugeMetricFamily("sharewise_due_waiting", "Rows of what must happen later", value=found.due)
        yield GaugeMetricFamily("sharewise_due_overdue_seconds", "How long the first is overdue", value=found.overdue)

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked when it is registered."""
        return iter(())


REGISTRY = CollectorRegistry()
_IN_STORE = _InStore()
REGISTRY.register(_IN_STORE)
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


def standing(ask: Callable[[], Standing]) -> None:
    """What waits in the store, asked whenever somebody looks. Where the store does not answer, it is left out."""
    _IN_STORE.ask = ask


def text() -> bytes:
    """Everything, as Prometheus reads it. Asks the store, so it may take a moment."""
    return generate_latest(REGISTRY)
