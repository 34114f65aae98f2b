"""The security log: what happened with accounts, for the administrator to read.

Every change to an account writes its line in the same transaction. Passwords, codes and what
somebody typed for a name are never in it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.batches import delete_some
from actions.storage.login_tables import SecurityEvent
from actions.storage.tables import Staff

log = logging.getLogger(__name__)
PAGE = 50


class SecurityKind(StrEnum):
    """What happened."""

    LOGIN = "masuk"
    WRONG_PASSWORD = "sandi_salah"  # noqa: S105  the name of an event
    CODE_AWAITED = "menunggu_kode"
    WRONG_CODE = "kode_salah"
    RECOVERY_USED = "cadangan_dipakai"
    SLOWED = "diperlambat"
    LOGOUT = "keluar"
    SESSIONS_ENDED = "sesi_diakhiri"
    ACCOUNT_MADE = "akun_dibuat"
    ACCOUNT_CLOSED = "akun_ditutup"
    ACCOUNT_OPENED = "akun_dibuka"
    ROLE = "peran_diubah"
    SECRET_GIVEN = "hak_rahasia_diberi"  # noqa: S105  the name of an event
    SECRET_TAKEN = "hak_rahasia_dicabut"  # noqa: S105
    PASSWORD = "sandi_diganti"  # noqa: S105
    FACTOR_SET = "verifikasi_dipasang"
    FACTOR_REMOVED = "verifikasi_dihapus"
    RECOVERY_MADE = "cadangan_dibuat"
    DENIED = "ditolak"
    TELEGRAM_LINKED = "telegram_dihubungkan"
    AWAY = "tidak_masuk"
    TELEGRAM_UNLINKED = "telegram_diputus"


@dataclass(frozen=True, slots=True)
class Origin:
    """When something is done, from which address, and by which account of the console.

    On the command line there is neither an address nor an account.
    """

    at: datetime
    address: str | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to see: everything, unless narrowed."""

    account: int | None = None
    kind: SecurityKind | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read: `account` and `by` are user names."""

    at: datetime
    kind: str
    account: str | None
    by: str | None
    address: str | None


def note(
    session: AsyncSession, kind: SecurityKind, origin: Origin, staff_id: int | None = None
) -> None:
    """Write a line about an account, or about a name that nobody has."""
    other = origin.by if origin.by != staff_id else None
    session.add(
        SecurityEvent(
            at=origin.at, kind=kind, staff_id=staff_id, by_id=other, address=origin.address
        )
    )
    log.info("security event", extra={"event": str(kind), "account": staff_id, "by": other})


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.account is not None:
        narrowed.append(SecurityEvent.staff_id == wanted.account)
    if wanted.kind is not None:
        narrowed.append(SecurityEvent.kind == wanted.kind)
    return narrowed


async def how_many(session: AsyncSession, wanted: Wanted) -> int:
    """How many lines there are."""
    counted = select(func.count(SecurityEvent.id)).where(*_narrowed(wanted))
    return (await session.scalars(counted)).one()


async def lines(session: AsyncSession, wanted: Wanted, *, page: int) -> Sequence[Line]:
    """One page of the log, newest first; pages are counted from 1."""
    found = await session.scalars(
        select(SecurityEvent)
        .where(*_narrowed(wanted))
        .order_by(SecurityEvent.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    accounts = await session.execute(select(Staff.id, Staff.username))
    names = {number: username for number, username in accounts}  # noqa: C416  rows are no pairs
    return [
        Line(
            event.at,
            event.kind,
            names.get(event.staff_id or 0),
            names.get(event.by_id or 0),
            event.address,
        )
        for event in found
    ]


async def prune(session: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Forget old lines; returns how many."""
    return await delete_some(session, SecurityEvent, SecurityEvent.at < now - kept)
