"""What a transaction says: letters for the outbox and lines of chats, written when it commits.

One statement writes all letters and one all lines; row by row, with the unit of work between
every two questions, they were a tenth of a turn. Whoever asks for letters or lines in the same
transaction finds all of them: what is unwritten is written first.
"""

from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, event, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from actions.storage.tables import Message, Outbox

_UNWRITTEN = "unwritten"
_LETTERS, _LINES = cast(Table, Outbox.__table__), cast(Table, Message.__table__)
_WRITE_LETTERS = insert(_LETTERS).returning(_LETTERS.c.id)
_WRITE_LINES = insert(_LINES)
_MAPPERS = frozenset({Outbox.__mapper__, Message.__mapper__})


@dataclass(slots=True, eq=False)
class Letter:
    """A row of the outbox; its `id` is known once it is written.

    `line` is a line of before as which it goes out once more.
    """

    values: dict[str, Any]
    id: int | None = None
    line: Message | None = None


@dataclass(slots=True, eq=False)
class _Line:
    values: dict[str, Any]
    sent_as: Letter | None


@dataclass(slots=True)
class _Unwritten:
    letters: list[Letter] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.letters or self.lines)


def add_letter(session: AsyncSession, letter: Letter) -> None:
    """Send this when the transaction commits."""
    _of(session.sync_session).letters.append(letter)


def add_line(session: AsyncSession, values: dict[str, Any], sent_as: Letter | None) -> None:
    """Keep a line of a chat, and the letter as which it leaves."""
    _of(session.sync_session).lines.append(_Line(values, sent_as))


async def write(session: AsyncSession) -> None:
    """Write now what was added so far."""
    await session.run_sync(_write)


def _of(session: Session) -> _Unwritten:
    if not session.in_transaction():
        session.begin()  # as adding an object does: a rollback must find a transaction
    found: _Unwritten = session.info.setdefault(_UNWRITTEN, _Unwritten())
    return found


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    if not session.info.get(_UNWRITTEN):
        return
    unwritten: _Unwritten = session.info.pop(_UNWRITTEN)
    connection = session.connection()
    if unwritten.letters:
        values = [letter.values for letter in unwritten.letters]
        numbers = connection.scalars(_WRITE_LETTERS, values if len(values) > 1 else values[0])
        # Numbers are given in the order of the values, and come back in any.
        for letter, number in zip(unwritten.letters, sorted(numbers), strict=True):
            letter.id = number
            if letter.line is not None:
                letter.line.outbox_id = number
    if unwritten.lines:
        connection.execute(_WRITE_LINES, [_row(line) for line in unwritten.lines])


def _row(line: _Line) -> dict[str, Any]:
    return {**line.values, "outbox_id": line.sent_as and line.sent_as.id}


@event.listens_for(Session, "do_orm_execute")
def _write_first(state: ORMExecuteState) -> None:
    """As the session itself writes what is new before it is asked."""
    if state.bind_mapper in _MAPPERS:
        _write(state.session)


@event.listens_for(Session, "after_transaction_create")
def _at_savepoint(session: Session, transaction: SessionTransaction) -> None:
    """What was added before a savepoint must not be lost with it."""
    if transaction.nested and session.info.get(_UNWRITTEN):
        raise RuntimeError("write what is unwritten before a savepoint")


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _: SessionTransaction) -> None:
    session.info.pop(_UNWRITTEN, None)
