"""What others have reported of the same place is found and supported, and says nothing of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.casework import neighbours, support
from actions.casework.neighbours import Nearby
from actions.casework.support import TooLateError
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.support.database import BRIBE, CHAT, LAMP, OTHER_CHAT, Database

THIRD_CHAT = "tg:3"
MOSQUE: dict[str, Any] = LAMP | {
    "lokasi": {"teks": "depan masjid Al Ikhlas Mekarsari", "desa": "Mekarsari"}
}
BESIDE: dict[str, Any] = LAMP | {
    "lokasi": {"teks": "samping mesjid al-ikhlas", "desa": "Mekarsari", "rt": "03"}
}
PIN: dict[str, Any] = LAMP | {"lokasi": {"lat": -6.91474, "lon": 107.60981}}
NEAR_PIN: dict[str, Any] = LAMP | {"lokasi": {"lat": -6.91600, "lon": 107.61080}}
FAR_PIN: dict[str, Any] = LAMP | {"lokasi": {"lat": -6.91900, "lon": 107.60981}}


async def looked_for(
    database: Database,
    answers: dict[str, Any],
    *,
    slug: str = "lampu_jalan",
    chat: str = OTHER_CHAT,
) -> Nearby | None:
    draft = await database.draft(slug, answers, chat=chat)
    async with database.sessions() as session:
        case = await session.get_one(Case, draft.id)
        return await neighbours.same_thing(
            session, database.reference, case, [chat], database.clock.now
        )


async def change(database: Database, case: Case, **columns: Any) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        for name, value in columns.items():
            setattr(row, name, value)


async def supports(database: Database, other: Case, chat: str) -> Case:
    draft = await database.draft("lampu_jalan", BESIDE, chat=chat)
    async with database.sessions.begin() as session:
        case = await session.get_one(Case, draft.id)
        top = await session.get_one(Case, other.id)
        await support.support(
            session, database.reference, case, top, database.clock.now, database.random
        )
    return await database.fresh(draft)


@pytest.mark.parametrize(
    ("reported", "now", "found"),
    [
        (MOSQUE, BESIDE, True),
        (PIN, NEAR_PIN, True),
        (PIN, FAR_PIN, False),
        (PIN, MOSQUE, False),
        (MOSQUE, LAMP, False),
    ],
)
async def test_the_same_thing_in_words_and_on_the_map(
    database: Database, reported: dict[str, Any], now: dict[str, Any], *, found: bool
) -> None:
    first = await database.file("lampu_jalan", reported)
    nearby = await looked_for(database, now)
    assert (nearby is not None and nearby.case.id == first.id) is found
    assert nearby is None or nearby.people == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"secret": True},
        {"anonymous": True},
        {"discreet": True},
        {"reported": "|dishub|"},
        {"status": Status.AWAITING_REPLY},
        {"submitted_at": "long ago"},
    ],
    ids=str,
)
async def test_what_is_hidden_done_or_old_is_never_offered(
    database: Database, columns: dict[str, Any]
) -> None:
    first = await database.file("lampu_jalan", MOSQUE)
    if "submitted_at" in columns:
        columns = {"submitted_at": database.clock.now - timedelta(days=15)}
    await change(database, first, **columns)
    assert await looked_for(database, BESIDE) is None


async def test_what_is_closed_or_my_own_is_not_offered(database: Database) -> None:
    await database.file("lampu_jalan", MOSQUE, chat=OTHER_CHAT)
    assert await looked_for(database, BESIDE) is None
    closed = await database.file("lampu_jalan", MOSQUE)
    await database.move(closed, Status.REJECTED, "Bukan lampu kami.")
    assert await looked_for(database, BESIDE) is None


async def test_another_kind_of_report_is_not_offered(database: Database) -> None:
    await database.file("pungli", BRIBE | {"lokasi": MOSQUE["lokasi"]})
    assert await looked_for(database, BESIDE) is None


async def test_a_child_leads_to_what_it_is_handled_with(database: Database) -> None:
    top = await database.file("lampu_jalan", LAMP)
    child = await database.file("lampu_jalan", MOSQUE, chat=THIRD_CHAT)
    await change(database, child, parent_id=top.id)
    nearby = await looked_for(database, BESIDE)
    assert nearby is not None
    assert (nearby.case.id, nearby.people) == (top.id, 2)
    await change(database, top, secret=True)
    assert await looked_for(database, BESIDE) is None


async def test_who_supports_is_counted_once_and_hears_what_the_first_one_hears(
    database: Database,
) -> None:
    first = await database.file("lampu_jalan", MOSQUE)
    case = await supports(database, first, OTHER_CHAT)
    await supports(database, first, OTHER_CHAT)
    assert (case.status, case.parent_id) == (Status.DUPLICATE, first.id)
    assert case.code
    assert case.code != first.code
    async with database.sessions() as session:
        assert await neighbours.how_many(session, first) == 2

    await database.move(first, Status.VERIFIED)
    await database.move(first, Status.ASSIGNED)

    assert await database.told(CHAT) == ["kabar.diverifikasi", "kabar.didisposisikan"]
    assert await database.told(OTHER_CHAT) == ["umum.kabar_bersama.berjalan"] * 2


async def test_what_was_closed_meanwhile_is_not_supported(database: Database) -> None:
    first = await database.file("lampu_jalan", MOSQUE)
    await database.move(first, Status.REJECTED, "Bukan lampu kami.")
    with pytest.raises(TooLateError):
        await supports(database, first, OTHER_CHAT)
