"""Which Telegram user an officer is: said once by a code that only its account is shown."""

from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import security_log
from actions.casework.messages import queue_alert
from actions.casework.security_log import Origin, SecurityKind
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.storage.tables import Staff, TelegramCode

VALID = timedelta(minutes=10)
PREFIX, LENGTH = "ptg-", 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is easily taken for something else: 49 bits, for ten minutes, used once."""


async def new_code(session: AsyncSession, staff: Staff, now: datetime) -> str:
    """A code for an account; the one before it is void, and so are all that are too old."""
    old = (TelegramCode.staff_id == staff.id) | (TelegramCode.until <= now)
    await session.execute(delete(TelegramCode).where(old))
    chance = SystemRandom()
    code = PREFIX + "".join(chance.choice(LETTERS) for _ in range(LENGTH))
    session.add(TelegramCode(code=code, staff_id=staff.id, until=now + VALID))
    return code


async def link(session: AsyncSession, code: str, user: int, now: datetime) -> Staff | None:
    """Link the account that was shown this code to a Telegram user; None for a wrong code.

    Whoever brings the code is its owner, whichever account had that Telegram before.
    """
    known = TelegramCode.code == code.lower()
    found = await session.scalar(select(TelegramCode).where(known).with_for_update())
    if found is None or found.until <= now:
        return None
    staff = await session.get(Staff, found.staff_id, with_for_update=True)
    # By the account: the stored hash is not what the column takes.
    await session.execute(delete(TelegramCode).where(TelegramCode.staff_id == found.staff_id))
    if staff is None or not staff.active:
        return None
    before = await session.scalar(
        select(Staff).where(Staff.telegram_id == user, Staff.id != staff.id).with_for_update()
    )
    if before is not None:
        before.telegram_id = None
        security_log.note(session, SecurityKind.TELEGRAM_UNLINKED, Origin(now), before.id)
        await session.flush()
    staff.telegram_id = user
    security_log.note(session, SecurityKind.TELEGRAM_LINKED, Origin(now), staff.id)
    return staff


async def unlink(
    session: AsyncSession, reference: ReferenceData, staff: Staff, origin: Origin
) -> None:
    """Take the link of an account, and tell so where it led."""
    await session.execute(delete(TelegramCode).where(TelegramCode.staff_id == staff.id))
    if staff.telegram_id is None:
        return
    text = reference.texts.html("akun.diputus", pengguna=staff.username)
    chat, reply = f"tg:{staff.telegram_id}", Reply("akun.diputus", text)
    await queue_alert(session, chat, reply, origin.at)
    staff.telegram_id = None
    security_log.note(session, SecurityKind.TELEGRAM_UNLINKED, origin, staff.id)
