"""Strangers' files: what is kept is what is seen, and bombs end elsewhere."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from actions.catalogue.reference import utc_now
from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage.files import MAX_SIZE, Files
from actions.storage.vault import Vault
from tests.storage.pictures import (
    SECRET_PLACE,
    jpeg,
    pdf,
    pdf_full_of_notes,
    png_that_claims,
)
from tests.support.databases import SECRET


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files", Vault(SECRET))


async def kept(files: Files, raw: bytes, kind: FileKind = FileKind.PHOTO) -> bytes:
    stored = await files.store(raw, kind)
    assert isinstance(stored, StoredFile)
    content = b"".join(files.content(stored.name))
    assert len(content) == stored.size
    return content


async def test_a_photo_loses_its_place_and_its_notes(files: Files) -> None:
    raw = jpeg()
    assert SECRET_PLACE in raw

    content = await kept(files, raw)

    assert SECRET_PLACE not in content
    with Image.open(BytesIO(content)) as image:
        assert image.size == (600, 400)
        assert not image.getexif()
        assert "comment" not in image.info


async def test_a_photo_taken_sideways_is_kept_upright(files: Files) -> None:
    content = await kept(files, jpeg(orientation=6))

    with Image.open(BytesIO(content)) as image:
        assert image.size == (400, 600)
        red, _, blue = image.getpixel((200, 20))
        assert (red > 200, blue < 60) == (True, True), "the red half lies on top"


async def test_a_huge_photo_becomes_small(files: Files) -> None:
    content = await kept(files, jpeg((6000, 4000)))

    with Image.open(BytesIO(content)) as image:
        assert max(image.size) == 2400


async def test_a_jpeg_of_many_pixels_becomes_small(files: Files) -> None:
    raw = BytesIO()
    Image.new("L", (9000, 8000), 90).save(raw, "JPEG", quality=10)

    content = await kept(files, raw.getvalue())

    with Image.open(BytesIO(content)) as image:
        assert max(image.size) == 2400
        assert abs(image.getpixel((10, 10))[0] - 90) < 4


@pytest.mark.parametrize("size", [(600, 200), (3000, 1200)])
async def test_grey_of_sixteen_bits_keeps_its_shades(files: Files, size: tuple[int, int]) -> None:
    half, raw = size[0] // 2, BytesIO()
    row = (10_000).to_bytes(2, "little") * half + (50_000).to_bytes(2, "little") * half
    Image.frombytes("I;16", size, row * size[1]).save(raw, "PNG")

    content = await kept(files, raw.getvalue(), FileKind.DOCUMENT)

    with Image.open(BytesIO(content)) as image:
        middle = image.height // 2
        dark, light = (image.getpixel((x, middle))[0] for x in (20, image.width - 20))
        assert abs(dark - 10_000 / 256) < 4
        assert abs(light - 50_000 / 256) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
async def test_a_picture_of_any_mode_keeps_its_shade(files: Files, mode: str) -> None:
    raw, page = BytesIO(), Image.new("L", (300, 200), 255)
    page.paste(0, (0, 0, 150, 200))
    page.convert(mode).save(raw, "JPEG" if mode == "CMYK" else "PNG")

    content = await kept(files, raw.getvalue(), FileKind.DOCUMENT)

    with Image.open(BytesIO(content)) as image:
        dark, light = (image.getpixel((x, 100))[0] for x in (20, 280))
        assert (dark < 10, light > 245) == (True, True)


async def test_a_see_through_picture_gets_a_white_ground(files: Files) -> None:
    raw = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(raw, "PNG")

    content = await kept(files, raw.getvalue(), FileKind.DOCUMENT)

    with Image.open(BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert min(image.getpixel((25, 25))) > 250


async def test_a_pdf_is_rewritten_from_its_pages(files: Files) -> None:
    raw = pdf(2)
    content = await kept(files, raw, FileKind.DOCUMENT)

    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 2
    assert reader.pages[0].images[0].image.size == (40, 40), "the picture is still there"
    assert not reader.attachments
    assert reader.metadata is None or "/Author" not in reader.metadata
    assert "/Annots" not in reader.pages[0]
    for hidden in (b"/JavaScript", b"app.alert", b"inner file", b"Hidden Author", SECRET_PLACE):
        assert hidden not in content


async def test_notes_of_programs_are_gone_wherever_they_stand(files: Files) -> None:
    raw = pdf_full_of_notes()
    assert raw.count(SECRET_PLACE) > 20

    content = await kept(files, raw, FileKind.DOCUMENT)

    assert SECRET_PLACE not in content
    assert b"/Private" not in content
    page = PdfReader(BytesIO(content)).pages[0]
    assert page.extract_text().strip() == "Hello"
    drawings = page["/Resources"]["/XObject"]
    assert drawings["/OC"].get_data() == b"0 0 50 50 re f", "what is drawn is still there"
    assert page.images[0].image.size == (40, 40)


async def test_a_pdf_with_an_empty_password_is_opened(files: Files) -> None:
    content = await kept(files, pdf(password=""), FileKind.DOCUMENT)

    assert not PdfReader(BytesIO(content)).is_encrypted


@pytest.mark.parametrize(
    ("raw", "kind", "fault"),
    [
        (b"", FileKind.PHOTO, "bukan_gambar"),
        (b"MZ\x90 not a picture", FileKind.PHOTO, "bukan_gambar"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKind.DOCUMENT, "bukan_dokumen"),
        (jpeg()[:300], FileKind.PHOTO, "bukan_gambar"),
        (b"%PDF-1.7 and nothing else", FileKind.DOCUMENT, "bukan_dokumen"),
        (pdf(61), FileKind.DOCUMENT, "bukan_dokumen"),
        (pdf(password="locked"), FileKind.DOCUMENT, "bukan_dokumen"),
        (pdf(), FileKind.PHOTO, "bukan_gambar"),
        (png_that_claims(60_000, 60_000), FileKind.PHOTO, "bukan_gambar"),
        (b"x" * (MAX_SIZE + 1), FileKind.DOCUMENT, "terlalu_besar"),
    ],
    ids=[
        "empty",
        "program",
        "svg",
        "cut off",
        "broken pdf",
        "61 pages",
        "locked pdf",
        "pdf as photo",
        "bomb",
        "too large",
    ],
)
async def test_refused(files: Files, raw: bytes, kind: FileKind, fault: str) -> None:
    assert await files.store(raw, kind) == FileFault(fault)


async def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    hasty = Files(tmp_path, Vault(SECRET), seconds=0.001)

    assert await hasty.store(jpeg(), FileKind.PHOTO) == FileFault("bukan_gambar")


async def test_the_same_content_is_kept_once(files: Files, tmp_path: Path) -> None:
    first = await files.store(jpeg(), FileKind.PHOTO)
    second = await files.store(jpeg(), FileKind.DOCUMENT)

    assert first == second
    assert len(list((tmp_path / "files").glob("*/*"))) == 1


@pytest.mark.parametrize("name", ["../secret.key", "a.jpg", "A" * 64 + ".jpg", "0" * 64 + ".sh"])
def test_no_other_file_can_be_named(files: Files, name: str) -> None:
    with pytest.raises(ValueError, match="stored file"):
        files.path(name)


def swept(files: Files, needed: set[str], older_than: datetime) -> int:
    """Delete what is old and not needed, shelf by shelf."""
    return sum(
        files.sweep(shelf, set(files.old_on(shelf, older_than)) - needed, older_than)
        for shelf in files.shelves()
    )


async def test_the_sweep_spares_what_is_young_or_needed(files: Files) -> None:
    names = []
    for side in (10, 20, 30):
        stored = await files.store(jpeg((side, side)), FileKind.PHOTO)
        assert isinstance(stored, StoredFile)
        names.append(stored.name)
    needed, forgotten, young = names
    now = utc_now()
    long_ago = (now - timedelta(days=3)).timestamp()
    for name in (needed, forgotten):
        os.utime(files.path(name), (long_ago, long_ago))

    assert swept(files, {needed}, now - timedelta(days=1)) == 1

    assert files.path(needed).exists()
    assert files.path(young).exists()
    assert not files.path(forgotten).exists()


async def test_a_file_that_is_sent_again_is_young_again(files: Files) -> None:
    stored = await files.store(jpeg(), FileKind.PHOTO)
    assert isinstance(stored, StoredFile)
    now = utc_now()
    os.utime(files.path(stored.name), (0, 0))

    await files.store(jpeg(), FileKind.PHOTO)

    assert swept(files, set(), now - timedelta(days=1)) == 0
