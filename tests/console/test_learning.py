"""Officers say what a sentence meant; the administrator accepts it, and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import learning
from actions.casework.chats import NOBODY
from actions.casework.learning import PAGE
from actions.casework.staff import Role
from actions.domain.learning import SampleState, Source
from actions.storage.tables import LearningSample
from tests.console.conftest import LogIn
from tests.support.database import Database

SAID = "katepe saya kelupas kie"


async def stored(database: Database) -> list[LearningSample]:
    async with database.sessions() as session:
        found = await session.scalars(select(LearningSample).order_by(LearningSample.id))
        return list(found.all())


async def test_a_sentence_goes_from_the_officer_to_the_admin(
    database: Database, log_in: LogIn
) -> None:
    await database.sample(SAID)
    officer = await log_in("rina")
    await officer.open("/belajar")
    assert "42 % yakin" in officer.words
    assert "ktp_rusak" not in officer.words
    await officer.open(officer.links[SAID])
    assert officer.form("Simpan dan lanjut").values["niat"] == "tanya_syarat"
    await officer.press("Simpan dan lanjut", niat="ajukan_layanan", tentang="ktp_rusak")
    assert officer.address == "/belajar"
    assert "menunggu admin" in officer.words
    (sample,) = await stored(database)
    assert (sample.state, sample.label_intent) == (SampleState.LABELLED, "ajukan_layanan")

    admin = await log_in("kepala", Role.ADMIN)
    await admin.open("/belajar?tab=diberi_arti")
    await admin.open(admin.links[SAID])
    await admin.press("Terima")
    (sample,) = await stored(database)
    assert (sample.state, sample.chat) == (SampleState.ACCEPTED, NOBODY)
    await admin.open("/belajar?tab=diterima")
    assert SAID in admin.links


async def test_an_officer_accepts_nothing(database: Database, log_in: LogIn) -> None:
    await database.sample(SAID)
    officer = await log_in("rina")
    await officer.open("/belajar/1")
    await officer.press("Simpan dan lanjut", niat="sapa", tentang="")
    await officer.open("/belajar/1")
    assert not {"Terima", "Beri arti lagi", "Buang"} & set(officer.buttons)
    csrf = officer.form("Keluar").values["csrf"]
    for way in ("terima", "kembalikan", "buang"):
        await officer.post(f"/belajar/1/{way}", {"csrf": csrf})
        assert officer.status == 403
    assert [s.state for s in await stored(database)] == [SampleState.LABELLED]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"niat": ""}, "Pilih dulu maksud warga."),
        ({"niat": "karangan"}, "Pilih dulu maksud warga."),
        ({"niat": "ajukan_layanan", "tentang": ""}, "perlu layanan atau pengaduan"),
        ({"niat": "ajukan_layanan", "tentang": "sampah"}, "tidak cocok"),
        ({"niat": "sapa", "tentang": "ktp_rusak"}, "tidak cocok"),
        ({"niat": "sapa", "tentang": "", "isi": " 123 "}, "tidak boleh kosong"),
    ],
)
async def test_a_mistake_is_told_beside_its_field_and_the_rest_stays(
    typed: dict[str, str], complaint: str, database: Database, log_in: LogIn
) -> None:
    await database.sample(SAID)
    officer = await log_in("rina")
    await officer.open("/belajar/1")
    await officer.press("Simpan dan lanjut", **typed)
    assert officer.status == 422
    assert complaint in officer.words
    assert 'aria-invalid="true"' in officer.html
    assert [s.state for s in await stored(database)] == [SampleState.NEW]


async def test_what_an_officer_writes_is_masked_again(database: Database, log_in: LogIn) -> None:
    await database.sample(SAID)
    officer = await log_in("rina")
    await officer.open("/belajar/1")
    await officer.press(
        "Simpan dan lanjut", niat="sapa", tentang="", isi="nama saya siti aminah 081234567890"
    )
    assert [s.text for s in await stored(database)] == ["nama saya {nama} {hp}"]


async def test_what_is_dropped_is_forgotten(database: Database, log_in: LogIn) -> None:
    await database.sample(SAID)
    officer = await log_in("rina")
    await officer.open("/belajar/1")
    await officer.press("Buang")
    assert "sudah dibuang" in officer.words
    (sample,) = await stored(database)
    assert (sample.text, sample.chat, sample.state) == ("", NOBODY, SampleState.DROPPED)
    await officer.open("/belajar/1")
    assert officer.status == 404


async def test_two_at_once_have_one_effect(database: Database, log_in: LogIn) -> None:
    await database.sample(SAID)
    one, admin = await log_in("rina"), await log_in("kepala", Role.ADMIN)
    await one.open("/belajar/1")
    await admin.open("/belajar/1")
    await admin.press("Simpan dan lanjut", niat="sapa", tentang="")
    await admin.open("/belajar/1")
    await admin.press("Terima")
    await one.press("Simpan dan lanjut", niat="tolak", tentang="")
    assert "sudah diputuskan orang lain" in one.words
    (sample,) = await stored(database)
    assert (sample.label_intent, sample.state) == ("sapa", SampleState.ACCEPTED)


async def test_the_list_is_read_page_by_page_and_by_reason(
    database: Database, log_in: LogIn
) -> None:
    for number in range(PAGE + 1):
        await database.sample(f"kalimat {number} ya", chat=f"tg:{number}")
    await database.sample("yang lain lagi", source=Source.NOT_THAT)
    officer = await log_in("rina")
    await officer.open("/belajar")
    assert "kalimat 2 ya" in officer.links
    assert "kalimat 1 ya" not in officer.links
    await officer.open(officer.links["Lebih lama"])
    assert {"kalimat 1 ya", "kalimat 0 ya", "Yang terbaru"} <= set(officer.links)
    await officer.open("/belajar")
    await officer.press("Tampilkan", sumber="bukan_itu")
    assert "yang lain lagi" in officer.links
    assert "kalimat 2 ya" not in officer.links
    await officer.open("/belajar?tab=karangan&sumber=apa&sebelum=-3")
    assert officer.status == 200


async def test_citizens_words_are_never_markup(database: Database, log_in: LogIn) -> None:
    await database.sample("<b>tebal</b> ya pak")
    officer = await log_in("rina")
    await officer.open("/belajar/1")
    assert "<b>tebal" not in officer.html


async def test_a_meaning_that_is_gone_is_said_to_be_gone(
    database: Database, log_in: LogIn
) -> None:
    await database.sample(SAID)
    async with database.sessions.begin() as session:
        sample = await session.get_one(LearningSample, 1)
        sample.intent = "dulu_ada"
    officer = await log_in("rina")
    await officer.open("/belajar")
    assert "Maksud yang sudah tidak ada" in officer.words
    assert "dulu_ada" not in officer.words


async def test_old_sentences_are_forgotten_but_for_accepted_ones(database: Database) -> None:
    await database.sample("yang pertama", chat="tg:1")
    await database.sample("yang kedua", chat="tg:2")
    async with database.sessions.begin() as session:
        sample = await session.get_one(LearningSample, 1)
        sample.state = SampleState.ACCEPTED
    database.clock.move(timedelta(days=181))
    async with database.sessions.begin() as session:
        assert await learning.prune(session, database.clock.now, timedelta(days=180)) == 1
    assert [s.text for s in await stored(database)] == ["yang pertama"]
