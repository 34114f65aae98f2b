"""A photograph as it is seen, and nothing else of it. Part of `storage.scrub`."""

from __future__ import annotations

from io import BytesIO

# TIFF is how EXIF is read; the plugins register themselves.
from PIL import Image, ImageOps, TiffImagePlugin, WebPImagePlugin  # noqa: F401

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 36_000_000  # A4 at 600 dpi, in a second
MAX_SIDE = 2400
STRIP = 256
JPEG_QUALITY = 85

Image.preinit()
Image.MAX_IMAGE_PIXELS = None  # what counts is the size after `draft`


def picture(raw: bytes) -> bytes:
    """A JPEG, PNG or WebP as an upright JPEG without any metadata."""
    with Image.open(BytesIO(raw), formats=FORMATS) as opened:
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG unfolds to a part of its size
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError("too many pixels")
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
    grey = Image.new("L", image.size)
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        grey.paste(
            strip.convert("I").point(lambda value: value * (1 / 256)).convert("L"), (0, top)
        )
    grey.info["exif"] = image.info.get("exif", b"")
    return grey
