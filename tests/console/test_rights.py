"""What citizens ask for by their rights: officers of the case's unit see it, and answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import happenings, notes, privacy_requests
from actions.casework.staff import Role
from actions.storage.tables import AccessLog, Case, PrivacyRequest, SearchTerm
from tests.console.conftest import LogIn, Woken
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import BRIBE, CHAT, Database

WISH = "NIK saya salah, yang benar 3299014107850002"
SEND = "Simpan dan kabari warga"


async def ask(database: Database, case: Case | None = None, text: str = WISH) -> PrivacyRequest:
    filed = case or await database.file()
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, filed.id)
        return await privacy_requests.ask_correction(session, row, text, database.clock())


async def fresh(database: Database, request: PrivacyRequest) -> PrivacyRequest:
    async with database.sessions() as session:
        return await session.get_one(PrivacyRequest, request.id)


async def at(log_in: LogIn, request: PrivacyRequest, *account: object) -> Officer:
    officer = await log_in("rina", *account)
    await officer.open(f"/hak/{request.id}")
    return officer


async def test_the_list_shows_what_waits_with_its_clock(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    rina = await log_in("rina")
    await rina.open("/hak")
    assert "Tidak ada permintaan yang menunggu" in rina.words

    request = await ask(database)
    clock.move(timedelta(hours=24, minutes=30))
    rina = await log_in("rina")
    await rina.open("/hak")
    assert "sisa 1 hari 23 jam" in rina.words
    assert "3299014107850002" not in rina.html, "the words stand on a page that is logged"
    clock.move(timedelta(hours=50))
    rina = await at(log_in, request)
    assert "lewat 2 jam" in rina.words
    assert WISH in rina.words


async def test_only_who_may_see_the_case_sees_what_is_asked_about_it(
    database: Database, log_in: LogIn
) -> None:
    secret = await ask(database, await database.file("pungli", BRIBE))
    stranger = await log_in("budi", Role.OFFICER, "dlh")
    await stranger.open("/hak")
    assert "Tidak ada permintaan yang menunggu" in stranger.words
    await stranger.open(f"/hak/{secret.id}")
    assert stranger.status == 404
    await stranger.open("/hak/999")
    assert stranger.status == 404


async def test_opening_one_is_written_to_the_trail(database: Database, log_in: LogIn) -> None:
    request = await ask(database)
    await at(log_in, request)
    async with database.sessions() as session:
        assert (await session.scalars(select(AccessLog.action))).all() == ["nomor"]


async def test_an_answer_is_corrected_found_again_and_told(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    request = await ask(database)
    async with database.sessions() as session:
        before = set((await session.scalars(select(SearchTerm.term))).all())
    rina = await at(log_in, request)
    await rina.press(SEND, tindakan="betulkan", isian="nik", nilai="3299 0141 0785 0002")
    assert "Permintaan sudah dijawab" in rina.words

    async with database.sessions() as session:
        case = await session.get_one(Case, request.case_id)
        assert case.answers["nik"] == "3299014107850002"
        assert case.answers["nama"] == "Siti Aminah"
        assert set((await session.scalars(select(SearchTerm.term))).all()) != before
        assert "NIK" in (await notes.of_case(session, case))[0].text
    done = await fresh(database, request)
    assert (done.result, done.done_at) == ("dipenuhi", database.clock.now)
    assert await database.told() == ["hak.kabar.dipenuhi"]
    assert woken.times == 1
    await rina.open("/hak")
    assert "Tidak ada permintaan yang menunggu" in rina.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tindakan": "betulkan", "isian": "nik", "nilai": "12"}, "belum bisa dibaca"),
        ({"tindakan": "betulkan", "isian": "", "nilai": "12"}, "Pilih dulu isian"),
        ({"tindakan": "betulkan", "isian": "surat_polisi", "nilai": "x"}, "Pilih dulu isian"),
        ({"tindakan": "tolak"}, "Tulis dulu keterangannya"),
        ({"tindakan": "selesai"}, "Tulis dulu keterangannya"),
        ({"tindakan": "hapus"}, "Pilih dulu apa yang dilakukan"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_changes(
    database: Database, log_in: LogIn, typed: dict[str, str], said: str
) -> None:
    request = await ask(database)
    rina = await at(log_in, request)
    await rina.press(SEND, **typed)

    assert rina.status == 422
    assert said in rina.words
    assert rina.form(SEND).values["nilai"] == typed.get("nilai", "")
    assert (await fresh(database, request)).done_at is None
    assert await database.told() == []


async def test_a_refusal_is_told_with_its_reason(database: Database, log_in: LogIn) -> None:
    request = await ask(database)
    rina = await at(log_in, request)
    await rina.press(SEND, tindakan="tolak", keterangan="Sudah sesuai KK.")

    done = await fresh(database, request)
    assert (done.result, done.outcome) == ("ditolak", "Sudah sesuai KK.")
    assert await database.told() == ["hak.kabar.ditolak"]
    await rina.open(f"/hak/{request.id}")
    assert "tidak dapat dipenuhi" in rina.words
    assert SEND not in rina.buttons


async def test_of_two_officers_one_answers(database: Database, log_in: LogIn) -> None:
    request = await ask(database)
    rina, sari = await at(log_in, request), await log_in("sari")
    await sari.open(f"/hak/{request.id}")
    await sari.press(SEND, tindakan="tolak", keterangan="Tidak bisa.")
    await rina.press(SEND, tindakan="betulkan", isian="nama", nilai="Siti Aminah Umar")

    assert rina.status == 409
    assert "sudah dijawab orang lain" in rina.words
    async with database.sessions() as session:
        assert (await session.get_one(Case, request.case_id)).answers["nama"] == "Siti Aminah"
    assert await database.told(CHAT) == ["hak.kabar.ditolak"]


async def test_the_menu_counts_what_waits_and_the_bell_rings(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    rina = await log_in("rina", Role.OFFICER, "disdukcapil")
    assert "Hak data" in rina.links
    async with database.sessions.begin() as session:
        await happenings.tell(session, database.reference, clock())
    await ask(database)
    clock.move(timedelta(seconds=30))
    async with database.sessions.begin() as session:
        assert await happenings.tell(session, database.reference, clock()) == 1
    await rina.open("/pemberitahuan")

    assert "Hak data 1 menunggu" in rina.links
    assert "minta isiannya dibetulkan" in rina.words
    stranger = await log_in("budi", Role.OFFICER, "dishub")
    assert "Hak data" in stranger.links
