"""The outbox: in order within a chat, claimed by one process at a time, never lost."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import inbox, outbox, unwritten
from actions.casework.inbox import Received
from actions.casework.messages import queue as queue_replies
from actions.casework.outbox import OutboxMessage, Urgency
from actions.domain.messages import Reply
from actions.storage.engine import Sessions, reading
from actions.storage.tables import Chat, Outbox
from tests.support.clock import Clock

LEASE = timedelta(seconds=8)


async def queue(sessions: Sessions, clock: Clock, *letters: tuple[str, str]) -> None:
    async with sessions.begin() as session:
        for chat, text in letters:
            outbox.queue_act(session, chat, {"text": text}, clock())
            await session.flush()


async def claim(sessions: Sessions, clock: Clock, limit: int = 10) -> list[OutboxMessage]:
    async with sessions.begin() as session:
        return await outbox.claim(session, "tg:", now=clock(), until=clock() + LEASE, limit=limit)


async def put_off(
    session: AsyncSession, letter: OutboxMessage, now: datetime, by: timedelta
) -> None:
    await outbox.postpone(session, letter.id, now=now, until=now + by)


def texts(letters: list[OutboxMessage]) -> list[str]:
    return [letter.payload["text"] for letter in letters]


async def test_one_letter_a_chat_and_the_oldest_first(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"), ("tg:2", "c"), ("term:1", "d"))

    first = await claim(sessions, clock)
    async with sessions.begin() as session:
        await outbox.mark_sent(session, [letter.id for letter in first], clock())
    second = await claim(sessions, clock)

    assert (texts(first), texts(second)) == (["a", "c"], ["b"])


async def test_what_one_process_has_claimed_no_other_gets(
    sessions: Sessions, clock: Clock
) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"))

    assert texts(await claim(sessions, clock)) == ["a"]
    assert await claim(sessions, clock) == []


async def test_two_processes_at_once_share_and_do_not_double(
    sessions: Sessions, clock: Clock
) -> None:
    await queue(sessions, clock, *((f"tg:{chat}", str(chat)) for chat in range(20)))

    claimed = await asyncio.gather(*(claim(sessions, clock, limit=7) for _ in range(4)))
    claimed.append(await claim(sessions, clock, limit=20))

    all_texts = sorted(int(text) for letters in claimed for text in texts(letters))
    assert all_texts == list(range(20))


async def test_a_dead_process_loses_its_claim(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"))
    await claim(sessions, clock)

    clock.move(LEASE)

    assert texts(await claim(sessions, clock)) == ["a"]


async def test_a_claim_that_is_renewed_holds(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"))
    letters = await claim(sessions, clock)
    clock.move(LEASE / 2)
    async with sessions.begin() as session:
        await outbox.renew(session, [letters[0].id], now=clock(), until=clock() + LEASE)

    clock.move(LEASE / 2)

    assert await claim(sessions, clock) == []


async def test_a_postponed_letter_holds_its_chat_and_no_other(
    sessions: Sessions, clock: Clock
) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"), ("tg:2", "c"))
    letters = await claim(sessions, clock, limit=1)
    async with sessions.begin() as session:
        await put_off(session, letters[0], clock(), timedelta(seconds=30))

    assert texts(await claim(sessions, clock)) == ["c"]
    clock.move(timedelta(seconds=30))
    again = [letter for letter in await claim(sessions, clock) if letter.chat == "tg:1"]
    assert texts(again) == ["a"]
    assert again[0].attempts == 1


async def test_what_is_given_up_lets_the_next_go(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"))
    letters = await claim(sessions, clock)
    async with sessions.begin() as session:
        await outbox.give_up(session, letters[0].id, "BadRequest", clock())

    assert texts(await claim(sessions, clock)) == ["b"]
    async with sessions() as session:
        row = await session.get(Outbox, letters[0].id)
        assert row is not None
        assert (row.failure, row.payload) == ("BadRequest", None)


async def test_a_blocked_chat_gets_nothing_more(sessions: Sessions, clock: Clock) -> None:
    async with sessions.begin() as session:
        session.add(Chat(id="tg:1", state={}, blocked=False, updated_at=clock()))
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"), ("tg:2", "c"))
    async with sessions.begin() as session:
        await outbox.block(session, "tg:1", clock())
    assert texts(await claim(sessions, clock)) == ["c"]

    await queue(sessions, clock, ("tg:1", "d"))
    assert [letter.blocked for letter in await claim(sessions, clock)] == [True]


async def test_progress_is_kept(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"))
    letter = (await claim(sessions, clock))[0]
    async with sessions.begin() as session:
        await outbox.keep_progress(session, letter.id, {**letter.payload, "sent": 1})
    clock.move(LEASE)

    assert (await claim(sessions, clock))[0].payload == {"text": "a", "sent": 1}


async def test_quiet_means_that_nothing_is_due(sessions: Sessions, clock: Clock) -> None:
    async def quiet() -> bool:
        async with reading(sessions) as session:
            return await outbox.is_quiet(session, "tg:", clock())

    assert await quiet()
    await queue(sessions, clock, ("term:1", "x"))
    assert await quiet(), "another way out does not count"
    await queue(sessions, clock, ("tg:1", "a"), ("tg:1", "b"))
    assert not await quiet()
    await claim(sessions, clock)
    assert await quiet(), "what is claimed is not due, and what stands behind it neither"


async def test_only_what_went_out_long_ago_is_deleted(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:2", "b"))
    letters = await claim(sessions, clock, limit=1)
    async with sessions.begin() as session:
        await outbox.mark_sent(session, [letters[0].id], clock())
    clock.move(timedelta(days=91))

    async with sessions.begin() as session:
        assert await outbox.prune_done(session, clock(), timedelta(days=90)) == 1
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Outbox)) == 1


async def test_a_sent_letter_is_not_sent_again_by_who_was_late(
    sessions: Sessions, clock: Clock
) -> None:
    """A process that slept past its claim cannot undo what another has marked."""
    await queue(sessions, clock, ("tg:1", "a"))
    letter = (await claim(sessions, clock))[0]
    async with sessions.begin() as session:
        await outbox.mark_sent(session, [letter.id], clock())

    async with sessions.begin() as session:
        await put_off(session, letter, clock(), timedelta(0))
        await outbox.keep_progress(session, letter.id, {"text": "a", "sent": 1})

    assert await claim(sessions, clock) == []
    async with sessions() as session:
        row = await session.get(Outbox, letter.id)
        assert row is not None
        assert (row.payload, row.attempts) == (None, 0)


async def test_what_was_put_off_by_a_wrong_clock_is_due_when_it_is_right_again(
    sessions: Sessions, clock: Clock
) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:2", "b"))
    clock.jump(timedelta(days=1))
    await queue(sessions, clock, ("tg:3", "queued by the wrong clock"))
    letters = await claim(sessions, clock, limit=1)
    async with sessions.begin() as session:
        await put_off(session, letters[0], clock(), timedelta(seconds=30))
    assert texts(await claim(sessions, clock, limit=1)) == ["b"]
    assert await claim(sessions, clock, limit=0) == []

    clock.jump(timedelta(days=-1))

    assert texts(await claim(sessions, clock)) == ["a", "b", "queued by the wrong clock"]


async def test_clocks_of_two_machines_may_differ_a_little(
    sessions: Sessions, clock: Clock
) -> None:
    await queue(sessions, clock, ("tg:1", "a"))
    clock.jump(outbox.SKEW)
    await claim(sessions, clock)
    clock.jump(-outbox.SKEW)

    assert await claim(sessions, clock) == [], "the other machine holds it"


async def test_only_what_nobody_ever_held(sessions: Sessions, clock: Clock) -> None:
    await queue(sessions, clock, ("tg:1", "a"), ("tg:2", "b"))
    await claim(sessions, clock, limit=1)
    clock.jump(timedelta(days=1))

    async with sessions.begin() as session:
        what = {"now": clock(), "until": clock() + LEASE, "limit": 9}
        found = await outbox.claim_unheld(session, "tg:", **what)

    assert texts(found) == ["b"]


async def queue_with(
    sessions: Sessions, clock: Clock, chat: str, text: str, urgency: Urgency
) -> None:
    async with sessions.begin() as session:
        outbox.queue_act(session, chat, {"text": text}, clock(), urgency=urgency)


async def test_answers_go_before_notices_and_notices_before_digests(
    sessions: Sessions, clock: Clock
) -> None:
    await queue_with(sessions, clock, "tg:1", "ringkasan", Urgency.DIGEST)
    await queue_with(sessions, clock, "tg:2", "kabar", Urgency.NOTICE)
    await queue_with(sessions, clock, "tg:3", "jawaban", Urgency.ANSWER)

    first = await claim(sessions, clock, limit=1)
    rest = await claim(sessions, clock)

    assert texts(first + rest) == ["jawaban", "kabar", "ringkasan"]


async def test_what_waits_for_somebody_who_writes_goes_out_with_the_answer_and_before_it(
    sessions: Sessions, clock: Clock
) -> None:
    await queue_with(sessions, clock, "tg:1", "lain", Urgency.NOTICE)
    await queue_with(sessions, clock, "tg:2", "kabar", Urgency.NOTICE)
    async with sessions.begin() as session:
        await inbox.store(session, "tg", [Received(1, "tg:2", {})], clock())
    async with sessions.begin() as session:
        row, _ = await inbox.take(session, "tg", "tg:2", clock())
        assert row is not None
        queue_replies(session, "tg:2", [Reply("umum.menu", "jawaban")], clock())

    claimed = await claim(sessions, clock, limit=1)
    assert texts(claimed) == ["kabar"], "in order, though it is a notice"
    async with sessions.begin() as session:
        await outbox.mark_sent(session, [claimed[0].id], clock())
    assert texts(await claim(sessions, clock)) == ["jawaban", "lain"]


async def test_letters_of_one_transaction_go_out_in_the_order_in_which_they_were_queued(
    sessions: Sessions, clock: Clock
) -> None:
    async with sessions.begin() as session:
        for number in range(5):
            outbox.queue_act(session, "tg:1", {"text": str(number)}, clock())

    said: list[str] = []
    while claimed := await claim(sessions, clock):
        said += texts(claimed)
        async with sessions.begin() as session:
            await outbox.mark_sent(session, [letter.id for letter in claimed], clock())
    assert said == ["0", "1", "2", "3", "4"]


async def test_what_is_rolled_back_is_not_said(sessions: Sessions, clock: Clock) -> None:
    async with sessions() as session:
        outbox.queue_act(session, "tg:1", {"text": "tidak"}, clock())
        await session.rollback()
        outbox.queue_act(session, "tg:1", {"text": "ada"}, clock())
        await unwritten.write(session)
        async with session.begin_nested() as savepoint:
            outbox.queue_act(session, "tg:1", {"text": "batal"}, clock())
            await savepoint.rollback()
        await session.commit()

    assert texts(await claim(sessions, clock)) == ["ada"]
