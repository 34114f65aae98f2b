"""A case goes to another unit only when that one accepts it, and its citizen hears the truth."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import queues, transfers
from actions.casework.cases import CITIZEN
from actions.casework.queues import OutdatedError
from actions.casework.transfers import AnsweredError, CannotTransferError, Sending
from actions.domain.status import Status
from actions.domain.work import Awaits, EventKind, TransferKind, TransferOutcome
from actions.storage.tables import Case, Outbox, Staff, Transfer
from tests.support.database import BRIBE, CHAT, LAMP, Database

TO = "pupr"


async def send(
    database: Database,
    case: Case,
    by: Staff,
    *,
    kind: TransferKind = TransferKind.HANDING_OVER,
    to: str = TO,
    note: str = "ini jalan kabupaten",
    seen: int | None = None,
) -> Transfer:
    async with database.sessions.begin() as session:
        return await transfers.send(
            session,
            database.reference,
            await session.get_one(Case, case.id),
            Sending(to, kind, note),
            by=by,
            now=database.clock.now,
            seen_version=seen,
        )


async def act(database: Database, case: Case, transfer: Transfer, name: str, **more: Any) -> None:
    """Accept, answer, send back or take back."""
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, case.id)
        first = (session, database.reference) if name == "accept" else (session,)
        now = database.clock.now
        await getattr(transfers, name)(*first, mine, transfer.id, now=now, **more)


async def told(database: Database) -> list[str]:
    async with database.sessions() as session:
        rows = await session.scalars(select(Outbox.payload).where(Outbox.chat == CHAT))
        return [row["text"] for row in rows if row["key"] == "umum.pindah_unit"]


async def sees(database: Database, staff: Staff, case: Case) -> bool:
    async with database.sessions() as session:
        return await queues.case(session, staff, case.id) is not None


async def people(database: Database) -> tuple[Staff, Staff]:
    """An officer of the unit that has lamps, and one of another."""
    lamps = await database.account("rina", unit="dishub")
    return lamps, await database.account("dewi", unit=TO)


async def test_it_stays_until_it_is_accepted_and_then_the_citizen_is_told(
    database: Database,
) -> None:
    rina, dewi = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    assert not await sees(database, dewi, case)
    transfer = await send(database, case, rina)

    waiting = await database.fresh(case)
    assert (waiting.unit, waiting.awaits) == ("dishub", Awaits.OTHER_UNIT)
    assert await told(database) == []
    assert await sees(database, dewi, case), "it is asked to decide"

    await act(database, case, transfer, "accept", by=dewi)
    now = await database.fresh(case)
    assert (now.unit, now.owner_id, now.awaits) == (TO, dewi.id, Awaits.OFFICER)
    unit = database.reference.catalogue.unit(TO).short
    assert await told(database) == [f"{case.code}, Lampu jalan mati: sekarang ditangani {unit}."]
    assert not await sees(database, rina, case)
    kinds = [event.kind for event in await database.history(case)]
    assert kinds[1:] == [EventKind.PASSED_ON, EventKind.ACCEPTED]


async def test_what_is_sent_back_says_why_and_tells_nobody_outside(database: Database) -> None:
    rina, dewi = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    transfer = await send(database, case, rina)
    await act(database, case, transfer, "send_back", by=dewi, reason="ini jalan provinsi")

    now = await database.fresh(case)
    assert (now.unit, now.owner_id, now.awaits) == ("dishub", None, Awaits.OFFICER)
    last = (await database.history(case))[-1]
    assert (last.kind, last.reason) == (EventKind.SENT_BACK, "ini jalan provinsi")
    assert await told(database) == []
    assert not await sees(database, dewi, case)


async def test_what_is_taken_back_cannot_be_accepted(database: Database) -> None:
    rina, dewi = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    transfer = await send(database, case, rina)
    await act(database, case, transfer, "take_back", by=rina)
    with pytest.raises(AnsweredError):
        await act(database, case, transfer, "accept", by=dewi)
    now = await database.fresh(case)
    assert (now.unit, now.awaits) == ("dishub", Awaits.OFFICER)


async def test_of_two_who_accept_at_once_one_has_it(database: Database) -> None:
    rina, dewi = await people(database)
    doni = await database.account("doni", unit=TO)
    case = await database.file("lampu_jalan", LAMP)
    transfer = await send(database, case, rina)
    tries = await asyncio.gather(
        act(database, case, transfer, "accept", by=dewi),
        act(database, case, transfer, "accept", by=doni),
        act(database, case, transfer, "take_back", by=rina),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in tries) == [
        "AnsweredError",
        "AnsweredError",
        "NoneType",
    ]
    assert len(await told(database)) <= 1
    assert len(await database.history(case)) == 3


async def test_two_who_send_at_once_send_it_to_one(database: Database) -> None:
    rina, _ = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    seen = (await database.fresh(case)).version
    tries = await asyncio.gather(
        send(database, case, rina, seen=seen),
        send(database, case, rina, to="dlh", seen=seen),
        return_exceptions=True,
    )
    assert [type(one) for one in tries if isinstance(one, Exception)] == [OutdatedError]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"note": "  "}, "catatan_kosong"),
        ({"to": "dishub"}, "unit_tujuan"),
        ({"to": "bulan"}, "unit_tujuan"),
    ],
)
async def test_what_cannot_be_sent(more: dict[str, Any], fault: str, database: Database) -> None:
    rina, _ = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    with pytest.raises(CannotTransferError) as caught:
        await send(database, case, rina, **more)
    assert caught.value.why == fault
    assert (await database.fresh(case)).awaits == Awaits.OFFICER


async def test_what_is_over_or_on_its_way_is_not_sent(database: Database) -> None:
    rina, _ = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    await send(database, case, rina)
    with pytest.raises(CannotTransferError, match="sudah_dikirim"):
        await send(database, case, rina, to="dlh")
    await database.move(case, Status.REJECTED, "bukan lampu jalan", by=rina)
    with pytest.raises(CannotTransferError, match="sudah_selesai"):
        await send(database, case, rina, to="dlh")


async def test_another_unit_is_asked_and_answers_while_one_stays_responsible(
    database: Database,
) -> None:
    rina, dewi = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    question = await send(
        database, case, rina, kind=TransferKind.ASKING, note="tiangnya milik siapa?"
    )
    assert (await database.fresh(case)).awaits == Awaits.OTHER_UNIT
    with pytest.raises(AnsweredError):
        await act(database, case, question, "accept", by=dewi)
    await act(database, case, question, "answer", by=dewi, text="milik PLN")

    now = await database.fresh(case)
    assert (now.unit, now.awaits) == ("dishub", Awaits.OFFICER)
    async with database.sessions() as session:
        row = await session.get_one(Transfer, question.id)
        assert (row.outcome, row.answer) == (TransferOutcome.ACCEPTED, "milik PLN")
    assert (await database.history(case))[-1].kind == EventKind.UNIT_ANSWERED
    assert not await sees(database, dewi, case)


async def test_a_secret_case_is_not_shown_to_others_for_a_question(database: Database) -> None:
    ida = await database.account("ida", unit="inspektorat")
    case = await database.file("pungli", BRIBE)
    with pytest.raises(CannotTransferError, match="rahasia"):
        await send(database, case, ida, kind=TransferKind.ASKING)


async def test_what_the_citizen_ends_waits_for_no_unit(database: Database) -> None:
    rina, dewi = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    transfer = await send(database, case, rina)
    await database.move(case, Status.WITHDRAWN, by=CITIZEN)
    assert (await database.fresh(case)).awaits == Awaits.NOBODY
    with pytest.raises(AnsweredError):
        await act(database, case, transfer, "accept", by=dewi)


async def test_a_move_meanwhile_goes_on_waiting_for_the_other_unit(database: Database) -> None:
    rina, _ = await people(database)
    case = await database.file("lampu_jalan", LAMP)
    await send(database, case, rina)
    await database.move(case, Status.VERIFIED, by=rina)
    assert (await database.fresh(case)).awaits == Awaits.OTHER_UNIT
