"""How updates reach the bot: long polling or a webhook."""

import ipaddress
import re
import time
from typing import Any
from urllib.parse import urlsplit

from bot.pocket import limits
from bot.pocket.call import Call
from bot.pocket.refusals import bad_request, conflict
from bot.pocket.things import Json


def _remember_allowed_updates(call: Call) -> None:
    """Telegram keeps the list between calls; an empty list means its default."""
    allowed: Any = call.value("allowed_updates", "allowed_updates") if call.text("allowed_updates") else None
    if isinstance(allowed, list) and allowed != call.world.settings.allowed_updates:
        call.world.settings.allowed_updates = [str(kind) for kind in allowed]
        call.world.keep_settings()


async def get_updates(call: Call) -> list[Json]:
    """getUpdates: `offset` confirms everything below it; waits up to `timeout` seconds for something to come."""
    world = call.world
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed_updates(call)
    offset = call.integer("offset")
    waiting = [update.update_id for update in world.pending()]
    # A negative offset keeps the newest ones only.
    confirmed = waiting[:offset] if offset < 0 else [number for number in waiting if number < offset]
    for number in confirmed:
        world.forget_update(number)
    world.commit()
    limit = call.integer("limit", limits.UPDATES_AT_ONCE)
    limit = min(max(limit, 1), limits.UPDATES_AT_ONCE)
    timeout = min(max(call.integer("timeout"), 0), limits.LONG_POLL_SECONDS)
    await call.delivery.wait_for_updates(timeout)
    call.delivery.polled_at = time.monotonic()
    return [update.body for update in world.pending()][:limit]


def set_webhook(call: Call) -> bool:
    """setWebhook. Only addresses on this machine: no message leaves it."""
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    _check_address(url)
    secret = call.text("secret_token")
    if len(secret) > limits.SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed_updates(call)
    _drop_pending(call)
    webhook = call.world.webhook
    webhook.url = url
    webhook.secret_token = secret
    webhook.max_connections = min(max(call.integer("max_connections", limits.WEBHOOK_CONNECTIONS), 1), 100)
    webhook.last_error_at, webhook.last_error = 0, ""
    call.world.keep_webhook()
    call.delivery.stop_poller(conflict("terminated by setWebhook request"))
    call.delivery.start()
    return True


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("invalid webhook URL specified")
    # Telegram itself insists on https and a public address; a pocket can only ever reach this machine.
    try:
        near = ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = host == "localhost"
    if not near:
        raise bad_request("bad webhook: the pocket Telegram delivers only to an address on this machine")


def _drop_pending(call: Call) -> None:
    if call.truth("drop_pending_updates"):
        for update in call.world.pending():
            call.world.forget_update(update.update_id)


def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    _drop_pending(call)
    call.world.webhook.url = ""
    call.world.webhook.secret_token = ""
    call.world.keep_webhook()
    call.delivery.stop()
    return True


def get_webhook_info(call: Call) -> Json:
    """getWebhookInfo, with the pending count and the last error."""
    world = call.world
    info: Json = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(list(world.pending())),
    }
    if world.webhook.url:
        info["max_connections"] = world.webhook.max_connections
        info["ip_address"] = "127.0.0.1"
    if world.webhook.last_error_at:
        info["last_error_date"] = int(world.webhook.last_error_at)
        info["last_error_message"] = world.webhook.last_error
    if world.settings.allowed_updates:
        info["allowed_updates"] = world.settings.allowed_updates
    return info
