"""Reads Indonesian numbers: digits, words ("dua puluh lima"), chat ("50rb", "1,5 jt")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import prod

from actions.domain.text import word_set

_UNITS = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "tuju": 7,
    "delapan": 8,
    "lapan": 8,
    "sembilan": 9,
}
_WHOLE = {
    "sepuluh": "10",
    "sebelas": "11",
    "seceng": "1000",
    "goceng": "5000",
    "ceban": "10000",
    "noban": "20000",
    "goban": "50000",
    "gocap": "50000",
    "gopek": "500",
    "cepek": "100000",
    "seribu": "1 ribu",
    "serebu": "1 ribu",
    "sejuta": "1 juta",
    "semiliar": "1 miliar",
    "semilyar": "1 miliar",
}
_SAME_AS = {
    **dict.fromkeys(["siji", "setunggal", "hiji", "sahiji", "ciek"], "satu"),
    **dict.fromkeys(["loro", "rong", "kalih", "duo"], "dua"),
    **dict.fromkeys(["telu", "telung", "tilu", "tigo"], "tiga"),
    **dict.fromkeys(["papat", "patang", "sekawan", "opat", "ampat", "ampek"], "empat"),
    **dict.fromkeys(["limang", "gangsal", "limo"], "lima"),
    **dict.fromkeys(["enem", "nem", "genep", "anam"], "enam"),
    **dict.fromkeys(["pitu", "pitung"], "tujuh"),
    **dict.fromkeys(["wolu", "wolung", "dalapan"], "delapan"),
    **dict.fromkeys(["sanga", "sangang", "salapan", "sambilan"], "sembilan"),
    **dict.fromkeys(["welas", "belasan"], "belas"),
    **dict.fromkeys(["puluah", "puluhan"], "puluh"),
    **dict.fromkeys(["atus", "ratuih", "ratusan"], "ratus"),
    **dict.fromkeys(["ewu", "rbu", "rban", "rbuan"], "ribu"),
    **dict.fromkeys(["sapuluh", "sedasa", "sadasa"], "sepuluh"),
    **dict.fromkeys(["saratus", "seratusan"], "seratus"),
    **dict.fromkeys(["sewu", "sarebu", "seribuan", "serebuan"], "seribu"),
    **dict.fromkeys(["sajuta", "sejt", "sejutaan"], "sejuta"),
}
"""Javanese, Sundanese and Minang words for numbers, and short ones."""
_HUNDREDS = {**_UNITS, **{str(digit): digit for digit in range(1, 10)}}
_GLUED = re.compile(rf"({'|'.join(_UNITS)})(ratus|puluh|belas|ribu|juta)")
_HUNDRED, _THOUSAND, _MILLION = 100, 1000, 10**6
_TENS = frozenset({"ratus", "puluh", "belas"})
COMMON_SCALES = {
    **dict.fromkeys(["ratus", "rts"], 100),
    **dict.fromkeys(["ribu", "ribuan", "rebu", "rebuan", "rb", "k", "ceng"], 1000),
    **dict.fromkeys(["juta", "jutaan", "jt", "jtan", "jtaan", "jeti"], 10**6),
    **dict.fromkeys(["miliar", "milyar"], 10**9),
    **dict.fromkeys(["triliun", "trilyun"], 10**12),
}
SCALES = {**COMMON_SCALES, "m": 10**9}
"""Words after a number that multiply it; an m beside an amount is a milliard."""

COUNTED = word_set(
    "orang org warga jiwa kk keluarga anak rumah bangunan unit buah bh biji bj titik lampu "
    "tiang ekor lembar lbr lantai kali x rupiah rp persen meter m cm km kg ton liter motor "
    "mobil korban siswa murid pasien petugas ruko kios kamar batang pohon lubang kantong "
    "karung tamu undangan peserta penumpang sapi kambing ayam "
)
"""Words of what is counted, right after its number."""
_DIGIT_WORD = "|".join({*_UNITS, *_SAME_AS, *_TENS, "kosong", "sepuluh", "sebelas"})
_DOUBLE = re.compile(r"\b(?:dobel|dobol|double) (\w+)")
_REPEATED = re.compile(rf"\b({_DIGIT_WORD}) (dua|tiga|empat) kali\b", re.IGNORECASE)
_SPOKEN = rf"\b(?:(?:dobel|dobol|double) )?(?:{_DIGIT_WORD}|\d{{1,4}})\b"
_DICTATED = re.compile(rf"(?:{_SPOKEN}[ ,.\-]+){{3,}}{_SPOKEN}", re.IGNORECASE)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_CENTS = re.compile(r"(?<=\d{3})[.,]\d{1,2}$")
_TOGETHER = re.compile(r"\bber(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\b")
_PARTS = {
    **dict.fromkeys(["setengah", "separuh", "separo", "saparo"], Fraction(1, 2)),
    **dict.fromkeys(["seperempat", "seprapat", "saprapat"], Fraction(1, 4)),
    "sepertiga": Fraction(1, 3),
}
_PLURAL = re.compile(r"(?<=[a-z]{4})2\b")
_SPANS = word_set("jam hari minggu bulan tahun")
_SHARE = re.compile(r"(?:(?<![\d/.,])(\d+) )?(?<![\d/.,])([1-9])/([2458])(?=\s*[a-z])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: how it was written, the words that scaled it, and those around it."""

    value: Fraction
    written: str
    scales: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def digits_for_words(words: Sequence[str]) -> list[str]:
    """Rewrite spoken numbers below a thousand as digits; other words stay.

    "dua puluh lima juta" becomes "25 juta", "seribu" becomes "1 ribu".
    """
    words = [part for word in words for part in _spelt_out(word)]
    written: list[str] = []
    position = 0
    while position < len(words):
        value, length = _below_thousand(words, position)
        word = words[position]
        written += [str(value)] if length else _WHOLE.get(word, word).split()
        position += length or 1
    return written


