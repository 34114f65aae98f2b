"""How SQLite reads each statement that tests have sent: none may walk through a table that grows.

Statements are collected while all tests run, and explained at the end on an empty database:
without statistics, as in every installation, so the plans are those of a database of any size.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event

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
        "claim_codes",
        "escalations",
        "figures",
        "inbox",
        "learning_samples",
        "messages",
        "outbox",
        "privacy_requests",
        "promises",
        "search_terms",
        "security_events",
        "staff_alerts",
        "survey_answers",
        "surveys",
        "talks",
        "transfers",
    }
)
FEW = re.compile(
    r"closed_at IS NULL|done_at IS NULL|handled_at IS NULL|answered_at IS (NOT )?NULL"
    r"|remind_at IS NOT NULL|read_at IS NULL"
)
"""Conditions of indexes that hold what waits or is open, and not what has been."""
ACCEPTED: tuple[tuple[str, str], ...] = ()
"""Parts of statements that may walk through a table, and why."""
_KINDS = ("SELECT", "UPDATE", "DELETE", "WITH", "INSERT")
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_ALIAS = re.compile(r"\b(\w+) AS (\w+)\b")
_LISTS = re.compile(r"\(\?(?:, \?)+\)")


class Statements:
    """What was sent to SQLite in this process."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def collect(self) -> None:
        """Listen to every engine."""
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if connection.dialect.name == "sqlite" and statement.lstrip().startswith(_KINDS):
            self.seen.add(_LISTS.sub("(?, ?)", statement))


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
    for statement in statements:
        if any(part in statement for part, _ in ACCEPTED):
            continue
        try:
            rows = connection.execute(
                f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")
            ).fetchall()
        except sqlite3.Error:
            continue  # about tables that only a test has, or had
        aliases = {alias: table for table, alias in _ALIAS.findall(statement)}
        for *_, detail in rows:
            scan = _SCAN.match(detail)
            if scan and aliases.get(scan[1], scan[1]) in GROWING and scan[2] not in few:
                yield f"{detail}: {' '.join(statement.split())}"
