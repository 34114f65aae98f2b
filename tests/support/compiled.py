"""One cache of compiled statements for the engines of all tests, which are thousands.

A statement is compiled once for each engine, and every test has one of its own: that took two
fifths of the processor time of conversations that start a bot for each step. What is compiled is
the same for engines of the same driver with the same secret, so these count as one here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

from actions.storage.types import VAULT
from actions.storage.vault import Vault

CAPACITY = 4000


def share() -> None:
    """Let all engines for SQLite made from now on share what they compile."""
    cache: LRUCache[Any, Any] = LRUCache(CAPACITY)
    made = Engine.__init__

    def make(engine: Engine, *args: Any, **options: Any) -> None:
        made(engine, *args, **options)
        if isinstance(engine.dialect, SQLiteDialect_aiosqlite):
            engine._compiled_cache = cache

    Engine.__init__ = make  # type: ignore[method-assign]
    SQLiteDialect_aiosqlite.__eq__ = _is_same  # type: ignore[assignment, method-assign]
    SQLiteDialect_aiosqlite.__hash__ = _hash  # type: ignore[assignment, method-assign]


def _marks(dialect: Any) -> tuple[object, ...]:
    vault = getattr(dialect, VAULT, None)
    seals_alike = vault.ids if type(vault) is Vault else id(vault)
    return type(dialect), dialect.statement_compiler, seals_alike


def _is_same(one: Any, other: object) -> bool:
    return isinstance(other, SQLiteDialect_aiosqlite) and _marks(one) == _marks(other)


def _hash(dialect: Any) -> int:
    return hash(type(dialect))
