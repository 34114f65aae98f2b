"""A small demo, made once a test run and copied, and its rows without what chance may change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from actions.catalogue.reference import ReferenceData, read_reference
from actions.storage.engine import make_engine
from actions.storage.login_tables import StaffSession
from actions.storage.tables import Base, SealingKey, Staff
from actions.storage.vault import Vault
from bot.demo.fill import Plan, accounts, fill
from bot.demo.words import read_words
from tests.support.clock import FRIDAY_MORNING
from tests.support.databases import SECRET

CASES = 120
DATA = Path(__file__).parents[2] / "data"
PASSWORD = "sandi demo yang panjang"
Rows = dict[str, list[dict[str, Any]]]


@cache
def reference() -> ReferenceData:
    """The shipped data, read once a process."""
    return read_reference(DATA)


async def make(
    url: str,
    files: Path,
    *,
    cases: int = CASES,
    seed: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Fill a database as the command does, on a Friday morning."""
    words = read_words(DATA / "demo")
    people = [replace(one, password=PASSWORD) for one in accounts(reference(), words)]
    plan = Plan(people, cases, seed, FRIDAY_MORNING)
    engine = make_engine(url, Vault(SECRET))
    try:
        await fill(engine, reference(), words, plan, files=files, progress=progress)
    finally:
        await engine.dispose()


def made(url: str, files: Path, **how: Any) -> Rows:
    """Fill a database and read it back."""
    asyncio.run(make(url, files, **how))
    return asyncio.run(rows_of(url))


async def rows_of(url: str) -> Rows:
    """All rows by table, in order, without what each start makes anew: passwords, keys."""
    engine = make_engine(url, Vault(SECRET))
    found: Rows = {}
    async with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in {each.__tablename__ for each in (Staff, StaffSession, SealingKey)}:
                continue
            ordered = select(table).order_by(*table.primary_key.columns)
            found[table.name] = [
                dict(row) for row in (await connection.execute(ordered)).mappings()
            ]
    await engine.dispose()
    return found
