"""The desk in the console: trays with counts, filters as addresses, pages, and the way back."""

from __future__ import annotations

import re
from datetime import timedelta

from actions.casework.cases import CITIZEN
from actions.casework.desk import PAGE
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import BRIBE, CHAT, LAMP, PASSWORD, Database

EVIL = "<script>alert('warga')</script>"


def _order(officer: Officer, cases: list[Case]) -> list[str]:
    codes = [case.code or "" for case in cases]
    return sorted((code for code in codes if code in officer.html), key=officer.html.index)


async def test_an_empty_desk_says_something_kind(log_in: LogIn) -> None:
    rina = await log_in("rina")
    assert "Semua yang masuk sudah ada yang mengambil" in rina.words
    await rina.open(rina.links["Mendesak 0"])
    assert "Tidak ada yang mendesak" in rina.words


async def test_the_desk_opens_at_what_presses_most(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    lamp = await database.file("lampu_jalan", LAMP)
    clock.move(timedelta(days=1))
    ktp = await database.file()
    rina = await log_in("rina")
    assert "Baru 2" in rina.links
    assert _order(rina, [lamp, ktp]) == [ktp.code, lamp.code], "what is due first"
    assert ktp.due_on is not None
    clock.move(timedelta(days=(ktp.due_on - clock.now.date()).days + 2))
    rina = await log_in("rina")
    assert "hari kerja" in rina.words
    assert _order(rina, [lamp, ktp]) == [ktp.code]
    async with database.sessions.begin() as session:
        (await session.get_one(Case, lamp.id)).urgent = True
    rina = await log_in("rina")
    assert "darurat" in rina.words
    assert _order(rina, [lamp, ktp]) == [lamp.code]


async def test_a_line_says_whose_it_is_what_was_said_last_and_who_has_it(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("rina", name="Rina Sari")
    case = await database.file()
    await database.say(f"NIK saya 3578014507900001 pak {EVIL}")
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        row.owner_id, row.village = account.id, "Sidomulyo"
    rina = await log_in("rina")
    await rina.open("/meja?baki=milik")
    for words in (str(case.answers["nama"]), "Sidomulyo", "Rina Sari", "NIK saya"):
        assert words in rina.words
    assert "3578014507900001" not in rina.html
    assert "<script>alert" not in rina.html


async def test_the_last_word_of_a_chat_with_a_secret_in_it_is_not_shown(
    database: Database, log_in: LogIn
) -> None:
    await database.file(chat=CHAT)
    await database.file("pungli", BRIBE, chat=CHAT)
    await database.say("orang loket itu minta uang")
    rina = await log_in("rina", unit="disdukcapil")
    assert "KTP hilang" in rina.words
    assert "minta uang" not in rina.words


async def test_a_tray_with_its_filters_is_an_address(database: Database, log_in: LogIn) -> None:
    ktp, lamp = await database.file(), await database.file("lampu_jalan", LAMP)
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.press("Tampilkan", unit="dishub")
    assert _order(budi, [ktp, lamp]) == [lamp.code]
    await budi.open("/meja?baki=apa&unit=mana&jenis=itu&hal=x&desa=y&sesudah=kemarin~1")
    assert _order(budi, [ktp, lamp]) == [ktp.code, lamp.code]
    await budi.open("/meja?baki=baru&jenis=laporan&hal=ktp_hilang")
    assert _order(budi, [ktp, lamp]) == []
    await budi.open(budi.links["Hapus saringan"])
    assert len(_order(budi, [ktp, lamp])) == 2


async def test_a_tray_survives_signing_in(database: Database, log_in: LogIn, clock: Clock) -> None:
    lamp = await database.file("lampu_jalan", LAMP)
    await database.file()
    rina = await log_in("rina")
    clock.move(timedelta(days=2))
    await rina.open("/meja?baki=baru&hal=lampu_jalan")
    assert rina.address.startswith("/masuk")
    await rina.press("Masuk", nama="rina", sandi=PASSWORD)
    assert (rina.address, rina.query) == ("/meja", "baki=baru&hal=lampu_jalan")
    assert lamp.code in rina.html


async def test_what_is_over_leaves_the_trays_and_stays_findable(
    database: Database, log_in: LogIn
) -> None:
    officer = await database.account("rina")
    case = await database.file()
    for target in (Status.READY, Status.HANDED_OVER):
        await database.move(case, target, by=officer)
    rina = await log_in("rina")
    assert case.code not in rina.html
    await rina.open(rina.links["Selesai"])
    assert case.code in rina.html


async def test_a_long_tray_has_pages(database: Database, log_in: LogIn) -> None:
    cases = [await database.file() for _ in range(PAGE + 2)]
    rina = await log_in("rina")
    first = _order(rina, cases)
    assert len(first) == PAGE
    await rina.open(rina.links["Berikutnya"])
    assert sorted(first + _order(rina, cases)) == sorted(str(case.code) for case in cases)
    assert "Berikutnya" not in rina.links
    await rina.open(rina.links["Ke awal"])
    assert _order(rina, cases) == first


async def test_escalations_are_a_tray(database: Database, log_in: LogIn) -> None:
    await database.escalation()
    rina = await log_in("rina")
    await rina.open(rina.links["Eskalasi 1"])
    assert rina.address == "/percakapan"
    assert "Baru 0" in rina.links, "the other trays are still there"


async def test_beside_the_list_a_case_comes_without_the_frame(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    (address,) = re.findall(r'href="([^"]+)" data-buka', rina.html)
    beside = {"HX-Request": "true", "HX-Target": "panel"}
    async with rina.client.get(address.replace("&amp;", "&"), headers=beside) as answer:
        html = await answer.text()
    assert str(case.code) in html
    assert "<html" not in html
    async with rina.client.get("/panduan", headers=beside) as answer:
        assert answer.headers["HX-Redirect"] == "/panduan"


async def test_several_are_taken_at_once_and_what_was_taken_stays(
    database: Database, log_in: LogIn
) -> None:
    budi = await database.account("budi")
    cases = [await database.file("sampah", chat=f"tg:{number}") for number in range(3)]
    async with database.sessions.begin() as session:
        (await session.get_one(Case, cases[2].id)).owner_id = budi.id
    rina = await log_in("rina")
    await rina.press("Tambahkan catatan")
    assert "Belum ada yang dicentang" in rina.words
    form = rina.form("Ambil")
    ticked = [("pilih", str(case.id)) for case in cases] + [("pilih", "x"), ("aksi", "ambil")]
    await rina.post(form.action, [*form.values.items(), *ticked])
    assert "2 diambil, 1 tidak bisa" in rina.words
    owners = [(await database.fresh(case)).owner_id for case in cases]
    assert owners[0] == owners[1] != owners[2] == budi.id


async def test_the_way_on_leads_out_of_a_tray_that_acting_empties(
    database: Database, log_in: LogIn
) -> None:
    """What was answered is acted upon, and lies in that tray no more."""
    cases = [await database.file("sampah", chat=f"tg:{number}") for number in range(2)]
    for case in cases:
        await database.move(case, Status.NEEDS_DETAIL, "Di mana?")
        await database.move(case, Status.RECEIVED, by=CITIZEN)
    rina = await log_in("rina")
    for case, following in ((cases[0], f"/permohonan/{cases[1].id}"), (cases[1], "/meja")):
        version = (await database.fresh(case)).version
        sent = {
            "csrf": rina.form("Keluar").values["csrf"],
            "versi": str(version),
            "dari": "baki=dijawab",
            "pilihan": "diverifikasi",
            "berikut": "1",
        }
        await rina.post(f"/permohonan/{case.id}/status", sent)
        assert (rina.status, rina.address) == (200, following)
        assert "Status sudah diubah" in rina.words
