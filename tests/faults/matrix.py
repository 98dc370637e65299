"""Every fault at every call: the conversation ends with the right screen, nothing is lost, and nothing comes twice
unless the fault hid from the bot that it had come."""

from __future__ import annotations

from bot.pocket import faults as telegrams
from tests.faults import chat_faults, start_faults
from tests.faults import network as networks
from tests.faults.chat_faults import in_chats
from tests.faults.start_faults import at_start, skewed
from tests.faults.talk import Cell
from tests.faults.world import Servers

KINDS: tuple[str, ...] = (*telegrams.KINDS, *networks.KINDS)
SIDE_BY_SIDE = 6
"""Bots that are struck at their start at the same time; most of that time they wait."""


def whole(servers: Servers) -> list[Cell]:
    """Every kind at every call."""
    cells = [(kind, site) for kind in KINDS for site in chat_faults.SITES]
    one = servers.some(1)[0]
    return [*in_chats(one, cells), *at_start(servers.some(SIDE_BY_SIDE), KINDS), *skewed(one)]


def sample(servers: Servers) -> list[Cell]:
    """Every kind at one call in a chat and every such call with some of them, but no outages; one kind at the start."""
    kinds = [kind for kind in KINDS if kind not in networks.OUTAGES]
    cells = [(kind, chat_faults.SITES[number % len(chat_faults.SITES)]) for number, kind in enumerate(kinds)]
    return [*in_chats(servers.some(1)[0], cells), *at_start(servers.some(2), ["bad gateway"])]


def size() -> int:
    """How many cells the whole has."""
    return len(KINDS) * (len(chat_faults.SITES) + len(start_faults.SITES))
