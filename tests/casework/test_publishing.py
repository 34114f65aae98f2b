"""A report is secret until its citizen and an officer let anybody see it, and either ends that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import publishing
from actions.casework.erasure import erase_chat
from actions.casework.publishing import NotAllowedError, Shown
from actions.domain.status import Status
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, Staff
from tests.support.database import BRIBE, LAMP, Database

AT_MARKET: dict[str, Any] = {
    **LAMP,
    "lokasi": {"teks": "dpn ps wonorejo, rmh pak Udin", "desa": "Wonorejo", "patokan": "Pasar"},
}


async def _allowed(database: Database, answers: dict[str, Any] = AT_MARKET, **more: Any) -> Case:
    case = await database.file("lampu_jalan", answers, **more)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        publishing.allow(session, database.reference, row, database.clock.now)
    return await database.fresh(case)


async def _officer(database: Database) -> Staff:
    return await database.account("rina")


async def _shown(database: Database, case: Case, by: Staff) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        publishing.show(session, database.reference, row, by=by, now=database.clock.now)


async def _listed(
    database: Database,
    village: str = "",
    before: tuple[datetime, int] | None = None,
    size: int = 20,
) -> list[int]:
    async with database.sessions() as session:
        return [case.id for case in await publishing.page(session, village, before, size)]


async def test_it_takes_two_and_either_ends_it(database: Database) -> None:
    rina, case = await _officer(database), await _allowed(database)
    assert await _listed(database) == [], "nobody has confirmed it"
    await _shown(database, case, rina)
    assert await _listed(database) == [case.id]
    assert publishing.shown(await database.fresh(case)) == Shown(
        "lampu_jalan", "Wonorejo", "Pasar", Status.RECEIVED
    )

    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        publishing.hide(session, database.reference, row, by=rina, now=database.clock.now)
    assert await _listed(database) == []
    await _shown(database, case, rina)
    async with database.sessions.begin() as session:
        publishing.forbid(session, await session.get_one(Case, case.id), database.clock.now)
    assert await _listed(database) == []
    with pytest.raises(NotAllowedError):
        await _shown(database, case, rina)

    async with database.sessions() as session:
        events = select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        kinds = [kind for kind in await session.scalars(events) if kind != EventKind.MOVED]
    assert kinds == [
        EventKind.PUBLIC_ALLOWED,
        EventKind.PUBLISHED,
        EventKind.UNPUBLISHED,
        EventKind.PUBLISHED,
        EventKind.PUBLIC_FORBIDDEN,
    ]
    told = [key for key in await database.told() if key.startswith("umumkan.")]
    assert told == ["umumkan.tampil", "umumkan.turun", "umumkan.tampil"]


async def test_nothing_is_offered_where_nobody_can_look_at_the_list(database: Database) -> None:
    case = await database.file("lampu_jalan", AT_MARKET)
    closed = replace(database.reference, public_list=False)

    assert publishing.may_ever(database.reference, case)
    assert not publishing.may_ever(closed, case)


async def test_no_officer_shows_what_its_citizen_did_not_allow(database: Database) -> None:
    rina, case = await _officer(database), await database.file("lampu_jalan", AT_MARKET)
    with pytest.raises(NotAllowedError):
        await _shown(database, case, rina)


@pytest.mark.parametrize(
    "guarded", [{"secret": True}, {"anonymous": True}, {"discreet": True}, {"reported": "|pu|"}]
)
async def test_what_is_secret_nameless_afraid_or_accuses_is_never_shown(
    database: Database, guarded: dict[str, Any]
) -> None:
    rina, case = await _officer(database), await _allowed(database)
    await _shown(database, case, rina)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        for name, value in guarded.items():
            setattr(row, name, value)
        assert not publishing.may_ever(database.reference, row)
    if "reported" not in guarded:
        assert await _listed(database) == [], "what became so later is gone at once"


async def test_kinds_that_are_secret_or_name_no_village_cannot_be_allowed(
    database: Database,
) -> None:
    for slug, answers in (("pungli", BRIBE), ("lampu_jalan", {**LAMP, "lokasi": None})):
        case = await database.file(slug, answers)
        assert not publishing.may_ever(database.reference, case)


async def test_what_is_withdrawn_or_erased_is_gone(database: Database) -> None:
    rina = await _officer(database)
    withdrawn, erased = await _allowed(database), await _allowed(database, chat="tg:2")
    for case in (withdrawn, erased):
        await _shown(database, case, rina)
    await database.move(withdrawn, Status.VERIFIED)
    await database.move(withdrawn, Status.NOT_OURS, reason="provinsi")
    assert await _listed(database) == [erased.id]
    async with database.sessions.begin() as session:
        await erase_chat(session, "tg:2", database.clock.now)
    assert await _listed(database) == []


async def test_pages_follow_each_other_and_a_village_is_by_itself(database: Database) -> None:
    rina, filed = await _officer(database), []
    for number in range(5):
        place = {"teks": "x", "desa": "Mekarsari" if number % 2 else "Wonorejo"}
        case = await _allowed(database, {**LAMP, "lokasi": place}, chat=f"tg:{number + 10}")
        await _shown(database, case, rina)
        filed.append(case.id)
        database.clock.move(timedelta(seconds=number % 2))
    newest_first = filed[::-1]
    assert await _listed(database) == newest_first
    assert await _listed(database, "Mekarsari") == [filed[3], filed[1]]

    last = await database.fresh(await _allowed(database, AT_MARKET))
    walked: list[int] = []
    before = None
    while found := await _listed(database, "", before, 2):
        walked += found
        async with database.sessions() as session:
            last = await session.get_one(Case, found[-1])
        assert last.public_at is not None
        before = (last.public_at, last.id)
    assert walked == newest_first
