"""Who works on a case: one at a time, also when five reach for it at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.casework import ownership
from actions.casework.ownership import CannotHaveError, Outcome, Refusal
from actions.casework.queues import OutdatedError
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import EventKind
from actions.storage.tables import Case, Staff
from tests.support.database import BRIBE, CHAT, LAMP, OTHER_CHAT, Database


async def take(database: Database, case: Case, staff: Staff) -> CannotHaveError | None:
    try:
        async with database.sessions.begin() as session:
            mine = await session.get_one(Case, case.id)
            await ownership.take(session, mine, staff, database.clock.now)
    except CannotHaveError as error:
        return error
    return None


async def pass_on(
    database: Database, case: Case, to: Staff, by: Staff, *, seen: int | None = None
) -> None:
    async with database.sessions.begin() as session:
        await ownership.pass_on(
            session,
            await session.get_one(Case, case.id),
            to,
            by=by,
            now=database.clock.now,
            note="tolong lanjutkan, saya cuti",
            seen_version=seen,
        )


async def let_go(database: Database, case: Case, staff: Staff) -> None:
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, case.id)
        await ownership.let_go(session, mine, staff, database.clock.now, note="salah ambil")


async def kinds(database: Database, case: Case) -> list[str]:
    return [event.kind for event in await database.history(case)][1:]


async def test_of_five_who_take_at_once_one_gets_it_and_the_others_are_told_who(
    database: Database,
) -> None:
    officers = [await database.account(name) for name in ("ani", "budi", "cici", "dedi", "euis")]
    case = await database.file()
    errors = await asyncio.gather(*(take(database, case, one) for one in officers))

    owner_id = (await database.fresh(case)).owner_id
    won = [one.id for one, error in zip(officers, errors, strict=True) if error is None]
    assert won == [owner_id]
    assert {(e.why, e.owner_id) for e in errors if e} == {(Refusal.OWNED, owner_id)}
    assert await kinds(database, case) == [EventKind.TAKEN]


async def test_taking_twice_is_taking_once(database: Database) -> None:
    rina = await database.account()
    case = await database.file()
    assert [await take(database, case, rina) for _ in range(2)] == [None, None]
    assert await kinds(database, case) == [EventKind.TAKEN]


async def test_what_is_over_is_not_taken(database: Database) -> None:
    rina = await database.account()
    case = await database.file()
    await database.move(case, Status.REJECTED, "di luar kabupaten", by=rina)
    error = await take(database, case, rina)
    assert error is not None
    assert error.why is Refusal.OVER


async def test_a_case_is_handed_to_a_colleague_with_a_note(database: Database) -> None:
    rina, sari = await database.account("rina"), await database.account("sari")
    case = await database.file()
    await take(database, case, rina)
    await pass_on(database, case, sari, rina)

    assert (await database.fresh(case)).owner_id == sari.id
    last = (await database.history(case))[-1]
    assert (last.kind, last.staff_id) == (EventKind.PASSED_ON, rina.id)
    assert last.reason == "tolong lanjutkan, saya cuti"
    assert last.data == {"dari": rina.id, "petugas": sari.id}


async def test_who_may_not_see_a_case_is_not_handed_it(database: Database) -> None:
    rina = await database.account("rina", unit="disdukcapil")
    other = await database.account("dewi", unit="dishub")
    gone = await database.account("gani", unit="disdukcapil", active=False)
    case = await database.file()
    for who in (other, gone):
        with pytest.raises(CannotHaveError) as caught:
            await pass_on(database, case, who, rina)
        assert caught.value.why is Refusal.NOT_THEIRS
    assert (await database.fresh(case)).owner_id is None


async def test_of_two_who_hand_over_at_once_the_second_is_told(database: Database) -> None:
    rina, sari, tono = [await database.account(name) for name in ("rina", "sari", "tono")]
    case = await database.file()
    seen = (await database.fresh(case)).version
    tries = await asyncio.gather(
        pass_on(database, case, sari, rina, seen=seen),
        pass_on(database, case, tono, rina, seen=seen),
        return_exceptions=True,
    )
    assert sorted(type(one) for one in tries if one) == [OutdatedError]
    assert await kinds(database, case) == [EventKind.PASSED_ON]


async def test_only_the_owner_or_a_supervisor_lets_go(database: Database) -> None:
    rina, sari = await database.account("rina"), await database.account("sari")
    head = await database.account("kepala", Role.SUPERVISOR)
    case = await database.file()
    await take(database, case, rina)
    with pytest.raises(CannotHaveError) as caught:
        await let_go(database, case, sari)
    assert caught.value.owner_id == rina.id
    await let_go(database, case, head)
    assert (await database.fresh(case)).owner_id is None
    assert await kinds(database, case) == [EventKind.TAKEN, EventKind.LET_GO]


async def test_colleagues_are_those_who_may_work_on_it(database: Database) -> None:
    for name, unit in (("rina", "disdukcapil"), ("dewi", "dishub"), ("umum", None)):
        await database.account(name, unit=unit)
    await database.account("gani", unit="disdukcapil", active=False)
    case, secret = await database.file(), await database.file("pungli", BRIBE)
    async with database.sessions() as session:
        found = [who.name for who in await ownership.colleagues(session, case)]
        of_secret = [who.name for who in await ownership.colleagues(session, secret)]
    assert found == ["Rina", "Umum"]
    assert of_secret == []


async def test_a_list_is_taken_and_says_what_was_not(database: Database) -> None:
    rina = await database.account("rina", unit="disdukcapil")
    sari = await database.account("sari", unit="disdukcapil")
    free, owned, over = [await database.file() for _ in range(3)]
    foreign = await database.file("lampu_jalan", LAMP)
    await take(database, owned, sari)
    await database.move(over, Status.REJECTED, "sudah ada", by=rina)
    ids = [free.id, owned.id, over.id, foreign.id, 10**9]
    async with database.sessions.begin() as session:
        done = await ownership.take_all(session, ids, rina, database.clock.now)

    assert done.done == [free.id]
    assert {case_id: error.why for case_id, error in done.refused.items()} == {
        owned.id: Refusal.OWNED,
        over.id: Refusal.OVER,
        foreign.id: Refusal.UNKNOWN,
        10**9: Refusal.UNKNOWN,
    }
    assert done.refused[owned.id].owner_id == sari.id
    assert (await database.fresh(free)).owner_id == rina.id


async def test_a_list_is_handed_over(database: Database) -> None:
    rina, sari = await database.account("rina"), await database.account("sari")
    both = [await database.file() for _ in range(2)]
    async with database.sessions.begin() as session:
        done = await ownership.pass_on_all(
            session, [case.id for case in both], sari, by=rina, now=database.clock.now, note="cuti"
        )
    assert sorted(done.done) == sorted(case.id for case in both)
    assert {(await database.fresh(case)).owner_id for case in both} == {sari.id}


async def test_two_lists_crosswise_share_without_a_deadlock(database: Database) -> None:
    rina, sari = await database.account("rina"), await database.account("sari")
    chats = [CHAT, OTHER_CHAT] * 4
    cases = [await database.file(chat=chat) for chat in chats]
    database.clock.move(timedelta(minutes=1))

    async def take_all(staff: Staff, ids: list[int]) -> Outcome:
        async with database.sessions.begin() as session:
            return await ownership.take_all(session, ids, staff, database.clock.now)

    ids = [case.id for case in cases]
    one, other = await asyncio.gather(take_all(rina, ids), take_all(sari, ids[::-1]))
    assert sorted(one.done + other.done) == sorted(ids)
