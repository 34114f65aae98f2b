"""Citizens' files: only for whoever may see the case, and seen where they can do nothing."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import select

from actions.casework import cases
from actions.domain.messages import StoredFile
from actions.storage.tables import AccessLog, Attachment, Case
from tests.console.conftest import LogIn
from tests.support.database import KTP, Database


@pytest.fixture
async def photo(database: Database) -> StoredFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(content, "JPEG")
    return await database.picture(content.getvalue())


async def _attachment(database: Database) -> Attachment:
    async with database.sessions() as session:
        return (await session.scalars(select(Attachment))).one()


async def test_a_file_is_a_download_named_after_its_case(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    account = await database.account("rina", unit="disdukcapil")
    case = await database.file(file=photo)
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    answer = await rina.client.get(rina.links["Unduh Surat kehilangan dari kepolisian"])
    content = await answer.read()
    assert (answer.status, answer.content_type) == (200, "image/jpeg")
    assert content == b"".join(database.files.content(photo.name))
    file = await _attachment(database)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{case.code}-surat_polisi-{file.id}.jpg"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    async with database.sessions() as session:
        looks = (await session.scalars(select(AccessLog).order_by(AccessLog.id))).all()
    assert [(x.action, x.staff_id) for x in looks] == [
        ("buka", account.id),
        ("berkas", account.id),
    ]


async def test_a_picture_is_seen_in_the_page_where_it_can_do_nothing(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    case = await database.file(answers={**KTP, "surat_polisi": "foto"}, file=photo)
    file, rina = await _attachment(database), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    address = f"/permohonan/{case.id}/berkas/{file.id}"
    assert f'<img src="{address}"' in rina.html
    for _ in range(2):
        answer = await rina.client.get(address)
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Frame-Options"] == "DENY"
    async with database.sessions() as session:
        looks = (await session.scalars(select(AccessLog.action).order_by(AccessLog.id))).all()
    assert list(looks) == ["buka", "berkas"], "the pictures of one look are one line"


async def test_a_document_is_seen_in_a_frame_of_our_page_only(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    case = await database.file()
    async with database.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        paper = StoredFile(photo.name, "application/pdf", photo.size)
        cases.attach(session, fresh, "surat_polisi", paper, database.clock.now)
    file, rina = await _attachment(database), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    address = f"/permohonan/{case.id}/berkas/{file.id}"
    assert f'<iframe src="{address}"' in rina.html
    answer = await rina.client.get(address)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'self'" in policy
    kept = await rina.client.get(f"{address}?unduh=1")
    assert kept.headers["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in kept.headers["Content-Security-Policy"]


async def test_other_units_and_strangers_get_no_file(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    case = await database.file(file=photo)
    file = await _attachment(database)
    address = f"/permohonan/{case.id}/berkas/{file.id}"
    dewi = await log_in("dewi", unit="dishub")
    await dewi.open(address)
    assert dewi.status == 404
    dewi.client.session.cookie_jar.clear()
    await dewi.open(address)
    assert dewi.address == "/masuk"
    for path in (f"/static/{photo.name}", f"/static/../../../{photo.name}", f"/{photo.name}"):
        assert (await dewi.client.get(path)).status == 404


async def test_a_file_is_not_found_under_another_case(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    await database.file(file=photo)
    file, other = await _attachment(database), await database.file()
    rina = await log_in("rina", unit="disdukcapil")
    await rina.open(f"/permohonan/{other.id}/berkas/{file.id}")
    assert rina.status == 404


@pytest.mark.parametrize(
    "name", ["../balai.db", "/etc/passwd", "..%2fbalai.db", "a" * 64 + ".jpg", "", "x\x00.jpg"]
)
async def test_a_name_that_is_no_stored_file_leads_nowhere(
    name: str, database: Database, log_in: LogIn
) -> None:
    case = await database.file(file=StoredFile(name, "image/jpeg", 10))
    file = await _attachment(database)
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}/berkas/{file.id}")
    assert rina.status == 404


async def test_an_unexpected_type_is_sent_as_plain_bytes(
    database: Database, log_in: LogIn, photo: StoredFile
) -> None:
    case = await database.file()
    async with database.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        odd = StoredFile(photo.name, "text/html", photo.size)
        cases.attach(session, fresh, 'a"b\r\nX: y', odd, database.clock.now)
    file = await _attachment(database)
    rina = await log_in("rina")
    answer = await rina.client.get(f"/permohonan/{case.id}/berkas/{file.id}")
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].endswith(f'-abXy-{file.id}"')
