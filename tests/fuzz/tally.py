"""What a run of tries came to: how many, what nobody handled, what took long, memory."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from tests.bench.usage import memory

LONGEST = 1.0
"""Seconds of CPU that nothing may take."""


@dataclass
class Tally:
    """`seed` and the number of a round repeat it: rounds do not depend on each other."""

    seed: str
    wanted: int
    tries: int = 0
    round: int = 0
    unhandled: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    worst: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether there were enough tries."""
        return self.tries >= self.wanted

    @contextmanager
    def one(self, what: str) -> Iterator[None]:
        """One try; what it raises is noted, and what it takes of the processor."""
        self.tries += 1
        began = time.process_time()
        try:
            yield
        except Exception as error:
            self.fault(what, f"{type(error).__name__} {_place(error)}")
        self.took(what, time.process_time() - began)

    def took(self, what: str, seconds: float) -> None:
        """Note how long a try kept the processor."""
        self.worst = max(self.worst, seconds)
        if seconds > LONGEST:
            self.slow.append(f"{self._where} {what}: {seconds:.1f} s")

    def fault(self, what: str, why: str) -> None:
        """Note what nobody handled."""
        self.unhandled.append(f"{self._where} {what}: {why}")

    @property
    def _where(self) -> str:
        return f"--seed {self.seed} --round {self.round}"

    def weigh(self) -> None:
        """Note the memory of this process."""
        gc.collect()
        self.memory.append(memory([os.getpid()]))


def _place(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


HALTED = ("the database is slow, claims are given back",)
"""What the log says when a round took over four seconds: nothing is sent, and tried again."""


class Watch(logging.Handler):
    """Collects what the code logs as an error, and what it says of it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, but for what is said of a machine that halts, and is handled."""
        if record.getMessage() in HALTED:
            return
        why = getattr(record, "failure", None) or (record.exc_info or ("", ""))[1]
        self._seen.append(f"{record.getMessage()}: {why or record.levelname}")

    def take(self) -> list[str]:
        """What came since the last time."""
        seen, self._seen = self._seen, []
        return seen


@contextmanager
def watching() -> Iterator[Watch]:
    """Look at the log, and at nothing else of it, for a while."""
    root, watch = logging.getLogger(), Watch()
    handlers, level, root.handlers = root.handlers, root.level, [watch]
    root.setLevel(logging.WARNING)
    try:
        yield watch
    finally:
        root.handlers = handlers
        root.setLevel(level)


class Fuzzer:
    """One kind of input, tried in rounds that depend on nothing but their chance."""

    def __init__(self, folder: Path, watch: Watch) -> None:
        self._folder, self._watch = folder, watch

    async def __aenter__(self) -> Self:
        """Make what all rounds begin with."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close what was opened."""

    async def round(self, random: Random, tally: Tally) -> None:
        """Do some tries, and note what came of them."""
        raise NotImplementedError
