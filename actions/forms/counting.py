"""Which number of a sentence answers a question: "tiang nomor 114, ada 3 lampu" is 3 lamps.

A number is ruled out by what it numbers ("nomor 114", "RT 03") or counts ("2 minggu"), and
sure beside what the question asks for. Any other is taken only where hardly more is said.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from actions.domain.text import word_set, words_of
from actions.forms.context import Unreadable
from actions.forms.dates.vocabulary import FILLERS, MONTH_NAMES
from actions.forms.form import Field
from actions.forms.numbers import COUNTED, Number


class Fit(IntEnum):
    """How well a number answers."""

    NONE = 0
    ALONE = 1
    SURE = 2
    TOTAL = 3


_LABELS = word_set(
    "nomor no nmr nomer tiang rt rw blok gang gg jalan jl jln km kav jam jm pukul pkl tanggal tgl "
    "kelas kls umur usia tahun thn th sd sdn mi smp smpn sma smk perumahan perum griya desa dusun "
    "kampung hp wa telp telepon nik kk ktp foto kode pasal loket lantai pos kilometer "
    "id meteran urutan posisi"
)
_SPANS = word_set(
    "hari minggu mgg pekan bulan bln tahun thn th jam menit mnt detik malam pagi siang sore watt "
    "w volt sqm hectare are sqkm persen kali x rb ribu rt rw foto gambar video"
)
_PLACES = word_set("di depan dekat belakang samping seberang sebelah")
_AND = word_set("dan sampai atau hingga sd s d")
_NOT = word_set("tidak tak gak ga nggak ndak")
_PRICES = word_set("harga harganya bayar biaya biayanya rp upah")
_NUMBERS = word_set("tahun thn th kelas kls")
_CHILDREN = word_set("anak bayi balita cucu")
_PEOPLE = word_set("orang org warga jiwa kk keluarga anak")
_COUNTERS = word_set("tiang buah bh biji bj unit titik pcs butir")
_TOTALS = word_set("total totalnya jumlah jumlahnya jadi semua semuanya seluruhnya")
_ANNOUNCING = word_set(
    "ada cuma cuman hanya sekitar sekitaran kurleb kira lebih kurang sebanyak minimal maksimal "
    "paling hampir"
)
_HARMLESS = (
    FILLERS
    | _ANNOUNCING
    | word_set(
        "saya aku kami kita doang baru tidak salah kalau setahu an yang dan di dari depan dekat "
        "pada untuk buat oh iya begitu gitu pokoknya berarti sampai atau orangnya"
    )
)
_ALIKE = (
    word_set("orang org jiwa anggota tamu undangan peserta hadirin"),
    word_set("ekor sapi kambing ayam bebek kucing anjing kerbau domba itik"),
    word_set("lembar lbr rangkap"),
    word_set("lantai lt tingkat"),
    word_set("lampu pju"),
    word_set("tahun thn th"),
    word_set("kelas kls"),
)
_COUNTABLE = COUNTED.union(*_ALIKE)
_DOTTED = re.compile(r"(?!\d{1,3}\.\d{3}\b|\d{1,3},\d{3}\b)\d+[.,]\d+[.,]\d")
_NUMBERED = 3
_STRANGERS = 1
_LONGEST = 10
_THOUSAND = 1000


def meant(numbers: Sequence[Number], field: Field, kind: str, units: Iterable[str] = ()) -> Number:
    """The number that answers `field`; `units` are scales that make it sure.

    Raises `Unreadable` with a key below `kind`: banyak (several may), bukan (none does).
    """
    asked = _asked(field, kind)
    fits = _fits(numbers, asked, kind, frozenset(units))
    if any(_multiplies(number) for number in numbers):
        raise Unreadable(f"{kind}.banyak")
    best = max(fits)
    top = [
        number
        for number, fit in zip(numbers, fits, strict=True)
        if fit is Fit.TOTAL or (fit and best is not Fit.TOTAL)
    ]
    if len({number.value for number in top}) > 1:
        raise Unreadable(f"{kind}.banyak")
    doubtful = _strangers(numbers, fits, asked) > _STRANGERS or (
        kind == "uang" and top[:1] and _lacks_scale(top[0])
    )
    if not top or (best is Fit.ALONE and doubtful):
        raise Unreadable(f"{kind}.bukan")
    return top[0]


def _multiplies(number: Number) -> bool:
    """Whether another number follows after "x"."""
    times, by = (*number.after, "", "")[:2]
    return number.before[-1:] == ("x",) or (times == "x" and by[:1].isdigit())


def _asked(field: Field, kind: str) -> frozenset[str]:
    """What the question is about, with other words for it; anything where it does not say."""
    words = {_root(word) for word in words_of(f"{field.label} {field.question}")} - _HARMLESS
    words |= {word for group in _ALIKE if group & words for word in group}
    if kind == "uang":
        return frozenset(words | {"rp", "rupiah", "perak", "idr"})
    return frozenset(words if words & _COUNTABLE else words | _COUNTABLE)


def _fits(
    numbers: Sequence[Number], asked: frozenset[str], kind: str, units: frozenset[str]
) -> list[Fit]:
    fits: list[Fit] = []
    for number in numbers:
        fit = _fit(number, asked, kind, units)
        if fit is Fit.ALONE and fits and fits[-1] is Fit.NONE and _follows_number(number):
            fit = Fit.NONE
        fits.append(fit)
    return fits


def _follows_number(number: Number) -> bool:
    """Whether only "dan" and the like stand between it and the number before."""
    last = next((word for word in reversed(number.before) if word not in _AND), "")
    return last[:1].isdigit()


def _fit(number: Number, asked: frozenset[str], kind: str, units: frozenset[str]) -> Fit:
    following = _root(number.after[0]) if number.after else ""
    near = _label(number)
    beside = near[-1] if near else ""
    other = following in _others(asked, kind)
    if units.intersection(number.scales):
        return Fit.TOTAL
    if _is_code(number) or beside == "ke" or (beside == "salah" and not _NOT.intersection(near)):
        return Fit.NONE
    if kind == "uang" and number.scales:
        return Fit.TOTAL if beside in _TOTALS else Fit.SURE
    if following not in asked - _NUMBERS | _COUNTERS and (other or beside not in asked):
        labels = _LABELS - asked if kind == "uang" else (_LABELS | _PRICES) - asked
        named = labels.intersection(near) or (beside not in _PLACES and _PLACES.intersection(near))
        if other or named:
            return Fit.NONE
        if beside not in _TOTALS:
            announced = beside in _ANNOUNCING and (not following or following in _HARMLESS)
            return Fit.SURE if announced else Fit.ALONE
    return Fit.TOTAL if beside in _TOTALS else Fit.SURE


def _lacks_scale(number: Number) -> bool:
    """Whether a small amount has an unknown word after it, such as a mistyped "ribu"."""
    return number.value < _THOUSAND and bool(number.after) and number.after[0] not in _HARMLESS


def _others(asked: frozenset[str], kind: str) -> frozenset[str]:
    """What a number may count that is not asked for."""
    others = (COUNTED | _SPANS | MONTH_NAMES.keys()) - asked - _COUNTERS
    if kind == "uang":
        return others - _PEOPLE - {"kali", "x"}
    return others - _CHILDREN if "orang" in asked else others


def _label(number: Number) -> list[str]:
    """The few words before a number, back to the number before, or to "ada" and the like."""
    near: list[str] = []
    for word in reversed(number.before[-_NUMBERED:]):
        if word[0].isdigit():
            return near[1:] if len(near) > 1 and near[0] in COUNTED | _SPANS else near
        near.insert(0, _root(word))
        if word in _ANNOUNCING | _TOTALS:
            break
    return near


def _is_code(number: Number) -> bool:
    """Whether it is a telephone number, a NIK or the like, and not all that was said."""
    if not number.written.isdigit():
        return bool(_DOTTED.match(number.written))
    long = len(number.written) >= _LONGEST and bool(number.before or number.after)
    return long or (number.written.startswith("0") and len(number.written) > len("05"))


def _strangers(numbers: Sequence[Number], fits: Sequence[Fit], asked: frozenset[str]) -> int:
    """How many words neither belong to the question nor to numbers that were ruled out."""
    first = numbers[0]
    words = {_root(word) for word in (*first.before, *first.after) if word.isalpha()}
    for number, fit in zip(numbers, fits, strict=True):
        if fit is Fit.NONE:
            words -= {*_label(number), *map(_root, number.after[:1])}
    return len(words - _HARMLESS - asked - _COUNTERS - _TOTALS)


def _root(word: str) -> str:
    return word.removesuffix("nya") if len(word) > len("nya") + 2 else word
