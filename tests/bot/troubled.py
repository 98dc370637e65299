"""`python -m tests.bot.troubled DISK`: the real bot over a disk that fails when told to (`tests.store.faulty_disk`),
and quicker to try again, so that a test need not wait as long as people would."""

from __future__ import annotations

import sys

from bot.run import serve
from bot.settings import load_settings
from bot.store import Store
from bot.store.reopening import ReopeningStore
from bot.telegram import polling_lease, receiving
from tests.bot.process import end_with_the_tests
from tests.store.faulty_disk import submit


def main(disk: str) -> int:
    end_with_the_tests()
    (Store.open.__kwdefaults__ or {})["busy_seconds"] = 0.3
    (ReopeningStore.__init__.__kwdefaults__ or {})["retry_seconds"] = 0.1
    receiving.PAUSE_SECONDS = receiving.LONGEST_PAUSE = 0.1
    polling_lease.HELD_SECONDS, polling_lease.RENEW_SECONDS, polling_lease.LOOK_SECONDS = 1.0, 0.2, 0.1
    if disk:
        submit(disk)
    return serve(load_settings())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
