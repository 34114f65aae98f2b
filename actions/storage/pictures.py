"""A photograph as it is seen, and nothing else of it. Part of `storage.scrub`."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import pi_heif  # type: ignore[import-untyped]

# TIFF is how EXIF is read, too; the plugins register themselves.
from PIL import Image, ImageOps, TiffImagePlugin, WebPImagePlugin  # noqa: F401

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
MAX_PIXELS = 68_000_000  # of the largest telephones' cameras, in some seconds
FARTHEST = 180.0  # degrees
GPS, LATITUDE, LONGITUDE = 0x8825, (1, 2, b"S"), (3, 4, b"W")
MAX_SIDE = 2400
STRIP = 256
JPEG_QUALITY = 85

Image.preinit()
pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
Image.MAX_IMAGE_PIXELS = None  # what counts is the size after `draft`


def picture(raw: bytes) -> bytes:
    """A JPEG, PNG, WebP, TIFF or HEIC as an upright JPEG without any metadata."""
    with Image.open(BytesIO(raw), formats=FORMATS) as opened:
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG unfolds to a part of its size
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image = _in_eight_bits(opened) if opened.mode.startswith("I") else opened
        image.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2.0)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    written = BytesIO()
    plain.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return written.getvalue()


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits a pixel as grey of 8; converting it at once would make it all white."""
    grey = Image.new("L", image.size)
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        grey.paste(
            strip.convert("I").point(lambda value: value * (1 / 256)).convert("L"), (0, top)
        )
    grey.info["exif"] = image.info.get("exif", b"")
    return grey


def place_of(raw: bytes) -> tuple[float, float] | None:
    """Where a photo says that it was taken, in degrees north and east; None where it does not."""
    with Image.open(BytesIO(raw), formats=FORMATS) as opened:
        told = opened.getexif().get_ifd(GPS)
    latitude, longitude = _degrees(told, *LATITUDE), _degrees(told, *LONGITUDE)
    if latitude is None or longitude is None or not (latitude or longitude):
        return None
    return latitude, longitude


def _degrees(told: dict[int, Any], reference: int, key: int, negative: bytes) -> float | None:
    """Degrees, minutes and seconds as one number."""
    try:
        degrees, minutes, seconds = (float(part) for part in told[key])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    said = told.get(reference, "")
    said = said.encode() if isinstance(said, str) else said
    if not math.isfinite(found) or abs(found) > FARTHEST:
        return None
    return -found if bytes(said[:1]).upper() == negative else found