def dictated(text: str) -> str:
    """Rewrite four or more spoken digits in a row as digits: "nol delapan satu dua" is 0812.

    Digits, "dobel nol" and "nol tiga kali" may stand among them; other words stay.
    """
    return _DICTATED.sub(_as_digits, _REPEATED.sub(_repeated, text))


def _repeated(match: re.Match[str]) -> str:
    return " ".join([match[1]] * _UNITS[match[2].casefold()])


def _as_digits(match: re.Match[str]) -> str:
    if not re.search(r"[^\W\d]", match[0]):
        return match[0]
    words = _DOUBLE.sub(r"\1 \1", match[0].casefold().replace("kosong", "nol"))
    return "".join(digits_for_words(re.findall(r"[^\W_]+", words)))


def _spelt_out(word: str) -> Sequence[str]:
    """One word of a number as it is usually written: "telung" is tiga, "tigaratus" two words."""
    glued = _GLUED.fullmatch(word)
    return glued.groups() if glued else [_SAME_AS.get(word, word)]


def numbers_in(text: str) -> list[Fraction]:
    """All numbers of a text, each with its scale: "2 juta 500 ribu" is one number."""
    return [number.value for number in find_numbers(text)]


def find_numbers(text: str, scales: Mapping[str, int] = SCALES) -> list[Number]:
    """The numbers of a text with what stands around each; `scales` multiply those before."""
    lower = _PLURAL.sub("", _TOGETHER.sub(r"\1 orang", text.casefold()))
    words = _TOKEN.findall(_SHARE.sub(_decimal, lower))
    plain = " ".join(digits_for_words(words))
    found: list[Number] = []
    last_end, last_scale = -2, 1
    for part in _pattern(tuple(scales)).finditer(plain):
        value, scale = _value(part, scales)
        number = Number(
            value,
            part["number"],
            tuple(part["scales"].split()),
            tuple(plain[: part.start()].split()),
            tuple(plain[part.end() :].split()),
        )
        if part.start() == last_end + 1 and _continues(number, scale, last_scale):
            number = _joined(found.pop(), number, _unsaid(value, scale, last_scale))
        found.append(number)
        last_end, last_scale = part.end(), scale
    return found


