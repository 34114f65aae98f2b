"""How work on many sentences is shared out."""

from collections.abc import Iterator

from joblib import cpu_count

WORKERS = min(4, cpu_count())


def stretches(count: int, length: int) -> Iterator[slice]:
    """Cut so many things into stretches of this length; the last may be shorter."""
    for start in range(0, count, length):
        yield slice(start, start + length)
