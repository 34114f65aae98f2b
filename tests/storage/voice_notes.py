"""Voice notes as telephones record them: Opus in Ogg, 20 ms of silence in each packet."""

from __future__ import annotations

import struct

SILENCE = b"\xf8\xff\xfe"
A_SECOND, RATE = 50, 48_000
SERIAL = 7
SECRET_NOTE = b"TITLE=di rumah bu Siti"


def voice_note(seconds: int = 3, *, note: bytes = SECRET_NOTE) -> bytes:
    """A voice of so many seconds, with a note of who recorded it."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(note)) + note
    pages = [page(2, 0, 0, [head]), page(0, 0, 1, [tags])]
    for number in range(seconds):
        kind = 4 if number == seconds - 1 else 0
        at = (number + 1) * RATE + 312
        pages.append(page(kind, at, number + 2, [SILENCE] * A_SECOND))
    return b"".join(pages)


def page(
    kind: int, position: int, number: int, packets: list[bytes], serial: int = SERIAL
) -> bytes:
    """One page of an Ogg stream, with whole packets."""
    sizes = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    about = (b"OggS", 0, kind, position, serial, number)
    body = bytes([len(sizes)]) + sizes + b"".join(packets)
    checksum = _checksum(struct.pack("<4sBBqIII", *about, 0) + body)
    return struct.pack("<4sBBqIII", *about, checksum) + body


def _checksum(content: bytes) -> int:
    """Bit by bit, as RFC 3533 describes it."""
    total = 0
    for byte in content:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
        total &= 0xFFFFFFFF
    return total
