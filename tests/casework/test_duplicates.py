"""Who reported the same thing hears what becomes of the report that it is handled with."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.storage.tables import Case, Outbox
from tests.support.database import CHAT, LAMP, OTHER_CHAT, Database

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
