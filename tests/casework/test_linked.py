"""Who reported the same thing hears what becomes of the report that it is handled with."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from actions.casework import linked
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.domain.work import EventKind
from actions.storage.tables import Case, Outbox, Staff
from tests.support.database import BRIBE, CHAT, LAMP, OTHER_CHAT, Database

THIRD_CHAT = "tg:3"
NEWS = "umum.kabar_bersama."


async def lamp(database: Database, chat: str) -> Case:
    return await database.file("lampu_jalan", LAMP, chat=chat)


async def joined(database: Database, *chats: str) -> tuple[Case, list[Case]]:
    """A report, and the same one from each of these chats, closed as a duplicate of it."""
    original = await lamp(database, CHAT)
    same = [await lamp(database, chat) for chat in chats]
    for case in same:
        await database.move(case, Status.DUPLICATE, original.code)
    return original, same


async def heard(database: Database, chat: str) -> list[str]:
    """What a chat was told of somebody else's report, by the last part of its key."""
    async with database.sessions() as session:
        rows = await session.scalars(
            select(Outbox.payload).where(Outbox.chat == chat).order_by(Outbox.id)
        )
        keys = [row["key"] for row in rows]
    return [key.removeprefix(NEWS) for key in keys if key.startswith(NEWS)]


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([Status.VERIFIED], ["berjalan"]),
        ([Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS], ["berjalan"] * 3),
        ([Status.NEEDS_DETAIL], []),
        ([Status.NEEDS_DETAIL, Status.VERIFIED], ["berjalan"]),
        (
            [Status.VERIFIED, Status.IN_PROGRESS, Status.AWAITING_REPLY],
            ["berjalan"] * 2 + ["beres"],
        ),
        ([Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED], ["berjalan"] * 2 + ["beres"]),
        ([Status.NOT_OURS], ["ditutup"]),
        ([Status.REJECTED], ["ditutup"]),
        ([Status.REJECTED, Status.REOPENED], ["ditutup", "berjalan"]),
        ([Status.FORWARDED], ["berjalan"]),
    ],
    ids=",".join,
)
async def test_the_moves_of_the_original_are_told(
    database: Database, moves: list[Status], expected: list[str]
) -> None:
    original, _ = await joined(database, OTHER_CHAT)
    for status in moves:
        await database.move(original, status, "Rahasia pelapor pertama.")

    assert await heard(database, OTHER_CHAT) == expected
    assert await heard(database, CHAT) == [], "who reported first is told of the own report"
    async with database.sessions() as session:
        told = await session.scalars(select(Outbox.payload).where(Outbox.chat == OTHER_CHAT))
        assert all("Rahasia" not in row["text"] for row in told)


async def test_what_the_other_citizen_ends_is_told_too(database: Database) -> None:
    original, _ = await joined(database, OTHER_CHAT)
    await database.move(original, Status.WITHDRAWN, by=CITIZEN)

    assert await heard(database, OTHER_CHAT) == ["ditutup"]


async def test_each_chat_is_told_once(database: Database) -> None:
    original, _ = await joined(database, CHAT, OTHER_CHAT, OTHER_CHAT, THIRD_CHAT)
    await database.move(original, Status.VERIFIED)

    told = [await heard(database, chat) for chat in (CHAT, OTHER_CHAT, THIRD_CHAT)]
    assert told == [[], ["berjalan"], ["berjalan"]]


async def test_a_duplicate_of_a_duplicate_follows_the_first(database: Database) -> None:
    original, (second,) = await joined(database, OTHER_CHAT)
    third = await lamp(database, THIRD_CHAT)
    await database.move(third, Status.DUPLICATE, f"sama dengan {second.code}")
    await database.move(original, Status.VERIFIED)

    assert await heard(database, THIRD_CHAT) == ["berjalan"]


async def test_an_original_that_turns_out_a_duplicate_takes_its_followers_along(
    database: Database,
) -> None:
    original, _ = await joined(database, OTHER_CHAT)
    older = await lamp(database, THIRD_CHAT)
    await database.move(original, Status.DUPLICATE, older.code)
    await database.move(older, Status.VERIFIED)

    assert await heard(database, OTHER_CHAT) == ["ditutup", "berjalan"]


