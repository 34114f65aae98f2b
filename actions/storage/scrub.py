"""Re-encodes one file in a process of its own: `python -m actions.storage.scrub foto|dokumen`.

Reads the file from standard input and writes a JPEG or PDF that holds only what is seen:
no EXIF, comments, scripts, forms or embedded files. Exits with 2 when it cannot be read.
Memory and time are limited, so that a bomb ends this process and not the bot.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image
    from pypdf import PdfWriter
    from pypdf.generic import StreamObject

REFUSED = 2
MAX_MEMORY = 1024 * 1024 * 1024
MAX_SECONDS = 15
MAX_PIXELS = 60_000_000
MAX_SIDE = 2400
STRIP = 256
MAX_PAGES = 60
JPEG_QUALITY = 85
PDF_MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024
# What a page may carry besides what is seen: actions, annotations, and notes of the program.
HIDDEN_KEYS = (
    "/AA",
    "/Annots",
    "/B",
    "/LastModified",
    "/Metadata",
    "/OPI",
    "/PieceInfo",
    "/Thumb",
)
JPEG_FILTERS = ("/DCTDecode", ["/DCTDecode"])
_MARKER, _START_OF_SCAN, _NO_LENGTH = 0xFF, 0xDA, frozenset({0x01, *range(0xD0, 0xD9)})
_KEPT_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, colour profile, Adobe's colour transform
_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE}) - _KEPT_SEGMENTS


class RefusedError(Exception):
    """The file is not what it should be, or asks for too much."""


def picture(raw: bytes) -> bytes:
    """A JPEG, PNG or WebP as an upright JPEG without any metadata."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # what counts is the size after `draft`
    with Image.open(BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as opened:
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG unfolds to a part of its size
        if opened.width * opened.height > MAX_PIXELS:
            raise RefusedError
        image = _in_eight_bits(opened) if opened.mode.startswith("I") else opened
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    written = BytesIO()
    plain.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return written.getvalue()


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits a pixel as grey of 8; converting it at once would make it all white."""
    from PIL import Image  # noqa: PLC0415

    grey = Image.new("L", image.size)
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        grey.paste(
            strip.convert("I").point(lambda value: value * (1 / 256)).convert("L"), (0, top)
        )
    grey.info["exif"] = image.info.get("exif", b"")
    return grey


def document(raw: bytes) -> bytes:
    """A PDF rewritten from its pages alone."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    reader = PdfReader(BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError
    if not 0 < len(reader.pages) <= MAX_PAGES:
        raise RefusedError
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        writer.add_page(page, HIDDEN_KEYS)
    for stream in _jpegs(writer):
        stream._data = without_notes(stream._data)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _jpegs(writer: PdfWriter) -> Iterator[StreamObject]:
    """The photographs inside of a PDF, which carry EXIF of their own."""
    from pypdf.generic import StreamObject  # noqa: PLC0415

    for item in writer._objects:
        if isinstance(item, StreamObject) and item.get("/Filter") in JPEG_FILTERS:
            yield item


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP and comments; its picture is not touched."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == _MARKER and jpeg[at + 1] != _START_OF_SCAN:
        kind = jpeg[at + 1]
        long = 0 if kind in _NO_LENGTH else int.from_bytes(jpeg[at + 2 : at + 4])
        segment = jpeg[at : at + 2 + long]
        if kind not in _NOTES:
            kept += segment
        at += len(segment)
    return bytes(kept) + jpeg[at:]


def scrub(raw: bytes, kind: str) -> bytes:
    """The clean file; raises RefusedError, or whatever the readers raise on broken input."""
    if kind == "dokumen" and PDF_MAGIC in raw[:MAGIC_WITHIN]:
        return document(raw)
    return picture(raw)


def main() -> int:
    """Limit this process, then re-encode."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    try:
        clean = scrub(sys.stdin.buffer.read(), sys.argv[1])
    except Exception:  # noqa: BLE001 - the edge: any trouble with a stranger's file is a refusal
        return REFUSED
    sys.stdout.buffer.write(clean)
    return 0


if __name__ == "__main__":
    sys.exit(main())
