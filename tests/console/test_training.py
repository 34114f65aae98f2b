"""The administrator trains, sees old against new, puts the new model to work, or goes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from actions.casework.staff import Role
from actions.domain.learning import SampleState
from actions.storage.tables import LearningSample, SettingChange
from bot.console import make_console
from bot.nlu.workshop import Workshop
from bot.settings import Settings
from tests.console.browser import WIDTHS, Seat, act
from tests.console.conftest import LogIn, Woken
from tests.support.database import CHAT, Database
from tests.support.running_bot import dependencies
from tests.support.workshop import SHIPPED, Bringup, Makes

SAID = "katepe saya kelupas kie"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / SHIPPED).write_text("a model")
    return Settings(_env_file=None, var_dir=tmp_path)


@pytest.fixture
async def makes(settings: Settings) -> Makes:
    return Makes(settings.models_dir)


@pytest.fixture
async def workshop(settings: Settings, makes: Makes) -> Workshop:
    return Workshop(settings, Bringup(settings, makes), makes)


@pytest.fixture
async def server(
    database: Database, woken: Woken, workshop: Workshop
) -> AsyncIterator[TestServer]:
    deps = dependencies(database.sessions, database.clock, database.folder)
    server = TestServer(make_console(deps, woken, secure_cookies=False, workshop=workshop))
    await server.start_server()
    yield server
    await server.close()


async def keep(database: Database, state: SampleState) -> None:
    """A sentence that has come so far."""
    kept = await database.sample(SAID)
    async with database.sessions.begin() as session:
        sample = await session.get_one(LearningSample, kept.id)
        sample.state = state
        sample.label_intent, sample.label_target = "ajukan_layanan", "ktp_rusak"


async def test_from_accepted_to_work_and_back(
    database: Database, log_in: LogIn, workshop: Workshop, settings: Settings
) -> None:
    await keep(database, SampleState.ACCEPTED)
    admin = await log_in("kepala", Role.ADMIN)
    await admin.open("/belajar/model")
    assert "Model bawaan" in admin.words
    await admin.press("Latih")
    await workshop.ready()
    learnt = (settings.learnt_dir / "diterima.yml").read_text()
    assert f'{{"teks": "{SAID}", "niat": "ajukan_layanan", "target": "ktp_rusak"}}' in learnt
    assert CHAT not in learnt

    await admin.open("/belajar/model")
    for told in ("94,7 %", "94,6 %", "1 dari 1", "katepe pecah", "katepe kelupas"):
        assert told in admin.words
    assert "ktp_rusak" not in admin.words
    await admin.press("Pakai model baru")
    assert "Model baru sudah bekerja" in admin.words
    assert "Model dengan 1 kalimat" in admin.words
    assert workshop.at_work != SHIPPED
    await admin.press("Kembali ke model sebelumnya")
    assert workshop.at_work == SHIPPED
    async with database.sessions() as session:
        changes = (await session.scalars(select(SettingChange))).all()
    assert [change.sheet for change in changes] == ["model", "model"]
    await admin.open("/pengaturan/riwayat")
    assert "Model bahasa" in admin.words


async def test_progress_is_told_and_a_second_training_waits(
    database: Database, log_in: LogIn, workshop: Workshop, makes: Makes
) -> None:
    await keep(database, SampleState.ACCEPTED)
    admin = await log_in("kepala", Role.ADMIN)
    makes.hold.clear()
    await admin.open("/belajar/model")
    csrf = admin.form("Latih").values["csrf"]
    await admin.press("Latih")
    await admin.open("/belajar/model/kemajuan")
    assert "Sedang dilatih. (3 dari 9)" in admin.words
    assert '<progress aria-label="Kemajuan latihan" value="3" max="9">' in admin.html
    await admin.post("/belajar/model/latih", {"csrf": csrf})
    assert "Latihan lain sedang berjalan" in admin.words
    makes.hold.set()
    await workshop.ready()
    await admin.open("/belajar/model/kemajuan")
    assert "Lihat hasilnya" in admin.links


async def test_a_model_of_that_name_must_be_there(database: Database, log_in: LogIn) -> None:
    await database.account("rina")
    admin = await log_in("kepala", Role.ADMIN)
    csrf = admin.form("Keluar").values["csrf"]
    for path in ("pakai", "kembali"):
        await admin.post(f"/belajar/model/{path}", {"csrf": csrf, "model": "../../etc/passwd"})
        assert "tidak ada yang diubah" in admin.words


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
async def test_a_sentence_is_labelled_accepted_and_learnt(
    width: int, scripts: bool, seat: Seat, database: Database, workshop: Workshop
) -> None:
    await database.account("rina")
    await database.account("kepala", Role.ADMIN)
    await keep(database, SampleState.NEW)

    def turn() -> None:
        seat.screen(width)
        seat.log_in("rina")
        seat.scripts(on=scripts)
        seat.follow("Belajar")
        seat.follow(SAID)
        seat.press("Simpan dan lanjut")
        seat.sees("menunggu admin")
        seat.scripts(on=True)
        seat.log_in("kepala")
        seat.scripts(on=scripts)
        seat.open("/belajar?tab=diberi_arti")
        seat.follow(SAID)
        seat.press("Terima")
        seat.sees("Kalimatnya diterima")
        seat.follow("Model bahasa")
        seat.press("Latih")
        seat.sees("Latihan dimulai")

    def use() -> None:
        seat.open("/belajar/model")
        seat.sees("katepe pecah")
        assert seat.overflow() == 0
        seat.press("Pakai model baru")
        seat.sees("Model baru sudah bekerja")

    await act(turn)
    await workshop.ready()
    await act(use)
    assert workshop.at_work != SHIPPED
