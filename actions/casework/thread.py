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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, with an id that no other has."""

    key: str
    at: datetime
    item: Item


async def of_case(
    session: AsyncSession, staff: Staff, case: Case, events: Sequence[CaseEvent], now: datetime
) -> list[Entry]:
    """The newest lines of a case, oldest first."""
    lines: list[Item] = [
        *(event for event in events if event.kind != EventKind.NOTED),
        *await transcript.of_case(session, staff, case, now),
        *await notes.of_case(session, case),
    ]
    lines.sort(key=lambda line: (line.at, _ORDER.index(type(line)), line.id))
    return [_entry(line) for line in lines[-SHOWN:]]


def _entry(line: Item) -> Entry:
    return Entry(f"{type(line).__tablename__}-{line.id}", line.at, line)
