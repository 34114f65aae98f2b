"""The receipt that is handed to somebody: a small picture with a QR code, the code and the PIN."""

import io
import textwrap

import segno
from PIL import Image, ImageDraw, ImageFont

from actions.domain.messages import HandOver

WIDTH, MARGIN, QR = 600, 36, 300
TITLE, CODE, WORDS = 26, 58, 24
GAP, LINE = 18, 34
LETTERS_A_LINE = 44
"""What fits beside the margins in the size of WORDS."""


def draw(receipt: HandOver, link: str) -> bytes:
    """A PNG in black and white, some kilobytes; without a link it has no QR code."""
    words = [(TITLE, receipt.title), (CODE, receipt.code), (CODE, f"PIN {_grouped(receipt.pin)}")]
    lines = [(size, line) for size, text in words for line in _wrapped(text, size)]
    help_ = [(WORDS, line) for text in receipt.lines for line in _wrapped(text, WORDS)]
    tall = _height(lines) + _height(help_) + 2 * MARGIN + (QR + GAP if link else 0)
    picture = Image.new("1", (WIDTH, tall), 1)
    below = _write(picture, lines, MARGIN)
    if link:
        code = _qr(link)
        picture.paste(code, ((WIDTH - code.width) // 2, below))
        below += QR + GAP
    _write(picture, help_, below)
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def _grouped(pin: str) -> str:
    """Read out in two halves."""
    half = len(pin) // 2
    return f"{pin[:half]} {pin[half:]}"


def _wrapped(text: str, size: int) -> list[str]:
    return textwrap.wrap(text, LETTERS_A_LINE * WORDS // size) or [""]


def _height(lines: list[tuple[int, str]]) -> int:
    return sum(size * LINE // WORDS for size, _ in lines) + GAP


def _write(picture: Image.Image, lines: list[tuple[int, str]], top: int) -> int:
    """Write lines in the middle, one below the other; returns where the last one ends."""
    pen = ImageDraw.Draw(picture)
    for size, line in lines:
        font = ImageFont.load_default(size)
        pen.text((WIDTH // 2, top), line, font=font, fill=0, anchor="ma")
        top += size * LINE // WORDS
    return top + GAP


def _qr(link: str) -> Image.Image:
    """The link as squares, each of so many whole pixels that a camera reads it."""
    matrix = segno.make(link, error="m", micro=False).matrix
    border = 4
    side = len(matrix) + 2 * border
    small = Image.new("1", (side, side), 1)
    for row, squares in enumerate(matrix):
        for column, dark in enumerate(squares):
            if dark:
                small.putpixel((column + border, row + border), 0)
    scale = max(QR // side, 1)
    return small.resize((side * scale, side * scale), Image.Resampling.NEAREST)
