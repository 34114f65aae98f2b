"""The kinds of question that a form can have, by the name used in data files.

A new kind is one more file here and one more line in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from actions.flow.context import Expects
from actions.flow.kinds.base import Kind
from actions.flow.kinds.choice import CHOICE, YES_NO
from actions.flow.kinds.day import DAY
from actions.flow.kinds.files import DOCUMENT, PHOTO
from actions.flow.kinds.identity import KK, NIK
from actions.flow.kinds.name import NAME
from actions.flow.kinds.number import AMOUNT, COUNT
from actions.flow.kinds.phone import PHONE
from actions.flow.kinds.place import ADDRESS, LOCATION
from actions.flow.kinds.text import TEXT

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "teks": TEXT,
        "nama": NAME,
        "nik": NIK,
        "kk": KK,
        "tanggal": DAY,
        "telepon": PHONE,
        "angka": COUNT,
        "uang": AMOUNT,
        "pilihan": CHOICE,
        "ya_tidak": YES_NO,
        "alamat": ADDRESS,
        "lokasi": LOCATION,
        "foto": PHOTO,
        "dokumen": DOCUMENT,
    }
)


def expects(kind: str) -> Expects:
    """What the citizen's app should offer for a question of this kind."""
    return KINDS[kind].expects
