"""How databases read statements: none may walk through a table that grows.

SQLite explains them on an empty database: without statistics, as in every installation, so the
plans are those of a database of any size. PostgreSQL is told to walk only where it has no other
way, that rows cost much, as if there were many, and to plan for values that it does not know.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.support.databases import migrated, sqlite_url

GROWING = frozenset(
    {
        "access_log",
        "attachments",
        "case_checks",
        "case_events",
        "case_notes",
        "cases",
        "chats",
        "escalations",
        "figures",
        "inbox",
        "messages",
        "outbox",
        "promises",
        "search_terms",
        "staff_alerts",
        "survey_answers",
        "surveys",
        "talks",
        "transfers",
        "web_chats",
        "web_lines",
        "web_sessions",
    }
)
"""What grows with cases and talks; what retention keeps small does not count."""
FEW = re.compile(
    r"closed_at IS NULL|done_at IS NULL|handled_at IS NULL|answered_at IS (NOT )?NULL"
    r"|remind_at IS NOT NULL|told_at IS NULL|erase_before IS NOT NULL"
    r"|public_refused_at IS NULL"
)
"""Conditions of indexes that hold what waits or is open, and not what has been."""
ACCEPTED: tuple[tuple[str, str], ...] = (
    ("FROM inbox ORDER BY inbox.id LIMIT", "the oldest rows, some hundreds"),
    ("FROM chats WHERE chats.id != ", "how many people, after a breach"),
    ("FROM outbox ORDER BY outbox.id LIMIT", "the oldest rows, some hundreds"),
    ("FROM outbox WHERE outbox.file IS NOT NULL AND", "what is done lets its file go"),
    (
        "FROM messages WHERE messages.chat IN ($1::VARCHAR) AND messages.file IS NOT NULL",
        "lines of a chat with a file: without rows PostgreSQL takes either of two indexes",
    ),
    (
        "UPDATE web_lines SET file=$1::VARCHAR WHERE (web_lines.file LIKE",
        "lines with a file, of some hours: without rows PostgreSQL takes either of two indexes",
    ),
)
"""Parts of statements that may walk through a table, and why."""
_SOUND: defaultdict[str, set[str]] = defaultdict(set)
_READS = ("SELECT", "UPDATE", "DELETE", "WITH")
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_BROAD = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX (\w+) \((?:unit|slug)=\?\)$")
"""All of a unit or a service is much, unless it is walked along in order, up to a limit."""
_SORTS = "USE TEMP B-TREE FOR ORDER BY"
_ALIAS = re.compile(r"\b(\w+) AS (\w+)\b")
_PLANNING = (
    "SET enable_seqscan = off",
    "SET plan_cache_mode = force_generic_plan",
    "SET cpu_tuple_cost = 1000",
    "SET cpu_index_tuple_cost = 1000",
    "SET jit = off",
)


def statements(*engines: AsyncEngine) -> list[str]:
    """What is asked of engines from now on."""
    asked: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    for engine in engines:
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    return asked


async def walks(asked: Iterable[str], engine: AsyncEngine) -> str:
    """Statements that walk through a table that grows, with how; one in each line.

    What was found sound once is not explained again.
    """
    dialect = engine.dialect.name
    new = {" ".join(each.split()) for each in asked} - _SOUND[dialect]
    statements = sorted(filter(_counts, new))
    if dialect == "sqlite":
        found = await asyncio.to_thread(_on_sqlite, statements)
    else:
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        found = await _on_postgres(url, statements)
    if not found:
        _SOUND[dialect] |= new
    return "\n".join(sorted(found))


def _counts(statement: str) -> bool:
    first_ones = " WHERE " not in statement and " LIMIT " in statement
    accepted = any(part in statement for part, _ in ACCEPTED)
    return statement.startswith(_READS) and not first_ones and not accepted


@cache
def _empty() -> sqlite3.Connection:
    """A database without rows, in memory."""
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        asyncio.run(migrated(sqlite_url(path)))
        with closing(sqlite3.connect(path)) as connection:
            connection.backup(memory)
    return memory


def _on_sqlite(statements: Iterable[str]) -> list[str]:
    return list(_scans(_empty(), statements)) if statements else []


def _scans(connection: sqlite3.Connection, statements: Iterable[str]) -> Iterator[str]:
    few = _few(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''"))
    for statement in statements:
        nothing = (None,) * statement.count("?")
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", nothing).fetchall()
        aliases = {alias: table for table, alias in _ALIAS.findall(statement)}
        details = [row[-1] for row in rows]
        walked_along = " ORDER BY " in statement and " LIMIT " in statement
        in_order = walked_along and _SORTS not in details
        for detail in details:
            scan = _SCAN.match(detail) or (None if in_order else _BROAD.match(detail))
            if scan and aliases.get(scan[1], scan[1]) in GROWING and scan[2] not in few:
                yield f"{detail}: {statement}"


def _few(indexes: Iterable[Any]) -> set[str]:
    """The indexes that hold few rows, of their names and definitions."""
    return {name for name, sql in indexes if FEW.search(sql.partition(" WHERE ")[2])}


async def _on_postgres(url: str, statements: Iterable[str]) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("; ".join(_PLANNING))
        indexes = "SELECT indexname, indexdef, tablename FROM pg_indexes"
        of_table = {name: (sql, table) for name, sql, table in await connection.fetch(indexes)}
        few = _few((name, sql) for name, (sql, _) in of_table.items())
        tables = {name: table for name, (_, table) in of_table.items() if name not in few}
        return [
            f"{walk}: {statement}"
            for statement in statements
            for walk in _walked(await _plan(connection, statement), tables)
        ]
    finally:
        await connection.close()


async def _plan(connection: asyncpg.Connection[Any], statement: str) -> dict[str, Any]:
    numbers = {int(number) for number in re.findall(r"\$(\d+)", statement)}
    nothing = f"({', '.join(['NULL'] * max(numbers))})" if numbers else ""
    await connection.execute(f"PREPARE asked AS {statement}")
    explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}")
    await connection.execute("DEALLOCATE asked")
    plan: dict[str, Any] = json.loads(explained)[0]["Plan"]
    return plan


def _walked(plan: dict[str, Any], tables: dict[str, str]) -> Iterator[str]:
    """The steps of a plan that go through a whole table, or a whole index of one."""
    for below in plan.get("Plans", ()):
        yield from _walked(below, tables)
    index = plan.get("Index Name", "")
    if plan["Node Type"] == "Seq Scan":
        if plan["Relation Name"] in GROWING:
            yield f"SCAN {plan['Relation Name']}"
    elif index and "Index Cond" not in plan and tables.get(index) in GROWING:
        yield f"SCAN {tables[index]} USING INDEX {index}"
