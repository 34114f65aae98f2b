"""One case, and moving it on."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from actions.casework import erasure
from actions.casework.cases import CITIZEN
from actions.casework.staff import Role
from actions.domain.status import Actor, CaseKind, Status, moves, status_of
from actions.forms.engine import WRITTEN
from actions.storage.tables import AccessLog, Case, CaseEvent, Outbox
from tests.console.conftest import LogIn, Woken
from tests.support.database import CHAT, KTP, LAMP, Database

EVIL = "<script>alert('warga')</script>\"'><img src=x onerror=alert(1)>"


async def _status(database: Database, case: Case) -> str:
    async with database.sessions() as session:
        return (await session.get_one(Case, case.id)).status


async def test_drafts_belong_to_their_citizen(database: Database, log_in: LogIn) -> None:
    draft = await database.draft("ktp_hilang", KTP)
    budi = await log_in("budi", Role.SUPERVISOR)
    assert "Baru 0" in budi.links
    assert "Menunggu warga 0" in budi.links
    await budi.open(f"/permohonan/{draft.id}")
    assert budi.status == 404


async def test_a_case_shows_what_was_asked_with_its_numbers_hidden(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert "Siti Aminah" in rina.words
    assert "3578••••••••0001" in rina.words
    assert KTP["nik"] not in rina.html
    await rina.press("Tampilkan NIK, KK, dan nomor HP")
    assert KTP["nik"] in rina.words
    await rina.open(f"/permohonan/{case.id}")
    assert KTP["nik"] not in rina.html
    async with database.sessions() as session:
        looks = (await session.scalars(select(AccessLog.action).order_by(AccessLog.id))).all()
    assert list(looks) == ["buka", "nomor", "buka"]


async def test_an_answer_shows_the_words_that_it_was_read_from(
    database: Database, log_in: LogIn
) -> None:
    words = {"nama": "sy siti nik 3578014107850001", "nik": "nik sy 3578 0141 0785 0001"}
    case = await database.file(answers={**KTP, WRITTEN: words})
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert "Ditulis warga: sy siti nik 3578••••••••0001" in rina.words
    assert "0141 0785" not in rina.html
    assert KTP["nik"] not in rina.html
    await rina.press("Tampilkan NIK, KK, dan nomor HP")
    assert "Ditulis warga: nik sy 3578 0141 0785 0001" in rina.words


async def test_supervisors_see_who_opened_a_case(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    rina, budi = await log_in("rina"), await log_in("budi", Role.SUPERVISOR)
    await rina.open(f"/permohonan/{case.id}")
    assert "Yang pernah membuka" not in rina.words
    await rina.press("Tampilkan NIK, KK, dan nomor HP")
    await budi.open(f"/permohonan/{case.id}")
    assert "Rina melihat NIK dan KK" in budi.words
    assert "Budi membuka" in budi.words


async def test_a_question_left_to_the_officer_stands_out(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file(answers={**KTP, "nik": None, "hp": None})
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert "NIK belum diisi, tanyakan kepada warga" in rina.words
    assert "Tampilkan NIK, KK, dan nomor HP" not in rina.buttons


async def test_an_erased_case_still_opens(database: Database, log_in: LogIn) -> None:
    case = await database.file(answers={})
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert "Tidak ada isian" in rina.words


async def test_citizens_words_are_never_markup(database: Database, log_in: LogIn) -> None:
    officer = await database.account("rina")
    await database.say(EVIL)
    case = await database.file(answers={**KTP, "nama": EVIL})
    await database.move(case, Status.REJECTED, EVIL, by=officer)
    escalation = await database.escalation(
        case=case, understood={"topik": EVIL, "niat": [{"name": EVIL, "confidence": 0.9}]}
    )
    database.clock.move(timedelta(minutes=1))
    await database.say(EVIL)
    rina = await log_in("rina")
    for path in (
        f"/permohonan/{case.id}",
        f"/percakapan/{escalation.id}",
        "/percakapan",
        f"/percakapan/{escalation.id}/baris",
    ):
        await rina.open(path)
        assert rina.status == 200
        assert "<script>alert" not in rina.html
        assert "<img src=x" not in rina.html
        assert "&lt;script&gt;" in rina.html


async def test_a_change_of_status_reaches_the_citizen_and_the_history(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    await rina.press("Minta dilengkapi", isi=" Foto KK\r\nbelum terbaca. ")
    assert "Status sudah diubah" in rina.words
    assert "Belum lengkap Rina" in rina.words
    assert woken.times == 1
    async with database.sessions() as session:
        event = (await session.scalars(select(CaseEvent))).all()[-1]
        told = (await session.scalars(select(Outbox))).all()
    assert (event.to_status, event.reason) == ("belum_lengkap", "Foto KK\nbelum terbaca.")
    assert (event.actor, event.staff_id is not None) == ("petugas", True)
    assert [m.payload["key"] for m in told] == ["kabar.belum_lengkap"]
    assert "Foto KK\nbelum terbaca." in told[0].payload["text"]
    await rina.open(f"/permohonan/{case.id}")
    assert "Status sudah diubah" not in rina.words, "a notice is shown once"


async def test_a_status_that_needs_words_does_not_move_without_them(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    await rina.press("Tolak", isi="   ")
    assert (rina.status, "perlu keterangan" in rina.words) == (422, True)
    await rina.press("Tolak", isi="Alamat di luar kabupaten.")
    assert await _status(database, case) == "ditolak"
    assert woken.times == 1


async def test_what_has_no_field_any_more_is_still_there_to_be_copied(
    database: Database, log_in: LogIn
) -> None:
    officer = await database.account("sari")
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    await database.move(case, Status.REJECTED, "alamat di luar", by=officer)
    await rina.press("Siap diambil", isi="sudah <b>saya</b> tulis")
    assert (rina.status, "sudah diubah orang lain" in rina.words) == (409, True)
    assert "Siap diambil" not in rina.buttons
    assert "sudah &lt;b&gt;saya&lt;/b&gt; tulis" in rina.html
    await rina.post(
        f"/permohonan/{case.id}/status", {**rina.form("Simpan catatan").values, "isi": "lagi"}
    )
    assert (rina.status, "belum dipilih" in rina.words, "lagi" in rina.html) == (422, True, True)


async def test_only_moves_of_the_table_are_offered(database: Database, log_in: LogIn) -> None:
    officer = await database.account("budi", Role.SUPERVISOR)
    case = await database.file("lampu_jalan", LAMP)
    budi = await log_in("budi")
    for target in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        await budi.open(f"/permohonan/{case.id}")
        offered = {form.values.get("pilihan") for form in budi.forms if "/status" in form.action}
        assert target in offered
        current = status_of(await _status(database, case))
        assert offered == set(moves(CaseKind.COMPLAINT, current, Actor.OFFICER))
        await database.move(case, target, by=officer)


async def test_a_move_that_the_table_does_not_have_is_refused(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    form = rina.form("Tolak")
    for target in ("diserahkan", "kedaluwarsa", "selesai"):
        await rina.post(form.action, {**form.values, "pilihan": target})
        assert rina.status == 409
    await rina.post(form.action, {**form.values, "pilihan": "terbang"})
    assert rina.status == 422
    assert await _status(database, case) == "diajukan"


async def test_a_duplicate_needs_the_code_of_another_complaint(
    database: Database, log_in: LogIn
) -> None:
    first, second = [await database.file("lampu_jalan", LAMP) for _ in range(2)]
    ktp = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{second.id}")
    for wrong in ("yang kemarin", "SKM-222-222", str(second.code), str(ktp.code)):
        await rina.press("Tutup sebagai laporan yang sama", isi=wrong)
        assert (rina.status, "induk tidak ditemukan" in rina.words) == (422, True)
    await rina.press("Tutup sebagai laporan yang sama", isi=str(first.code).lower())
    assert await _status(database, second) == "duplikat"
    assert f"{first.code}" in rina.words


async def test_a_case_of_a_service_that_is_gone_still_opens(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    async with database.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        fresh.slug, fresh.unit = "surat_jalan", "dinas_lama"
    rina = await log_in("rina")
    assert "surat_jalan" in rina.words
    await rina.open(f"/permohonan/{case.id}")
    assert (rina.status, "dinas_lama" in rina.words) == (200, True)


async def test_no_address_holds_what_citizens_wrote(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    rina = await log_in("rina")
    pages = ["/meja", f"/permohonan/{case.id}", "/percakapan"]
    for path in pages:
        await rina.open(path)
        for address in [*rina.links.values(), rina.address]:
            assert not any(str(v) in address for v in [*KTP.values(), case.code] if v)


async def test_an_erased_case_says_so_and_cannot_be_written_to(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    await database.move(case, Status.CANCELLED, by=CITIZEN)
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    letter = rina.form("Kirim pesan")
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    await rina.open(f"/permohonan/{case.id}")
    assert "Isinya sudah dihapus" in rina.words
    assert "Kirim pesan" not in rina.html
    await rina.post(letter.action, {**letter.values, "isi": "halo"})
    assert rina.status == 404
