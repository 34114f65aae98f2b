"""Ends this process with the one that started it, however that one ends.

The parent holds the other end of our standard input. The kernel closes it when the parent dies,
also of SIGKILL, on Linux and on macOS.
"""

import os
from threading import Thread

STANDARD_INPUT = 0
OPTION = "--end-with-parent"
ENDED_WITH_PARENT = 3


def end_with_parent() -> None:
    """End at once when standard input ends; what is written until then is left half done."""
    Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(STANDARD_INPUT, 1024):
        pass
    os._exit(ENDED_WITH_PARENT)
