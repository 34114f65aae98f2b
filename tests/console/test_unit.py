"""The page of an office's head: load, what falls due, the ladder, causes, and handing over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import unit_board
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import EventKind, TransferKind
from actions.storage.tables import Case, CaseEvent, Staff, Transfer
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import BRIBE, LAMP, Database

PARTS = r'<section[^>]*aria-labelledby="{}">(.*?)</section>'


def part(officer: Officer, name: str) -> str:
    """The words of one section."""
    found = re.search(PARTS.format(name), officer.html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


async def own(database: Database, case: Case, staff: Staff | None, **more: object) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        row.owner_id = staff.id if staff else None
        for name, value in more.items():
            setattr(row, name, value)


@pytest.fixture
async def rina(database: Database) -> Staff:
    return await database.account("rina", unit="disdukcapil")


@pytest.fixture
async def tuti(database: Database) -> Staff:
    return await database.account("tuti", unit="disdukcapil")


async def test_who_has_very_much_is_counted_only_so_far(
    database: Database, log_in: LogIn, rina: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_board, "MOST_COUNTED", 2)
    for number in range(3):
        await own(database, await database.file("ktp_hilang"), rina if number else None)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")

    await head.open("/unit")
    assert "Rina Terbuka: 2 " in part(head, "beban")
    assert "masih ada lagi" not in head.words
    await own(database, await database.file("ktp_hilang"), rina)
    await head.open("/unit")
    assert "Rina Terbuka: 2+ Menunggu petugas: 2+" in part(head, "beban")
    assert "sampai 2 perkara" in part(head, "beban")


async def test_load_counts_what_each_has_and_what_nobody_has(
    database: Database, log_in: LogIn, clock: Clock, rina: Staff, tuti: Staff
) -> None:
    late = await database.file("ktp_hilang")
    waits = await database.file("ktp_hilang")
    await database.file("kk_baru")
    await database.file("lampu_jalan", LAMP)
    await own(database, late, rina)
    await own(database, waits, tuti)
    await database.move(waits, Status.INCOMPLETE, "Foto KK tidak terbaca")
    clock.move(timedelta(days=6))
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open(head.links["Unit"])
    load = part(head, "beban")
    days = "Jatuh tempo 3 hari"
    assert f"Rina Terbuka: 1 Menunggu petugas: 1 {days}: 0 Terlambat: 1" in load
    assert f"Tuti Terbuka: 1 Menunggu petugas: 0 {days}: 0 Terlambat: 0" in load
    assert "Belum ada yang mengerjakan Terbuka: 1" in load
    assert "Dukcapil" in head.words
    assert "Semua unit" not in head.words


async def test_what_falls_due_and_what_climbed_are_listed(
    database: Database, log_in: LogIn, rina: Staff
) -> None:
    soon = await database.file("ktp_hilang")
    far = await database.file("kk_baru")
    await own(database, far, rina, due_on=database.reference.due(soon.due_on or far.due_on, 9))
    long_ago = database.reference.working_day_before(database.reference.today(database.clock()), 4)
    late = await database.file("ktp_hilang")
    await own(database, late, rina, due_on=long_ago, reminded=110)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit")
    assert str(soon.code) in part(head, "segera")
    for other in (far, late):
        assert str(other.code) not in part(head, "segera")
    ladder = part(head, "tangga")
    assert f"{late.code} lewat 4 hari kerja janji" in ladder
    assert "Rina" in ladder
    assert str(soon.code) not in ladder


async def test_cases_change_hands_at_once_and_say_so_in_their_history(
    database: Database, log_in: LogIn, rina: Staff, tuti: Staff
) -> None:
    cases = [await database.file("ktp_hilang") for _ in range(3)]
    for case in cases[:2]:
        await own(database, case, rina)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit")
    values = {"dari": str(rina.id), "kepada": str(tuti.id), "catatan": "Rina cuti."}
    await head.press("Serahkan", **values)
    assert "2 sudah diserahkan." in head.words
    owners = [(await database.fresh(case)).owner_id for case in cases]
    assert owners == [tuti.id, tuti.id, None]
    await head.press("Serahkan", dari="0", kepada=str(rina.id))
    assert "1 sudah diserahkan." in head.words
    async with database.sessions() as session:
        kind = select(CaseEvent.reason).where(CaseEvent.kind == EventKind.PASSED_ON)
        assert (await session.scalars(kind.order_by(CaseEvent.id))).all() == [
            "Rina cuti.",
            "Rina cuti.",
            None,
        ]


async def test_only_the_late_ones_change_hands_where_that_is_chosen(
    database: Database, log_in: LogIn, clock: Clock, rina: Staff, tuti: Staff
) -> None:
    late = await database.file("ktp_hilang")
    clock.move(timedelta(days=6))
    fresh = await database.file("ktp_hilang")
    for case in (late, fresh):
        await own(database, case, rina)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit")
    await head.press("Serahkan", dari=str(rina.id), kepada=str(tuti.id), yang="terlambat")
    assert (await database.fresh(late)).owner_id == tuti.id
    assert (await database.fresh(fresh)).owner_id == rina.id


@pytest.mark.parametrize(
    ("dari", "kepada", "said"),
    [
        ("rina", "rina", "orang yang sama"),
        ("rina", "", "Pilih dulu kepada siapa"),
        ("rina", "dewi", "Pilih dulu kepada siapa"),
        ("tuti", "rina", "Tidak ada yang cocok"),
        ("siapa", "rina", "Pilih dulu milik siapa"),
    ],
)
async def test_what_cannot_be_handed_over_is_explained(
    dari: str, kepada: str, said: str, database: Database, log_in: LogIn, rina: Staff, tuti: Staff
) -> None:
    dewi = await database.account("dewi", unit="dishub")
    ids = {"rina": rina.id, "tuti": tuti.id, "dewi": dewi.id}
    case = await database.file("ktp_hilang")
    await own(database, case, rina)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit")
    chosen = {"dari": str(ids.get(dari, dari)), "kepada": str(ids.get(kepada, kepada))}
    await head.press("Serahkan", **chosen, catatan="tolong")
    assert (head.status, said in head.words) == (422, True)
    assert head.form("Serahkan").values["catatan"] == "tolong"
    assert (await database.fresh(case)).owner_id == rina.id


async def test_a_head_sees_the_own_unit_and_no_secrets_and_one_of_all_chooses(
    database: Database, log_in: LogIn
) -> None:
    await database.file("ktp_hilang")
    await database.file("pungli", BRIBE)
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit?unit=inspektorat")
    assert "Belum ada yang mengerjakan Terbuka: 1" in part(head, "beban")
    blind = await log_in("blind", Role.SUPERVISOR, "inspektorat")
    await blind.open("/unit")
    assert "Tidak ada perkara yang terbuka." in blind.words
    chief = await log_in("chief", Role.SUPERVISOR, sees_secret=True)
    await chief.open("/unit")
    assert "Belum ada yang mengerjakan Terbuka: 2" in part(chief, "beban")
    await chief.press("Tampilkan", unit="inspektorat")
    assert "Belum ada yang mengerjakan Terbuka: 1" in part(chief, "beban")
    officer = await log_in("rina", unit="disdukcapil")
    assert "Unit" not in officer.links
    await officer.open("/unit")
    assert officer.status == 403


async def test_questions_between_units_and_causes_are_shown(
    database: Database, log_in: LogIn, rina: Staff
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    dewi = await database.account("dewi", unit="dishub")
    done = await database.file("ktp_hilang")
    async with database.sessions.begin() as session:
        session.add(
            Transfer(
                case_id=case.id,
                kind=TransferKind.ASKING,
                from_unit="dishub",
                to_unit="disdukcapil",
                sent_by=dewi.id,
                note="Apakah pelapor penduduk sini?",
                at=database.clock(),
            )
        )
    await own(database, done, rina, late_cause="tenaga")
    await database.move(done, Status.REJECTED, "Alamat di kabupaten lain")
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    await head.open("/unit")
    asked = part(head, "antar")
    assert "Ditanyakan: Dishub kepada Dukcapil" in asked
    assert "Apakah pelapor penduduk sini?" in asked
    assert "Kekurangan petugas 1" in part(head, "sebab")
