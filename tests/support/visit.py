"""One ordinary visit: a citizen asks for a letter of residence and answers what is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator

from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

FIRST_WORDS = "mau bikin surat domisili"
UNDERSTOOD = {FIRST_WORDS: "ajukan_layanan domisili"}
ANSWERS = (
    "Siti Aminah",
    "3578014507900001",
    ("Warga ber-KTP di sini",),
    "Jalan Melati Nomor 4 RT 03 RW 05 Sidomulyo",
    "daftar sekolah anak",
    ("Lewati",),
)
"""Words, or in brackets the label of a button."""


async def visit(citizen: Person, *, name: str = ANSWERS[0]) -> AsyncIterator[list[Sent]]:
    """Go through the form step by step, up to the summary; yields what came after each step."""
    yield await citizen.writes(FIRST_WORDS)
    yield await citizen.writes(name)
    for answer in ANSWERS[1:]:
        if isinstance(answer, tuple):
            yield await citizen.taps(answer[0])
        else:
            yield await citizen.writes(answer)
