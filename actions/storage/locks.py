"""A lock on work that only one process does at a time, until its transaction ends."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

FIGURES = 5_214_772  # any number that no other program on this database uses


async def try_lock(session: AsyncSession, number: int) -> bool:
    """Whether the work is ours to do now. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(number))))
