"""Texts as long as Telegram lets them be that are hard to read, and how long reading one takes."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable

LONGEST = 4096
"""Telegram's longest message."""
UNITS = (
    *(" ", ".", ",", "!", "?", "'", "a", "0", "-", "/", "(", ")", "\n", "A", "_", ":", "<b>", "@"),
    *("a ", "1 ", "1.", "1,", ", ", ". ", "a.", "1/", "a1", "a,", "a-", "a'", "1-", "1 x ", "(1"),
    *("+6", " /a", "123 ", "1.000", "é", "&"),
)
"""Repeated, they make a bad pattern try all ways to divide the run. The first eighteen are single
characters, or nearly."""

Use = Callable[[str], object]


class _TooLong(Exception):  # noqa: N818  the end of a try, not a fault
    """Raised in the middle of a try that takes far too long."""


def _give_up(*_: object) -> None:
    raise _TooLong


def seconds(use: Use, text: str, times: int, most: float) -> float:
    """The least CPU time that some tries take; infinite when one takes far too long."""
    least = float("inf")
    before = signal.signal(signal.SIGPROF, _give_up)
    gc.disable()  # looking through all that other tests left is not what is measured
    try:
        for _ in range(times):
            began = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, 4 * most)
            use(text)
            least = min(least, time.process_time() - began)
    except _TooLong:
        pass
    finally:
        gc.enable()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return least
