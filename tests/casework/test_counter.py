"""Cases of the counter: whose they are, and that nothing is sent where nobody reads."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from actions.casework import claims, counter, erasure, linked, outbox
from actions.casework.chats import is_reachable
from actions.casework.claims import ExpiredClaimError, UnknownClaimError, UsedClaimError
from actions.domain.status import Actor, Status
from actions.domain.work import Channel, EventKind
from actions.storage.tables import (
    Attachment,
    Case,
    CaseEvent,
    Chat,
    ClaimCode,
    Message,
    Outbox,
    Survey,
)
from tests.support.counter import begun, handed_in
from tests.support.database import CHAT, LAMP, OTHER_CHAT, Database


async def take(database: Database, code: str, chat: str = CHAT) -> Case:
    await database.chat(chat)
    async with database.sessions.begin() as session:
        return await claims.take(session, code, chat, database.clock())


@pytest.mark.parametrize("way", counter.WAYS)
async def test_what_is_handed_in_says_how_it_came_and_who_wrote_it(
    database: Database, way: Channel
) -> None:
    rina = await database.account("rina")
    case, _ = await handed_in(database, rina, way=way)
    assert (case.channel, case.owner_id, case.status) == (way, None, Status.SUBMITTED)
    assert case.chat.startswith(f"{way}:")
    (moved,) = await database.history(case)
    assert (moved.actor, moved.staff_id) == (Actor.CITIZEN, rina.id)


async def test_a_draft_belongs_to_its_officer_and_is_forgotten_wholly(database: Database) -> None:
    rina, budi = await database.account("rina"), await database.account("budi")
    draft = await begun(database, rina)
    async with database.sessions.begin() as session:
        assert await counter.draft(session, budi, draft.id) is None
        assert list(await counter.drafts(session, budi)) == []
        assert [one.id for one in await counter.drafts(session, rina)] == [draft.id]
        mine = await counter.draft(session, rina, draft.id)
        assert mine is not None
        await counter.give_up(session, database.reference, mine, database.clock())
    kept = await database.fresh(draft)
    assert (kept.answers, kept.status, kept.owner_id) == ({}, Status.CANCELLED, None)


async def test_only_who_wrote_it_gets_the_receipt_again(database: Database) -> None:
    rina, budi = await database.account("rina"), await database.account("budi")
    case, _ = await handed_in(database, rina)
    chatted = await database.file()
    async with database.sessions() as session:
        assert await counter.handed_in(session, budi, case.id) is None
        assert await counter.handed_in(session, rina, chatted.id) is None
        found = await counter.handed_in(session, rina, case.id)
        assert found is not None


async def test_nothing_is_sent_or_said_to_be_where_nobody_reads(database: Database) -> None:
    case, _ = await handed_in(database, await database.account("rina"))
    await database.move(case, Status.READY)
    await database.move(case, Status.HANDED_OVER)
    database.clock.move(timedelta(days=4))
    async with database.sessions() as session:
        for table in (Outbox, Message, Survey):
            assert await session.scalar(select(func.count()).select_from(table)) == 0, table
        assert await outbox.oldest_waiting(session) is None


async def test_one_answer_to_all_leaves_out_who_cannot_read_it(database: Database) -> None:
    rina = await database.account("rina")
    parent = await database.file("lampu_jalan", LAMP)
    child, _ = await handed_in(database, rina, "lampu_jalan", LAMP)
    async with database.sessions.begin() as session:
        parent, child = (
            await session.get_one(Case, parent.id),
            await session.get_one(Case, child.id),
        )
        child.parent_id = parent.id
        told = await linked.answer_all(
            session, database.reference, parent, "Sudah", by=rina, now=database.clock()
        )
    assert told == 1
    assert [event.kind for event in await database.history(child)] == [EventKind.MOVED]
    async with database.sessions() as session:
        assert set(await session.scalars(select(Outbox.chat))) == {parent.chat}


async def test_who_claims_a_case_hears_of_it_from_now_on(database: Database) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    before = case.chat
    async with database.sessions.begin() as session:
        session.add(
            Attachment(
                chat=before,
                case_id=case.id,
                field="kk",
                name=f"{'a' * 64}.jpg",
                mime="image/jpeg",
                size=1,
                at=database.clock(),
            )
        )
    await take(database, code)
    case = await database.fresh(case)
    assert (case.chat, case.channel) == (CHAT, Channel.COUNTER)
    await database.move(case, Status.READY)
    assert await database.told(CHAT) == ["kabar.siap_diambil"]
    async with database.sessions() as session:
        assert await session.get(Chat, before) is None
        assert await session.scalar(select(Attachment.chat)) == CHAT
        kinds = (await session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id))).all()
    assert kinds == [EventKind.MOVED, EventKind.CLAIMED, EventKind.MOVED]


async def test_a_code_works_once(database: Database) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    await take(database, code)
    for chat in (CHAT, OTHER_CHAT):
        with pytest.raises(UsedClaimError):
            await take(database, code, chat)
    assert (await database.fresh(case)).chat == CHAT


async def test_of_two_at_once_one_gets_it(database: Database) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    chats = [f"tg:{number}" for number in range(6)]
    outcomes = await asyncio.gather(
        *(take(database, code, chat) for chat in chats), return_exceptions=True
    )
    failed = [one for one in outcomes if isinstance(one, BaseException)]
    assert {type(one) for one in failed} == {UsedClaimError}
    assert len(failed) == len(chats) - 1
    won = next(chat for chat, one in zip(chats, outcomes, strict=True) if isinstance(one, Case))
    assert (await database.fresh(case)).chat == won


async def test_a_new_code_takes_the_place_of_the_one_before(database: Database) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    async with database.sessions.begin() as session:
        again = await claims.make(session, case, database.clock(), database.random)
    with pytest.raises(UnknownClaimError):
        await take(database, code)
    assert (await take(database, again)).id == case.id


async def test_a_code_is_over_after_thirty_days_and_forgotten_later(database: Database) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    database.clock.move(timedelta(days=31))
    with pytest.raises(ExpiredClaimError):
        await take(database, code)
    async with database.sessions.begin() as session:
        assert await claims.forget_old(session, database.clock()) == 0
    database.clock.move(timedelta(days=30))
    async with database.sessions.begin() as session:
        assert await claims.forget_old(session, database.clock()) == 1
    with pytest.raises(UnknownClaimError):
        await take(database, code)
    assert not is_reachable((await database.fresh(case)).chat)


async def test_the_code_of_the_case_is_no_claim_and_the_other_is_not_stored(
    database: Database,
) -> None:
    case, code = await handed_in(database, await database.account("rina"))
    with pytest.raises(UnknownClaimError):
        await take(database, str(case.code))
    async with database.sessions() as session:
        (stored,) = await session.scalars(text("SELECT code FROM claim_codes"))
    assert code not in stored


async def test_what_is_erased_leaves_neither_chat_nor_code(database: Database) -> None:
    case, _ = await handed_in(database, await database.account("rina"))
    before = case.chat
    await database.move(case, Status.REJECTED, "Bukan warga sini")
    database.clock.move(timedelta(days=10))
    async with database.sessions.begin() as session:
        assert await erasure.erase_old(session, database.clock(), timedelta(days=1)) == 1
    async with database.sessions() as session:
        assert await session.get(Chat, before) is None
        assert await session.scalar(select(func.count(ClaimCode.id))) == 0