@cache
def _pattern(scales: tuple[str, ...]) -> re.Pattern[str]:
    scale = rf"(?:{'|'.join(scales)})\b"
    return re.compile(
        rf"(?P<number>\d[\d.,]*|\b(?:{'|'.join(_PARTS)})(?= {scale}))(?P<quarters> perempat\b)?"
        rf"(?P<half> setengah(?= {scale}))?(?: an(?= {scale}))?(?P<scales>(?: {scale})*)"
        r"(?P<more>(?<=[a-z]) setengah\b)?"
    )


def _decimal(match: re.Match[str]) -> str:
    """Write "1/2" and "1 1/2" with a point."""
    share = Fraction(int(match[2]), int(match[3])) + int(match[1] or 0)
    return str(float(share))


def _joined(one: Number, more: Number, times: int) -> Number:
    value = one.value + more.value * times
    return Number(value, one.written, one.scales + more.scales, one.before, more.after)


def _continues(number: Number, scale: int, last_scale: int) -> bool:
    """Whether a number goes on after a larger scale: not in "2 juta 5", "50 ribu 2 orang"."""
    if scale > 1 or number.value >= _HUNDRED:
        return scale < last_scale
    counts = number.after[:1] and number.after[0] in COUNTED | _SPANS
    return 1 < last_scale < _MILLION and not counts


def _value(part: re.Match[str], scales: Mapping[str, int]) -> tuple[Fraction, int]:
    scale = prod(scales[word] for word in part["scales"].split())
    half = Fraction(1, 2) if part["half"] or part["more"] else 0
    number = _PARTS.get(part["number"]) or _digits(part["number"])
    last = scales[part["scales"].split()[-1]] if part["more"] else scale
    quarters = 4 if part["quarters"] else 1
    return number / quarters * scale + half * last, scale


def _unsaid(value: Fraction, scale: int, last_scale: int) -> int:
    """What people leave out: "sejuta dua ratus" is 1,200,000."""
    hundreds = scale in (1, _HUNDRED) and _HUNDRED <= value < _THOUSAND
    return last_scale // _THOUSAND if hundreds and last_scale >= _MILLION else 1


def _digits(token: str) -> Fraction:
    """Read "1500", "1.500", "1,5", "50.000,00"."""
    whole = _CENTS.sub("", token) if _THOUSANDS.match(token) else token
    if _THOUSANDS.fullmatch(whole):
        return Fraction(re.sub(r"[.,]", "", whole))
    parts = re.split(r"[.,]", token)
    return Fraction(".".join((parts[0], "".join(parts[1:]) or "0")))


def _below_thousand(words: Sequence[str], start: int) -> tuple[int, int]:
    """The spoken number at `start` and how many words it takes; 0 words when there is none."""
    hundreds, length = 0, 0
    if words[start] == "seratus":
        hundreds, length = 1, 1
    elif words[start] in _HUNDREDS and _at(words, start + 1) == "ratus":
        hundreds, length = _HUNDREDS[words[start]], 2
    rest, more = _below_hundred(words, start + length)
    return hundreds * 100 + rest, length + more


def _below_hundred(words: Sequence[str], start: int) -> tuple[int, int]:
    word, following = _at(words, start), _at(words, start + 1)
    if word in {"sepuluh", "sebelas"}:
        return int(_WHOLE[word]), 1
    if word not in _UNITS:
        return 0, 0
    unit = _UNITS[word]
    if following == "belas":
        return 10 + unit, 2
    if following != "puluh":
        return unit, 1
    ones = _at(words, start + 2)
    if ones in _UNITS and ones != "nol" and _at(words, start + 3) not in _TENS:
        return unit * 10 + _UNITS[ones], 3
    return unit * 10, 2


def _at(words: Sequence[str], position: int) -> str:
    return words[position] if position < len(words) else ""
