"""The kinds of question that a form can have, by the name used in data files.

A new kind is one more file here and one more line in `KINDS`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from actions.forms.kinds.base import Kind
from actions.forms.kinds.choice import CHOICE, YES_NO
from actions.forms.kinds.day import DAY
from actions.forms.kinds.files import DOCUMENT, PHOTO
from actions.forms.kinds.identity import KK, NIK
from actions.forms.kinds.name import NAME
from actions.forms.kinds.number import AMOUNT, COUNT
from actions.forms.kinds.phone import PHONE
from actions.forms.kinds.place import ADDRESS, LOCATION
from actions.forms.kinds.text import TEXT

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