async def test_who_opens_the_own_report_again_follows_no_longer(database: Database) -> None:
    original, (same,) = await joined(database, OTHER_CHAT)
    await database.move(same, Status.REOPENED, "Lampu saya lain.", by=CITIZEN)
    await database.move(original, Status.VERIFIED)

    assert await heard(database, OTHER_CHAT) == []


@pytest.mark.parametrize("reason", ["sudah ada", "SKM-7F3-KQ9", "its own"])
async def test_a_code_that_leads_nowhere_is_followed_by_nobody(
    database: Database, reason: str
) -> None:
    case = await lamp(database, OTHER_CHAT)
    await database.move(case, Status.DUPLICATE, case.code if reason == "its own" else reason)

    assert (await database.fresh(case)).parent_id is None


async def link(database: Database, case: Case, parent: Case, by: Staff) -> None:
    async with database.sessions.begin() as session:
        await linked.link(
            session,
            await session.get_one(Case, case.id),
            await session.get_one(Case, parent.id),
            by=by,
            now=database.clock.now,
        )


async def test_an_open_child_hears_of_its_parent_and_goes_on(database: Database) -> None:
    rina = await database.account()
    parent, child = await lamp(database, CHAT), await lamp(database, OTHER_CHAT)
    await link(database, child, parent, rina)
    await database.move(child, Status.VERIFIED)
    await database.move(parent, Status.VERIFIED)

    assert (await database.fresh(child)).parent_id == parent.id, "a move leaves it where it is"
    assert await heard(database, OTHER_CHAT) == ["induk"]
    kinds = [event.kind for event in await database.history(child)]
    assert EventKind.LINKED in kinds


async def test_who_joins_a_child_joins_its_parent_and_brings_its_own(database: Database) -> None:
    rina = await database.account()
    a, b, c, d = [await lamp(database, f"tg:{number}") for number in range(10, 14)]
    await link(database, b, a, rina)
    await link(database, d, c, rina)
    await link(database, c, b, rina)

    assert {(await database.fresh(case)).parent_id for case in (b, c, d)} == {a.id}


async def test_two_that_join_each_other_at_once_make_no_circle(database: Database) -> None:
    rina = await database.account()
    a, b = await lamp(database, CHAT), await lamp(database, OTHER_CHAT)
    await asyncio.gather(
        link(database, a, b, rina), link(database, b, a, rina), return_exceptions=True
    )
    parents = [(await database.fresh(case)).parent_id for case in (a, b)]
    assert parents.count(None) == 1


async def test_other_kinds_and_secret_ones_are_not_joined(database: Database) -> None:
    rina = await database.account()
    case = await lamp(database, CHAT)
    bribe = await database.file("pungli", BRIBE, chat=OTHER_CHAT)
    ktp = await database.file(chat=OTHER_CHAT)
    for other in (bribe, ktp, case):
        with pytest.raises(linked.CannotLinkError):
            await link(database, case, other, rina)


async def test_a_child_goes_its_own_way_again(database: Database) -> None:
    rina = await database.account()
    parent, child = await lamp(database, CHAT), await lamp(database, OTHER_CHAT)
    await link(database, child, parent, rina)
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, child.id)
        await linked.unlink(session, mine, by=rina, now=database.clock.now)
    await database.move(parent, Status.VERIFIED)

    assert (await database.fresh(child)).parent_id is None
    assert await heard(database, OTHER_CHAT) == []


async def test_one_answer_reaches_each_chat_of_a_family_once(database: Database) -> None:
    rina = await database.account()
    parent = await lamp(database, CHAT)
    for chat in (CHAT, OTHER_CHAT, OTHER_CHAT, THIRD_CHAT):
        await link(database, await lamp(database, chat), parent, rina)
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, parent.id)
        count = await linked.answer_all(
            session, database.reference, mine, "Besok <siang>.", by=rina, now=database.clock.now
        )
    assert count == 3
    for chat in (CHAT, OTHER_CHAT, THIRD_CHAT):
        assert (await database.told(chat)).count("petugas.untuk_semua") == 1
    async with database.sessions() as session:
        last = select(Outbox.payload).where(Outbox.chat == THIRD_CHAT).order_by(Outbox.id.desc())
        payload = await session.scalar(last.limit(1))
    assert payload["text"].endswith("Besok &lt;siang&gt;.")
