"""A large demo: what was invented once is copied inside the database, under new numbers.

To invent a million cases takes an hour. So beyond `INVENTED` people and what they wrote come
again, each time as another chat with codes of its own; only their words still name the first one.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.domain.codes import new_code
from actions.storage.base import Key
from actions.storage.tables import (
    AccessLog,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Chat,
    Escalation,
    Figure,
    Message,
    Promise,
    SearchTerm,
    Survey,
    SurveyAnswer,
    Talk,
)
from bot.demo.people import PREFIX
from bot.demo.scribe import TABLES

INVENTED = 20_000
MARK = "-"
"""Between the chat that was invented and the number of the copy."""
NUMBERED: tuple[type[Base], ...] = (Case, Escalation, Survey)
"""Tables whose ids we give ourselves, because other rows point to them."""
_WRITTEN: tuple[type[Base], ...] = (
    AccessLog,
    Attachment,
    CaseEvent,
    Chat,
    Message,
    Promise,
    SearchTerm,
    SurveyAnswer,
    Talk,
)
_COPIED = {TABLES[each] for some in (NUMBERED, _WRITTEN) for each in some}
_CHATS, _CASES = TABLES[Chat], TABLES[Case]
_POINTERS: Mapping[str, type[Base]] = {
    "case_id": Case,
    "parent_id": Case,
    "escalation_id": Escalation,
    "survey_id": Survey,
}
_CODES = Table(
    "demo_codes",
    MetaData(),
    Column("case_id", Key, primary_key=True),
    Column("code", String(20)),
    prefixes=["TEMPORARY"],
)


def how_often(total: int) -> int:
    """How many times everything must be there to make so many cases."""
    return -(-total // INVENTED)


@dataclass
class Copies:
    """Copies a demo whose ids begin behind `firsts`; `codes` is the chance of codes."""

    engine: AsyncEngine
    prefix: str
    codes: Random
    firsts: Mapping[type[Base], int]
    lasts: Mapping[type[Base], int]

    async def write(self, times: int) -> AsyncIterator[int]:
        """Write all but the first of so many, and count each; the indexes come back at the end."""
        tables = [table for table in Base.metadata.sorted_tables if table in _COPIED]
        async with self.engine.begin() as connection:
            last = await connection.run_sync(_last_ids, tables)
            await connection.run_sync(_drop_indexes, tables)
        for number in range(1, times):
            async with self.engine.begin() as connection:
                await connection.run_sync(self._copy, tables, last, number)
            yield number
        for table in tables:
            async with self.engine.begin() as connection:
                await connection.run_sync(_make_indexes, table)
        async with self.engine.begin() as connection:
            await connection.execute(update(Figure).values(count=Figure.count * times))
            await connection.run_sync(_take_statistics)

    def _copy(
        self,
        connection: Connection,
        tables: Sequence[Table],
        last: Mapping[Table, int],
        number: int,
    ) -> None:
        _CODES.create(connection)
        coded = _CASES.c.code.is_not(None) & (_CASES.c.id <= self.lasts[Case])
        rows = [
            {"case_id": case_id, "code": new_code(self.prefix, self.codes)}
            for case_id in connection.scalars(
                select(_CASES.c.id).where(coded).order_by(_CASES.c.id)
            )
        ]
        connection.execute(insert(_CODES), rows)
        for table in tables:
            columns = self._columns(table, number)
            found = self._rows(table, last, columns)
            connection.execute(insert(table).from_select(list(columns), found))
        _CODES.drop(connection)

    def _columns(self, table: Table, number: int) -> dict[str, Any]:
        """What a copied row holds, by column; ids that nothing points to are given anew."""
        mine = next((each for each in NUMBERED if TABLES[each] is table), None)
        columns: dict[str, Any] = {}
        for column in table.columns:
            target = _POINTERS.get(column.name, mine if column.name == "id" else None)
            if target is not None:
                length = self.lasts[target] - self.firsts[target]
                columns[column.name] = column + number * length
            elif column.name == "chat" or column is _CHATS.c.id:
                columns[column.name] = column + f"{MARK}{number}"
            elif column is _CASES.c.code:
                columns[column.name] = _CODES.c.code
            elif column.name != "id":
                columns[column.name] = column
        return columns

    def _rows(
        self, table: Table, last: Mapping[Table, int], columns: Mapping[str, Any]
    ) -> Select[Any]:
        """The rows that were invented, not those of before and not their copies."""
        found = select(*columns.values()).select_from(table)
        if table is _CASES:
            found = found.outerjoin(_CODES, _CODES.c.case_id == table.c.id)
        if table is _CHATS:
            return found.where(*_invented(table.c.id))
        if "chat" in table.c:
            chat = table.c.chat
            found = found.where(or_(chat.is_(None), and_(*_invented(chat))))
        for name, target in _POINTERS.items():
            if name in table.c:
                ours = table.c[name].between(self.firsts[target] + 1, self.lasts[target])
                found = found.where(or_(table.c[name].is_(None), ours))
        return found.where(table.c.id <= last[table]) if "id" in table.c else found


def _invented(chat: Any) -> Sequence[ColumnElement[bool]]:
    """Chats that were invented: their ids are numbers."""
    return chat.startswith(f"{PREFIX}0"), ~chat.contains(MARK)


def _last_ids(connection: Connection, tables: Sequence[Table]) -> dict[Table, int]:
    numbered = [table for table in tables if "id" in table.c and table is not _CHATS]
    return {table: connection.scalar(select(func.max(table.c.id))) or 0 for table in numbered}


def _drop_indexes(connection: Connection, tables: Sequence[Table]) -> None:
    """To sort all rows once is much quicker than to find the place of each."""
    for table in tables:
        for index in table.indexes:
            index.drop(connection)


def _make_indexes(connection: Connection, table: Table) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA cache_size=-131072"))  # KB, to sort in memory
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        index.create(connection)


def _take_statistics(connection: Connection) -> None:
    """What PostgreSQL would do by itself, some minutes later."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))
