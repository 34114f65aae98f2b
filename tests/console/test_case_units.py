"""Cases that go to other units, and cases that belong together."""

from __future__ import annotations

from sqlalchemy import select

from actions.storage.tables import Case, Outbox, Transfer
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.support.database import CHAT, LAMP, OTHER_CHAT, Database

NIK, PHONE = "3578014507900001", "0812-3456-7890"


async def _open(officer: Officer, case: Case, query: str = "") -> None:
    await officer.open(f"/permohonan/{case.id}{query}")
    assert officer.status == 200


async def _told(database: Database, chat: str = CHAT) -> list[str]:
    async with database.sessions() as session:
        rows = await session.scalars(select(Outbox.payload).where(Outbox.chat == chat))
        return [row["text"] for row in rows]


async def test_another_unit_accepts_and_only_then_the_citizen_is_told(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await dewi.open(f"/permohonan/{case.id}")
    assert dewi.status == 404
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    assert "warga belum dikabari" in rina.words
    await _open(dewi, case)
    assert "Dishub mengirim ini ke Dinas PU" in dewi.words
    assert "Tolak" not in dewi.buttons, "it is asked, and not its own yet"
    await dewi.press("Terima")
    assert (dewi.status, "Sekarang unit Anda" in dewi.words) == (200, True)
    assert await _told(database) == [
        f"{case.code}, Lampu jalan mati: sekarang ditangani Dinas PU."
    ]
    await rina.open(f"/permohonan/{case.id}")
    assert rina.status == 404


async def test_a_guest_answers_and_does_nothing_else(database: Database, log_in: LogIn) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await _open(rina, case)
    await rina.press("Tanya unit lain", pilihan="pupr", isi="tiangnya milik siapa?")
    await _open(dewi, case)
    proof = dewi.form("Kirim jawaban").values
    for path in (
        "status",
        "tulis",
        "catatan",
        "ambil",
        "serahkan",
        "kirim-unit",
        "gabung",
        "pecah",
    ):
        await dewi.post(f"/permohonan/{case.id}/{path}", {**proof, "pilihan": "ditolak"})
        assert dewi.status == 404, path
    await _open(dewi, case)
    await dewi.press("Kirim jawaban", isi="milik PLN")
    assert (dewi.address, "Jawaban sudah dikirim" in dewi.words) == ("/meja", True)
    await dewi.open(f"/permohonan/{case.id}")
    assert dewi.status == 404
    await _open(rina, case)
    assert "Jawaban Dinas PU" in rina.words
    assert "milik PLN" in rina.words
    assert (await database.fresh(case)).unit == "dishub"


async def test_two_who_answer_lose_no_words(database: Database, log_in: LogIn) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina", unit="dishub")
    dewi, doni = await log_in("dewi", unit="pupr"), await log_in("doni", unit="pupr")
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    await _open(dewi, case)
    await _open(doni, case)
    await dewi.press("Kembalikan", isi="bukan, ini provinsi")
    await doni.press("Kembalikan", isi="sudah saya cek ke lapangan")
    assert (doni.status, "Tidak ada di unit Anda" in doni.words) == (404, True)
    assert "sudah saya cek ke lapangan" in doni.html
    async with database.sessions() as session:
        row = (await session.scalars(select(Transfer))).one()
        assert (row.outcome, row.answer) == ("dikembalikan", "bukan, ini provinsi")


async def test_the_sender_takes_it_back_and_the_other_unit_may_not(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    form = rina.form("Tarik kembali dari Dinas PU")
    csrf = dewi.form("Keluar").values["csrf"]
    await dewi.post(form.action, {**form.values, "csrf": csrf})
    assert dewi.status == 403
    accept = {**form.values, "hasil": "terima"}
    await rina.post(form.action, accept)
    assert rina.status == 403, "one's own parcel is not accepted"
    await _open(rina, case)
    await rina.press("Tarik kembali dari Dinas PU")
    assert (await database.fresh(case)).awaits == "petugas"


async def test_cases_are_joined_answered_together_and_parted(
    database: Database, log_in: LogIn
) -> None:
    parent = await database.file("lampu_jalan", LAMP, chat=CHAT)
    child = await database.file("lampu_jalan", LAMP, chat=OTHER_CHAT)
    rina = await log_in("rina")
    await _open(rina, child)
    assert "Yang serupa di Mekarsari" in rina.words
    assert any(str(parent.code) in link for link in rina.links)
    for wrong in ("yang kemarin", "SKM-222-222"):
        await rina.press("Gabungkan dengan yang sama", isi=wrong)
        assert (rina.status, "induk tidak ditemukan" in rina.words) == (422, True)
    await rina.press("Gabungkan dengan yang sama", isi=str(parent.code))
    assert f"Digabung dengan {parent.code}" in rina.words
    await _open(rina, parent)
    await rina.press("Kirim ke semua", isi="Lampu diganti besok.")
    for chat in (CHAT, OTHER_CHAT):
        assert (await _told(database, chat))[-1].endswith("Lampu diganti besok.")
    await _open(rina, child)
    await rina.press("Pisahkan lagi")
    assert (await database.fresh(child)).parent_id is None


async def test_a_case_is_split_and_both_know_of_each_other(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina")
    await _open(rina, case)
    await rina.press("Pecah jadi dua", pilihan="")
    assert (rina.status, "belum dipilih" in rina.words) == (422, True)
    await rina.press("Pecah jadi dua", pilihan="banjir_drainase")
    async with database.sessions() as session:
        part = (await session.scalars(select(Case).where(Case.parent_id == case.id))).one()
    assert any(str(part.code) in link for link in rina.links)
    await _open(rina, part)
    assert any(str(case.code) in link for link in rina.links)


async def test_the_same_persons_other_cases_stand_beside_it_but_no_secret_ones(
    database: Database, log_in: LogIn
) -> None:
    case, other = await database.file(), await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina")
    await _open(rina, case)
    assert "Urusan lain dari orang ini" in rina.words
    assert f"Lampu jalan mati {other.code}" in rina.links
    async with database.sessions.begin() as session:
        (await session.get_one(Case, other.id)).secret = True
    await _open(rina, case)
    assert str(other.code) not in rina.html
