"""Everything that speaks to Telegram. python-telegram-bot is imported here and nowhere else."""

import os

# python-telegram-bot then gives periods as timedelta and does not warn about the older form.
os.environ.setdefault("PTB_TIMEDELTA", "1")
