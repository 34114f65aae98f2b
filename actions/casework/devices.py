"""Browsers in which an account has logged in before: strangers' failures do not slow them."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.staff_sessions import digest
from actions.storage.login_tables import StaffDevice

KEPT = timedelta(days=90)
"""Since the last login there."""


async def find(session: AsyncSession, staff_id: int, token: str, now: datetime) -> str | None:
    """What a browser's cookie stands for, if this account has logged in with it."""
    return await session.scalar(
        select(StaffDevice.token_hash)
        .where(StaffDevice.token_hash == digest(token), StaffDevice.staff_id == staff_id)
        .where(StaffDevice.seen_at > now - KEPT)
    )


async def remember(session: AsyncSession, staff_id: int, old: str | None, now: datetime) -> str:
    """Know this browser from now on; the cookie's token is seen only here. `old` is replaced."""
    stale = (StaffDevice.token_hash == old) | (StaffDevice.seen_at < now - KEPT)
    await session.execute(delete(StaffDevice).where(stale))
    token = secrets.token_urlsafe(32)
    session.add(StaffDevice(token_hash=digest(token), staff_id=staff_id, seen_at=now))
    return token
