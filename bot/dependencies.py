"""What every channel works with: database, data/, NLU, files, clock."""

import asyncio
import contextlib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Protocol

from actions.catalogue.reference import ReferenceData, utc_now
from actions.domain.understanding import Understands
from actions.storage.engine import Sessions
from actions.storage.files import Files

Clock = Callable[[], datetime]
Ticks = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What time it is, and seconds that only count, whatever that clock is set to."""

    now: Clock = utc_now
    ticks: Ticks = time.monotonic


REAL_CLOCKS = Clocks()


class Transcriber(Protocol):
    """Whatever turns a voice into words; see `bot.transcriber`."""

    async def transcribe(self, sound: bytes) -> str:
        """The words of a voice (Opus in Ogg); none where nothing was understood in time."""
        ...


@dataclass
class Dependencies:
    """Built once by `bot.app`; tests pass their own clock, NLU and random.

    `sessions` are for turns and for what comes in and goes out; pages and jobs have those of
    `office`, so that no citizen waits for them. `ticks` are seconds that only count. `shipped`
    is what data/ says, `reference` the same with what administrators have set, up to
    `settings_version` (see `live_settings`). Messages that come within the `quiet_window` after
    each other are one turn (see `bursts`); without one each is a turn.
    """

    sessions: Sessions
    office: Sessions
    reference: ReferenceData
    nlu: Understands
    files: Files
    clock: Clock = utc_now
    random: Random = field(default_factory=SystemRandom)
    ticks: Ticks = time.monotonic
    quiet_window: timedelta = timedelta(0)
    transcriber: Transcriber | None = None
    shipped: ReferenceData = field(init=False)
    settings_version: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.shipped = self.reference


async def end(task: asyncio.Task[None] | None) -> None:
    """Cancel a task in the background, if there is one, and wait until it is over."""
    if task is not None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def no_answer(error: Exception) -> str:
    """What an operator reads whose database is not there."""
    return f"The database does not answer ({type(error).__name__}). Check DATABASE_URL."


def describe_error(error: BaseException) -> str:
    """What went wrong and where, without the message, which may quote a citizen."""
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-4:])
    return " < ".join((type(error).__name__, *reversed(list(places))))
