"""Ends this process with the one that started it, however that one ends.

The parent holds the other end of our standard input. The kernel closes it when the parent dies,
also of SIGKILL, on Linux and on macOS. Workers of a parent's own have no such pipe; they look who
their parent is.
"""

import os
import time
from threading import Thread

STANDARD_INPUT = 0
OPTION = "--end-with-parent"
ENDED_WITH_PARENT = 3
LOOK_EVERY = 0.5


def end_with_parent() -> None:
    """End at once when standard input ends; what is written until then is left half done."""
    Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(STANDARD_INPUT, 1024):
        pass
    os._exit(ENDED_WITH_PARENT)


def end_without(parent: int) -> None:
    """End soon after `parent` is no longer ours: whoever is left by its parent gets another."""
    Thread(target=_wait_for_another_parent, args=(parent,), name="parent", daemon=True).start()


def _wait_for_another_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(ENDED_WITH_PARENT)
