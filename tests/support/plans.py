"""How SQLite reads statements: those of pages and jobs may not walk through a table that grows.

They are explained on an empty database: without statistics, as in every installation, so the
plans are those of a database of any size.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

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
)
"""Conditions of indexes that hold what waits or is open, and not what has been."""
ACCEPTED: tuple[tuple[str, str], ...] = (
    ("FROM inbox ORDER BY inbox.id LIMIT", "the oldest rows, some hundreds"),
    ("FROM chats WHERE chats.id != ?) AS anon_1", "how many people, after a breach"),
    ("FROM outbox ORDER BY outbox.id LIMIT", "the oldest rows, some hundreds"),
)
"""Parts of statements that may walk through a table, and why."""
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_ALIAS = re.compile(r"\b(\w+) AS (\w+)\b")


def walks(statements: Iterable[str]) -> list[str]:
    """Statements that walk through a table that grows, with how."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        asyncio.run(migrated(sqlite_url(path)))
        with closing(sqlite3.connect(path)) as connection:
            return sorted(_walks(connection, sorted(statements)))


def _walks(connection: sqlite3.Connection, statements: Iterable[str]) -> Iterator[str]:
    few = {
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
        if FEW.search(sql.partition(" WHERE ")[2])
    }
    for statement in (" ".join(each.split()) for each in statements):
        first_ones = " WHERE " not in statement and " LIMIT " in statement
        if first_ones or any(part in statement for part, _ in ACCEPTED):
            continue
        nothing = (None,) * statement.count("?")
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", nothing).fetchall()
        aliases = {alias: table for table, alias in _ALIAS.findall(statement)}
        for *_, detail in rows:
            scan = _SCAN.match(detail)
            if scan and aliases.get(scan[1], scan[1]) in GROWING and scan[2] not in few:
                yield f"{detail}: {statement}"
