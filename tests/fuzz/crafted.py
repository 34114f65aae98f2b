"""Files that are hard to read: good ones with something changed, and some made to harm."""

from __future__ import annotations

import random as chance
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.storage.pictures import jpeg, pdf, pdf_full_of_notes, png_that_claims

MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("P",),
    "TIFF": ("RGB",),
    "BMP": ("RGB",),
}
CIPHERS = ("RC4-40", "RC4-128", "AES-128", "AES-256")
EDGES = (0, 1, 0x7F, 0x80, 0xFF)
TOKENS = (
    *(
        b"/Filter/FlateDecode",
        b"/Length 999999999",
        b"/Kids[1 0 R]",
        b"/Parent 3 0 R",
        b"<<",
        b">>",
    ),
    *(
        b"endobj",
        b"stream\n",
        b"endstream",
        b"0 0 R",
        b"[" * 400,
        b"<<" * 400,
        b"(",
        b")",
        b"%%EOF",
    ),
    *(b"/JavaScript", b"/JS(app.alert(1))", b"/AA<</O 1 0 R>>", b"/Encrypt 9 0 R", b"/Type/Page"),
    *(b"/XObject", b"/Resources 1 0 R", b"-1", b"99999999999999999999", b"\xff\xd8", b"\xff\xe1"),
)


def good() -> list[bytes]:
    """A file of each kind that can be read, and some that are refused for what they are."""
    files = [_picture(form, mode) for form, modes in MODES.items() for mode in modes]
    files += [jpeg((64, 48), orientation=turn) for turn in range(1, 9)]
    files += [pdf(), pdf(3), pdf(password=""), pdf_full_of_notes(), *map(_locked, CIPHERS)]
    return [*files, _progressive(), _animated(), _many_streams()]


def _picture(form: str, mode: str) -> bytes:
    written, noise = BytesIO(), chance.Random(mode)
    picture = Image.frombytes("RGB", (48, 32), noise.randbytes(48 * 32 * 3))
    (Image.new(mode, (48, 32)) if mode == "I;16" else picture.convert(mode)).save(written, form)
    return written.getvalue()


def _locked(cipher: str) -> bytes:
    writer, written = PdfWriter(clone_from=BytesIO(pdf())), BytesIO()
    writer.encrypt("", algorithm=cipher)
    writer.write(written)
    return written.getvalue()


def _progressive() -> bytes:
    written = BytesIO()
    Image.new("RGB", (300, 200), "red").save(written, "JPEG", progressive=True, dpi=(300, 300))
    return written.getvalue()


def _animated() -> bytes:
    written = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    return written.getvalue()


def _many_streams() -> bytes:
    """A PDF with its objects in compressed streams, as most programs write it."""
    writer, written = PdfWriter(clone_from=PdfReader(BytesIO(pdf(2)))), BytesIO()
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(written)
    return written.getvalue()


def damaged(random: Random, raw: bytes) -> bytes:
    """Some bytes are changed, gone, doubled or put elsewhere."""
    changed = bytearray(raw)
    for _ in range(random.choice((1, 1, 1, 2, 4, 16))):
        if not changed:
            break
        at = random.randrange(len(changed))
        end = min(at + random.choice((1, 1, 2, 4, 64, 1024)), len(changed))
        changed[at:end] = random.choice(CHANGES)(random, bytes(changed[at:end]))
    return bytes(changed)


CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    lambda random, piece: bytes(random.choice(EDGES) for _ in piece),
    lambda random, piece: random.randbytes(len(piece)),
    lambda random, piece: bytes(one ^ 1 << random.randrange(8) for one in piece),
    lambda _, __: b"",
    lambda random, piece: piece * random.randrange(2, 20),
    lambda random, piece: piece[: len(piece) // 2] + random.choice(TOKENS),
)


def huge_picture(random: Random) -> bytes:
    """A few bytes that claim to be a very large picture."""
    sides = (1, 2400, 7700, 30_000, 65_535, 2**31 - 1)
    return png_that_claims(random.choice(sides), random.choice(sides))


def full_picture(random: Random) -> bytes:
    """A picture that really unfolds to many pixels, up to what is taken."""
    side, written = random.choice((1000, 3000, 5000)), BytesIO()
    form, mode = random.choice((("PNG", "L"), ("PNG", "1"), ("JPEG", "L"), ("WEBP", "RGB")))
    Image.new(mode, (side, side)).save(written, form)
    return written.getvalue()


def nested(random: Random) -> bytes:
    """Brackets in brackets."""
    depth, mark = random.choice((10, 900, 50_000)), random.choice((b"[", b"<<", b"<</A", b"("))
    return b"%PDF-1.7\n1 0 obj" + mark * depth + b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9"


def circles(random: Random) -> bytes:
    """A document whose parts hold each other."""
    kids = random.choice(("2 0 R", "3 0 R 3 0 R", "1 0 R", "3 0 R " * 61))
    to = [f"{random.randrange(1, 5)} 0 R" for _ in range(3)]
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 1/Parent {to[0]}>>",
        f"<</Type/Page/Parent 2 0 R/Resources {to[1]}/Contents 4 0 R>>",
        f"<</Resources 4 0 R/XObject<</A 4 0 R/B {to[2]}>>>>",
    )
    parts = "\n".join(f"{n} 0 obj{one}endobj" for n, one in enumerate(objects, 1))
    return f"%PDF-1.7\n{parts}\ntrailer<</Root 1 0 R>>\nstartxref\n0".encode()


def unfolding(random: Random) -> bytes:
    """A little that unfolds to much, and perhaps again."""
    inner = b"\0" * random.choice((10**5, 10**7, 10**8))
    times = random.choice((1, 2))
    for _ in range(times):
        inner = zlib.compress(inner, 9)
    filters = b"/FlateDecode" * times
    stream = b"<</Type/ObjStm/N 9/First 9/Filter[" + filters + b"]/Length %d>>" % len(inner)
    body = b"1 0 obj" + stream + b"stream\n" + inner + b"\nendstream endobj\n"
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"


def both_at_once(random: Random) -> bytes:
    """A picture behind which a document begins, or the other way round."""
    parts = [jpeg((40, 30)), pdf()]
    random.shuffle(parts)
    return parts[0] + parts[1]


def nonsense(random: Random) -> bytes:
    """Bytes, perhaps behind a true beginning."""
    heads = (
        b"",
        b"%PDF-1.4\n",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\xff\xff\0\0WEBP",
    )
    return random.choice(heads) + random.randbytes(random.randrange(2000))


CRAFTED = (huge_picture, full_picture, nested, circles, unfolding, both_at_once, nonsense)
