"""The cases behind a figure: page by page, and only those that somebody may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework import report_cases
from actions.casework.figures import Scope
from actions.casework.report_cases import LISTS, BadCursorError, Wanted
from actions.casework.staff import Role
from actions.domain.figures import FigureKind
from actions.domain.status import Status
from actions.storage.tables import Staff
from tests.support.clock import Clock
from tests.support.database import BRIBE, LAMP, Database
from tests.support.figures import EVERYTHING, NOVEMBER, count_figures, listed


@pytest.fixture
async def staff(database: Database) -> Staff:
    return await database.account("budi", Role.ADMIN)


@pytest.mark.parametrize("kind", LISTS)
async def test_every_list_walks_page_by_page_without_a_case_twice(
    kind: FigureKind, database: Database, staff: Staff, clock: Clock
) -> None:
    for n in range(7):
        case = await database.file()
        if n % 2:
            await database.move(case, Status.READY, by=staff)
        clock.move(timedelta(seconds=1))
    await count_figures(database)
    part = f"{staff.id}" if kind in report_cases.OF_STAFF else None
    for scope in (EVERYTHING, Scope("disdukcapil"), Scope("disdukcapil", "ktp_hilang")):
        whole = await listed(database, staff, kind, part, scope=scope)
        assert await listed(database, staff, kind, part, scope=scope, size=2) == whole
        assert len(set(whole)) == len(whole)


@pytest.mark.parametrize(
    "after", ["x", "~", "2026-11-27~", "2026-11-27~x", "2026-11-27T00:00:00~1", "9" * 99, "~٣"]
)
async def test_a_cursor_of_others_is_refused(after: str, database: Database, staff: Staff) -> None:
    wanted = Wanted(FigureKind.CAME, None, NOVEMBER, EVERYTHING)
    async with database.sessions() as session:
        with pytest.raises(BadCursorError):
            await report_cases.page(
                session, database.reference, staff, wanted, database.clock.now, after=after
            )


async def test_who_may_not_see_a_case_does_not_find_it_behind_a_figure(
    database: Database,
) -> None:
    lamp, ktp = await database.file("lampu_jalan", LAMP), await database.file()
    secret = await database.file("pungli", BRIBE)
    everything, own = await database.account("ani", Role.ADMIN), lamp.unit
    rina = await database.account("rina", unit=own)
    near = await database.account("near", unit=own, village="Sidomulyo")
    trusted = await database.account("trusted", Role.ADMIN, sees_secret=True)
    kind = FigureKind.CAME
    assert set(await listed(database, everything, kind)) == {lamp.code, ktp.code}
    assert set(await listed(database, trusted, kind)) == {lamp.code, ktp.code, secret.code}
    assert await listed(database, rina, kind) == [lamp.code]
    assert await listed(database, rina, kind, scope=Scope("disdukcapil")) == []
    assert await listed(database, near, kind) == []
