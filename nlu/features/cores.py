"""How work on many sentences is shared out."""

import os
from collections.abc import Iterator

from joblib import cpu_count, parallel_config

from nlu.parent import end_without

WORKERS = min(4, cpu_count())


def mortal_workers() -> parallel_config:
    """A context whose workers end with this process, also where it is killed."""
    return parallel_config("loky", initializer=end_without, initargs=(os.getpid(),))


def stretches(count: int, length: int) -> Iterator[slice]:
    """Cut so many things into stretches of this length; the last may be shorter."""
    for start in range(0, count, length):
        yield slice(start, start + length)
