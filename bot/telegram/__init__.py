"""Telegram: what comes in, what goes out, and how it stays safe in between."""

import os

# The library's own way to get `retry_after` as a timedelta, without a warning each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")
