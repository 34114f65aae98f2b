"""The inbox: every update once, oldest first, and forgotten when it is handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import inbox
from actions.casework.inbox import Received
from actions.storage.engine import Sessions, reading
from actions.storage.tables import Chat, Inbox
from tests.support.clock import Clock


async def put(sessions: Sessions, clock: Clock, *received: Received, source: str = "tg") -> None:
    async with sessions.begin() as session:
        await inbox.store(session, source, received, clock())


async def count(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(Inbox)) or 0


async def test_an_update_is_taken_with_the_chat_it_belongs_to(
    sessions: Sessions, clock: Clock
) -> None:
    await put(sessions, clock, Received(7, "tg:1", {"text": "halo"}))

    for _new_or_known in range(2):
        async with sessions.begin() as session:
            row, others = await inbox.take(session, "tg", "tg:1", clock())
            assert row is not None
            assert (row.payload, row.received_at, others) == ({"text": "halo"}, clock(), False)
            assert await session.get(Chat, "tg:1") is not None


async def test_where_nothing_waits_no_chat_is_made(sessions: Sessions, clock: Clock) -> None:
    async with sessions.begin() as session:
        assert await inbox.take(session, "tg", "tg:1", clock()) == (None, False)
        assert await session.get(Chat, "tg:1") is None


async def test_an_update_that_comes_twice_is_kept_once(sessions: Sessions, clock: Clock) -> None:
    await put(sessions, clock, Received(7, "tg:1", {"text": "halo"}))
    await put(sessions, clock, Received(7, "tg:1", {"text": "lain"}), Received(8, "tg:1", {}))

    assert await count(sessions) == 2
    async with sessions() as session:
        row, _ = await inbox.oldest(session, "tg", "tg:1")
        assert row is not None
        assert row.payload == {"text": "halo"}


async def test_a_handled_update_that_comes_again_stays_handled(
    sessions: Sessions, clock: Clock
) -> None:
    await put(sessions, clock, Received(7, "tg:1", {"text": "halo"}))
    async with sessions.begin() as session:
        row, _ = await inbox.oldest(session, "tg", "tg:1")
        assert row is not None
        inbox.mark_handled(row, clock())

    await put(sessions, clock, Received(7, "tg:1", {"text": "halo"}))

    async with sessions() as session:
        assert await inbox.oldest(session, "tg", "tg:1") == (None, False)
        kept = await session.scalar(select(Inbox))
        assert kept is not None
        assert kept.payload is None, "what was said is forgotten"


async def test_two_ways_in_number_their_updates_apart(sessions: Sessions, clock: Clock) -> None:
    await put(sessions, clock, Received(7, "tg:1", {}))
    await put(sessions, clock, Received(7, "term:1", {}), source="term")

    assert await count(sessions) == 2
    async with sessions() as session:
        assert await inbox.newest(session, "term") == 7
        assert await inbox.newest(session, "other") == 0


async def test_a_late_update_is_taken_before_a_younger_one(
    sessions: Sessions, clock: Clock
) -> None:
    for number in (9, 8, 10):
        await put(sessions, clock, Received(number, "tg:1", {}))

    async with sessions.begin() as session:
        order = []
        while row := (await inbox.oldest(session, "tg", "tg:1"))[0]:
            order.append(row.external_id)
            inbox.mark_handled(row, clock())
            await session.flush()
    assert order == [8, 9, 10]


async def waiting(
    session: AsyncSession, clock: Clock, *, seconds: float = 0, limit: int = 10
) -> Sequence[str]:
    age = timedelta(seconds=seconds)
    return await inbox.waiting_chats(session, "tg", now=clock(), older_than=age, limit=limit)


async def test_what_a_wrong_clock_stored_waits_too(sessions: Sessions, clock: Clock) -> None:
    clock.jump(timedelta(days=1))
    await put(sessions, clock, Received(1, "tg:1", {}))
    clock.jump(timedelta(days=-1))

    async with reading(sessions) as session:
        assert await waiting(session, clock, seconds=5) == ["tg:1"]


async def test_chats_that_wait_are_found_longest_first(sessions: Sessions, clock: Clock) -> None:
    await put(sessions, clock, Received(1, "tg:2", {}), Received(2, "tg:1", {}))
    await put(sessions, clock, Received(3, "term:1", {}), source="term")
    clock.move(timedelta(seconds=10))
    await put(sessions, clock, Received(4, "tg:3", {}))

    async with reading(sessions) as session:
        old = await waiting(session, clock, seconds=5)
        everything = await waiting(session, clock)
        first = await waiting(session, clock, limit=1)
    assert (old, everything, first) == (["tg:2", "tg:1"], ["tg:2", "tg:1", "tg:3"], ["tg:2"])


async def test_only_what_was_handled_long_ago_is_deleted(sessions: Sessions, clock: Clock) -> None:
    await put(sessions, clock, Received(1, "tg:1", {}), Received(2, "tg:2", {}))
    async with sessions.begin() as session:
        row, _ = await inbox.oldest(session, "tg", "tg:1")
        assert row is not None
        inbox.mark_handled(row, clock())
    clock.move(timedelta(days=8))

    async with sessions.begin() as session:
        await inbox.prune_handled(session, clock(), timedelta(days=7))

    assert await count(sessions) == 1
