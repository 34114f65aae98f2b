"""Who sees which case: one by one, in lists, and in Python, on both databases."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from actions.casework import queues, rights
from actions.casework.staff import Role
from actions.domain.work import TransferKind
from actions.storage.tables import Case, Staff, Transfer
from tests.support.database import BRIBE, LAMP, Database

BRIBED = BRIBE | {"lokasi": {"teks": "dekat pasar", "desa": "Mekarsari"}}


async def _filed(database: Database) -> list[Case]:
    """A plain case and a secret one, and each of another unit; lamps are of a village."""
    return [
        await database.file("lampu_jalan", LAMP),
        await database.file("lampu_jalan", LAMP | {"lokasi": {"teks": "x", "desa": "Tegalsari"}}),
        await database.file("pungli", BRIBED),
        await database.file("ktp_hilang"),
        await database.draft("lampu_jalan", LAMP),
    ]


async def test_lists_pages_and_python_say_the_same(database: Database) -> None:
    made = await _filed(database)
    every = product(
        Role, (None, "dishub", "inspektorat"), (None, "Mekarsari"), (True, False), (True, False)
    )
    for number, (role, unit, village, right, owner) in enumerate(every):
        staff = await database.account(
            f"s{number}", role, unit, village=village, sees_secret=right, factor=False
        )
        async with database.sessions.begin() as session:
            for case in await session.scalars(select(Case)):
                case.owner_id = staff.id if owner else None
        async with database.sessions() as session:
            listed = set(await session.scalars(select(Case.id).where(rights.visible(staff))))
            cases = (await session.scalars(select(Case))).all()
            seen = {case.id for case in cases if rights.sees(staff, case)}
            opened = {c.id for c in made if await queues.case(session, staff, c.id) is not None}
        expected = _expected(staff, [case.id for case in made], owner=owner)
        assert listed == seen == opened == expected, (role, unit, village, right, owner)


def _expected(staff: Staff, made: list[int], *, owner: bool) -> set[int]:
    """In other words than the code's."""
    mekarsari, tegalsari, bribe, card, _ = made
    by_unit = {"dishub": {mekarsari, tegalsari}, "inspektorat": {bribe}}
    found = by_unit.get(str(staff.unit), set(made[:4]))
    if staff.role == Role.ADMIN:
        found = set(made[:4])
    elif staff.village:
        found = found - {tegalsari, card}
    return found if staff.sees_secret or owner else found - {bribe}


@pytest.mark.parametrize("kind", list(TransferKind))
async def test_a_case_that_waits_for_another_units_word_can_be_opened_there(
    kind: TransferKind, database: Database
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina = await database.account("rina", unit="disdukcapil")
    dewi = await database.account("dewi", unit="dishub")
    assert not await _opens(database, rina, case)
    async with database.sessions.begin() as session:
        sent = Transfer(
            case_id=case.id,
            kind=kind,
            from_unit="dishub",
            to_unit="disdukcapil",
            sent_by=dewi.id,
            note="mohon dibantu",
            at=database.clock(),
        )
        session.add(sent)
    assert await _opens(database, rina, case)
    async with database.sessions.begin() as session:
        (await session.get_one(Transfer, sent.id)).answered_at = database.clock()
    assert not await _opens(database, rina, case)


async def test_a_transfer_opens_no_secret_case_without_the_right(database: Database) -> None:
    case = await database.file("pungli", BRIBE)
    ida = await database.account("ida", unit="inspektorat", sees_secret=True)
    without = await database.account("rina", unit="disdukcapil")
    allowed = await database.account("tuti", unit="disdukcapil", sees_secret=True)
    async with database.sessions.begin() as session:
        session.add(
            Transfer(
                case_id=case.id,
                kind=TransferKind.ASKING,
                from_unit="inspektorat",
                to_unit="disdukcapil",
                sent_by=ida.id,
                note="mohon dibantu",
                at=database.clock(),
            )
        )
    assert not await _opens(database, without, case)
    assert await _opens(database, allowed, case)


async def _opens(database: Database, staff: Staff, case: Case) -> bool:
    async with database.sessions() as session:
        by_id = await queues.case(session, staff, case.id) is not None
        by_code = await queues.case_by_code(session, staff, case.code or "") is not None
    assert by_id == by_code
    return by_id
