"""A voice note as it is heard, and nothing else of it. Part of `storage.scrub`.

Telegram and browsers record Opus in an Ogg container. It is taken apart into its pages (RFC 3533)
and put together again from the stream of sound alone: without titles, covers, other streams, and
whatever stands around them (RFC 7845).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"OggS"
HEAD, TAGS = b"OpusHead", b"OpusTags"
NO_TAGS = TAGS + struct.pack("<II", 0, 0)
RATE = 48_000
LONGEST = 60 * 60
_HEADER = struct.Struct("<4sBBqIIIB")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_POLYNOMIAL = 0x04C11DB7
_FULL = 255


@dataclass(frozen=True, slots=True)
class _Page:
    kind: int
    position: int
    serial: int
    segments: bytes
    body: bytes


def voice(raw: bytes) -> bytes:
    """An Ogg Opus sound without its notes; raises ValueError for anything else."""
    pages = _pages(raw)
    head = next(pages, None)
    if head is None or not head.kind & _FIRST or not head.body.startswith(HEAD):
        raise ValueError("not a voice")
    rest = _sound(page for page in pages if page.serial == head.serial)
    tags = _Page(0, 0, head.serial, bytes([len(NO_TAGS)]), NO_TAGS)
    sound = list(rest)
    if not sound:
        raise ValueError("nothing is heard")
    return b"".join(_written(page, at) for at, page in enumerate([head, tags, *sound]))


def seconds_of(clean: bytes) -> int:
    """How long it lasts, in whole seconds, one at least."""
    pages = list(_pages(clean))
    skipped: int = struct.unpack_from("<H", pages[0].body, 10)[0]
    last = max(page.position for page in pages)
    return int(min(max(round((last - skipped) / RATE), 1), LONGEST))


def _sound(pages: Iterator[_Page]) -> Iterator[_Page]:
    """The pages behind the notes; those end with a page, and may fill several."""
    for page in pages:
        if page.segments and page.segments[-1] < _FULL:
            break
    yield from (page for page in pages if page.segments)


def _pages(raw: bytes) -> Iterator[_Page]:
    at = 0
    while raw[at : at + 4] == MAGIC and len(raw) - at >= _HEADER.size:
        _, version, kind, position, serial, _, _, count = _HEADER.unpack_from(raw, at)
        body = at + _HEADER.size + count
        segments = raw[at + _HEADER.size : body]
        end = body + sum(segments)
        if version or len(segments) < count or end > len(raw):
            return
        yield _Page(
            kind & (_CONTINUED | _FIRST | _LAST), position, serial, segments, raw[body:end]
        )
        at = end


def _written(page: _Page, number: int) -> bytes:
    count = len(page.segments)
    about = (MAGIC, 0, page.kind, page.position, page.serial, number)
    unsigned = _HEADER.pack(*about, 0, count) + page.segments + page.body
    return _HEADER.pack(*about, _checksum(unsigned), count) + unsigned[_HEADER.size :]


def _checksum(page: bytes) -> int:
    total = 0
    for byte in page:
        total = ((total << 8) & 0xFFFFFFFF) ^ _TABLE[(total >> 24) ^ byte]
    return total


def _entry(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = (value << 1) ^ (_POLYNOMIAL if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_TABLE = tuple(map(_entry, range(256)))
