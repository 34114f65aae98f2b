"""Who works on a case: taking it, letting go of it, handing it to a colleague, one or many."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import queues, rights
from actions.casework.absence import is_away
from actions.casework.case_events import write
from actions.domain.status import is_open, status_of
from actions.domain.work import EventKind
from actions.storage.tables import Case, Staff


class Refusal(StrEnum):
    """Why somebody does not get a case."""

    UNKNOWN = "tidak_ada"
    OWNED = "milik_lain"
    OVER = "sudah_selesai"
    NOT_THEIRS = "bukan_unitnya"
    NOT_YOURS = "bukan_milik"
    AWAY = "tidak_masuk"


class CannotHaveError(Exception):
    """Somebody does not get a case; `owner_id` is who has it."""

    def __init__(self, why: Refusal, owner_id: int | None = None) -> None:
        """Keep what the page says."""
        super().__init__(why)
        self.why, self.owner_id = why, owner_id


@dataclass(slots=True)
class Outcome:
    """What became of many cases: their ids, and of the others why not and who has them."""

    done: list[int] = field(default_factory=list)
    refused: dict[int, CannotHaveError] = field(default_factory=dict)


async def take(session: AsyncSession, case: Case, staff: Staff, now: datetime) -> None:
    """Give an officer a case that nobody has; of several at once one gets it.

    Raises CannotHaveError, which says who has it.
    """
    await queues.hold(session, case)
    if case.owner_id == staff.id:
        return
    if case.owner_id is not None:
        raise CannotHaveError(Refusal.OWNED, case.owner_id)
    _refuse_closed(case)
    _give(session, case, staff.id, EventKind.TAKEN, by=staff, now=now)


async def let_go(
    session: AsyncSession, case: Case, staff: Staff, now: datetime, *, note: str = ""
) -> None:
    """Put a case back for everybody; only who has it may, or a supervisor."""
    await queues.hold(session, case)
    if case.owner_id is None:
        return
    if case.owner_id != staff.id and not queues.is_supervisor(staff):
        raise CannotHaveError(Refusal.NOT_YOURS, case.owner_id)
    _give(session, case, None, EventKind.LET_GO, by=staff, now=now, note=note)


async def pass_on(
    session: AsyncSession,
    case: Case,
    to: Staff,
    *,
    by: Staff,
    now: datetime,
    note: str = "",
    seen_version: int | None = None,
) -> None:
    """Hand a case to somebody who may work on it; raises CannotHaveError or OutdatedError."""
    await queues.hold(session, case, seen_version)
    _refuse_closed(case)
    if not to.active or not await queues.works_on(session, to, case):
        raise CannotHaveError(Refusal.NOT_THEIRS)
    if is_away(to, now):
        raise CannotHaveError(Refusal.AWAY)
    if case.owner_id != to.id:
        _give(session, case, to.id, EventKind.PASSED_ON, by=by, now=now, note=note)


async def take_all(
    session: AsyncSession, ids: Sequence[int], staff: Staff, now: datetime
) -> Outcome:
    """Take the cases of a list that nobody has."""

    async def one(case: Case) -> None:
        await take(session, case, staff, now)

    return await _each(session, ids, staff, one)


async def pass_on_all(
    session: AsyncSession,
    ids: Sequence[int],
    to: Staff,
    *,
    by: Staff,
    now: datetime,
    note: str = "",
) -> Outcome:
    """Hand the cases of a list to a colleague."""

    async def one(case: Case) -> None:
        await pass_on(session, case, to, by=by, now=now, note=note)

    return await _each(session, ids, by, one)


async def peers(session: AsyncSession, staff: Staff) -> Sequence[Staff]:
    """The active accounts that share an officer's work, by name; for who sees all units, all."""
    unit = rights.unit_of(staff)
    near = true() if unit is None else or_(Staff.unit == unit, Staff.unit.is_(None))
    active = select(Staff).where(Staff.active.is_(True), near)
    return (await session.scalars(active.order_by(Staff.name, Staff.id))).all()


async def colleagues(session: AsyncSession, case: Case) -> list[Staff]:
    """Who may be handed a case, by name."""
    near = or_(Staff.unit == case.unit, Staff.unit.is_(None))
    active = select(Staff).where(Staff.active.is_(True), near).order_by(Staff.name, Staff.id)
    found = (await session.scalars(active)).all()
    if not found:
        return []
    may = [exists(select(Case.id).where(Case.id == case.id, rights.visible(one))) for one in found]
    answers = (await session.execute(select(*may))).one()
    return [one for one, yes in zip(found, answers, strict=True) if yes]


async def _each(
    session: AsyncSession,
    ids: Sequence[int],
    staff: Staff,
    act: Callable[[Case], Awaitable[None]],
) -> Outcome:
    """Act on each case; chats are locked in one order, so that two lists never wait crosswise."""
    outcome = Outcome()
    wanted = set(ids)
    mine = select(Case).where(Case.id.in_(wanted), rights.visible(staff))
    found = (await session.scalars(mine.order_by(Case.chat, Case.id))).all()
    for case_id in wanted - {case.id for case in found}:
        outcome.refused[case_id] = CannotHaveError(Refusal.UNKNOWN)
    for case in found:
        try:
            await act(case)
        except CannotHaveError as error:
            outcome.refused[case.id] = error
        else:
            outcome.done.append(case.id)
    return outcome


def _refuse_closed(case: Case) -> None:
    if not is_open(status_of(case.status)):
        raise CannotHaveError(Refusal.OVER)


def _give(
    session: AsyncSession,
    case: Case,
    owner_id: int | None,
    kind: EventKind,
    *,
    by: Staff,
    now: datetime,
    note: str = "",
) -> None:
    write(session, case, kind, by=by, now=now, reason=note, dari=case.owner_id, petugas=owner_id)
    case.owner_id, case.updated_at = owner_id, now
