"""Everything about a case in the order of time: what was written, noted and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import notes, transcript
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, CaseNote, Message, Staff

Item = Message | CaseNote | CaseEvent
SHOWN = 150
_ORDER = (CaseEvent, Message, CaseNote)
"""What comes first of what happened in the same moment: a move, then what is said of it."""


class BadPlaceError(ValueError):
    """An address names no place in a thread."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a line stands: when, of what kind, and which of these."""

    at: datetime
    kind: int
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.id}"


def read_place(text: str) -> Place:
    """A place as an address has it; raises BadPlaceError."""
    at, *numbers = text.split("~")
    try:
        kind, number = (int(one) for one in numbers)
        place = Place(datetime.fromisoformat(at), kind, number)
    except ValueError as error:
        raise BadPlaceError(text) from error
    if place.at.tzinfo is None:
        raise BadPlaceError(text)
    return place


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, with an id that no other has."""

    key: str
    at: datetime
    item: Item


@dataclass(frozen=True, slots=True)
class Thread:
    """Some lines, oldest first; `first` is where they begin if there are earlier ones."""

    entries: list[Entry]
    first: Place | None = None


async def of_case(
    session: AsyncSession,
    staff: Staff,
    case: Case,
    events: Sequence[CaseEvent],
    now: datetime,
    *,
    before: Place | None = None,
) -> Thread:
    """The newest lines of a case, all or those before a place."""
    until = before.at if before else now
    messages = await transcript.of_case(session, staff, case, now, until=until, most=SHOWN + 1)
    lines: list[Item] = [
        *(event for event in events if event.kind != EventKind.NOTED),
        *messages,
        *await notes.of_case(session, case),
    ]
    sorted_lines = sorted((_place(line), line) for line in lines)
    found = [line for place, line in sorted_lines if before is None or place < before]
    shown = found[-SHOWN:]
    return Thread(
        [_entry(line) for line in shown], _place(shown[0]) if len(found) > SHOWN else None
    )


def _place(line: Item) -> Place:
    return Place(line.at, _ORDER.index(type(line)), line.id)


def _entry(line: Item) -> Entry:
    return Entry(f"{type(line).__tablename__}-{line.id}", line.at, line)
