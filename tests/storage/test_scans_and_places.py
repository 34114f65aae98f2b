"""Pictures of scanners and telephones: other formats, and where a photo was taken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from actions.domain.messages import FileKind, StoredFile
from actions.storage.confine import is_filtered
from actions.storage.files import Files
from actions.storage.vault import Vault
from tests.storage.pictures import heic, jpeg, jpeg_of_place
from tests.support.databases import SECRET


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files", Vault(SECRET))


def _tiff(mode: str, colour: object, compression: str | None = None) -> bytes:
    written = BytesIO()
    Image.new(mode, (80, 60), colour).save(written, "TIFF", compression=compression)  # type: ignore[arg-type]
    return written.getvalue()


@pytest.mark.parametrize(
    ("raw", "grey"),
    [
        (_tiff("RGB", (128, 128, 128)), 128),
        (_tiff("RGB", (128, 128, 128), "tiff_lzw"), 128),
        (_tiff("I;16", 32768), 128),
        (_tiff("1", 1), 255),
    ],
)
async def test_a_scan_becomes_a_picture_as_it_was(files: Files, raw: bytes, grey: int) -> None:
    stored = await files.store(raw, FileKind.DOCUMENT)

    assert isinstance(stored, StoredFile)
    with Image.open(BytesIO(b"".join(files.content(stored.name)))) as image:
        assert image.size == (80, 60)
        pixel = image.getpixel((40, 30))
        assert isinstance(pixel, tuple)
        assert all(abs(value - grey) < 4 for value in pixel)


@pytest.mark.skipif(not is_filtered(), reason="HEIC is read in a thread, which seccomp lets be")
async def test_a_photo_of_an_iphone_becomes_a_picture(files: Files) -> None:
    stored = await files.store(heic(), FileKind.DOCUMENT)
    assert isinstance(stored, StoredFile)
    assert stored.place is not None
    assert (round(stored.place.latitude, 4), round(stored.place.longitude, 4)) == (
        -6.9147,
        107.6098,
    )
    content = b"".join(files.content(stored.name))
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (600, 400))
        assert not image.getexif()
        red, _, blue = image.getpixel((100, 200))
        assert (red > 200, blue < 60) == (True, True)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ((-6.91474, 107.60981), (-6.91474, 107.60981)),
        ((51.5, -0.12), (51.5, -0.12)),
        ((0.0, 0.0), None),
        (None, None),
    ],
)
async def test_where_a_photo_was_taken_is_told_and_not_kept(
    files: Files, where: tuple[float, float] | None, told: tuple[float, float] | None
) -> None:
    stored = await files.store(jpeg_of_place(*where) if where else jpeg(), FileKind.DOCUMENT)

    assert isinstance(stored, StoredFile)
    place = stored.place and (round(stored.place.latitude, 5), round(stored.place.longitude, 5))
    assert place == told
    with Image.open(BytesIO(b"".join(files.content(stored.name)))) as image:
        assert not image.getexif()
