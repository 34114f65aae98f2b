"""How much one chat may do in a time, and when it may go on. Pure counting, kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SEVERAL = 5
Counts = Mapping[str, Any]


class Braked(StrEnum):
    """What is counted."""

    MESSAGES = "pesan"
    FILES = "berkas"
    DRAFTS = "formulir"
    GUESSES = "kode"


SPANS = {
    Braked.MESSAGES: MINUTE,
    Braked.FILES: HOUR,
    Braked.DRAFTS: DAY,
    Braked.GUESSES: HOUR,
}


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """How much of each one chat may do in its span."""

    messages: int = 40
    files: int = 30
    drafts: int = 20
    guesses: int = 10

    def of(self, what: Braked) -> int:
        """The limit on one thing."""
        limits = {
            Braked.MESSAGES: self.messages,
            Braked.FILES: self.files,
            Braked.DRAFTS: self.drafts,
            Braked.GUESSES: self.guesses,
        }
        return limits[what]


USUAL_LIMITS = ChatLimits()


@dataclass(frozen=True, slots=True)
class Brake:
    """Nothing more until a full minute; `first` when it has just begun."""

    until: datetime
    first: bool


def count(
    counts: Counts, what: Braked, limit: int, at: datetime
) -> tuple[dict[str, Any], Brake | None]:
    """Count one more; returns the new counts, and the brake when it was too much.

    A span begins with what is counted first. One that lies a span or more away, on either side,
    is over: it may have been begun by a wrong clock.
    """
    since, number, until = _stored(counts.get(what, {}), at)
    span = SPANS[what]
    if until is not None and at < until <= at + span + MINUTE:
        return dict(counts), Brake(until, first=False)
    if until is not None or abs(at - since) >= span:
        since, number = at, 0
    number += 1
    brake = Brake(_full_minute(since + span), first=True) if number > limit else None
    entry = {"sejak": since.isoformat(), "jumlah": number}
    if brake is not None:
        entry["sampai"] = brake.until.isoformat()
    return {**counts, what: entry}, brake


def is_rushing(counts: Counts, what: Braked, at: datetime) -> bool:
    """Whether so much was counted that nobody does it by hand: several, more than one a second."""
    since, number, _ = _stored(counts.get(what, {}), at)
    return number >= SEVERAL and number > (at - since).total_seconds()


def _stored(entry: Counts, at: datetime) -> tuple[datetime, int, datetime | None]:
    since, until = entry.get("sejak"), entry.get("sampai")
    return (
        datetime.fromisoformat(since) if since else at,
        entry.get("jumlah", 0),
        datetime.fromisoformat(until) if until else None,
    )


def _full_minute(moment: datetime) -> datetime:
    """The minute that begins then or next: what people are told is what holds."""
    begun = moment.replace(second=0, microsecond=0)
    return begun if begun == moment else begun + MINUTE
