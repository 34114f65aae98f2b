"""Amounts of money in figures, in words, and in the market's own words."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100,
    "siji": 1, "loro": 2, "rong": 2, "telu": 3, "telung": 3, "papat": 4, "patang": 4, "limang": 5,
    "enem": 6, "nem": 6, "pitu": 7, "pitung": 7, "wolu": 8, "wolung": 8, "sanga": 9, "sangang": 9,
    "selawe": 25, "seket": 50, "sewidak": 60, "satus": 100,
    "hiji": 1, "tilu": 3, "opat": 4, "genep": 6, "dalapan": 8, "salapan": 9, "sapuluh": 10,
    "saratus": 100, "duo": 2, "tigo": 3, "ampek": 4, "limo": 5,
}  # fmt: skip
_SCALES = {"belas": 10, "welas": 10, "puluh": 10, "puluah": 10, "ratus": 100, "ratuih": 100,
           "atus": 100}  # fmt: skip
_THOUSANDS = {
    "ribu": 1_000, "rb": 1_000, "rebu": 1_000, "rbu": 1_000, "ribuan": 1_000, "rban": 1_000,
    "ewu": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000, "jutaan": 1_000_000,
    "jtan": 1_000_000, "yuta": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000,
    "perak": 1, "rupiah": 1,
}  # fmt: skip
_WHOLE = {
    "seribu": 1_000, "sewu": 1_000, "sarebu": 1_000, "sejuta": 1_000_000, "sajuta": 1_000_000,
    "sejt": 1_000_000, "semiliar": 1_000_000_000,
}  # fmt: skip
_MARKET = {
    "gopek": 500, "seceng": 1_000, "goceng": 5_000, "ceban": 10_000, "noban": 20_000,
    "jigo": 25_000, "goban": 50_000, "gocap": 50_000, "cepek": 100_000,
}  # fmt: skip
_HALF = "setengah"
_LEAST = 500

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?"
_SCALE = r"ribuan|ribu|rebu|rban|rbu|rb|ewu|jutaan|juta|jtan|jt|yuta|miliar|milyar"
_COUNTED = (
    r"jiwa|orang|warga|meter|km|kilo|kg|ekor|liter|kk|pohon|rumah|tahun|kali|hari|suara|watt|va"
)
_NOT_MONEY = rf"(?!\s(?:{_COUNTED})\b)"
_FIGURES = re.compile(
    rf"\b(?:rp\.?|idr)\s?({_NUMBER})(?:,-|,00)?(?:\s?({_SCALE})\b)?(?:\s+({_NUMBER})\s?({_SCALE})\b)?"
    rf"|\b({_NUMBER})\s?({_SCALE}|k|perak|rupiah)\b(?:\s+({_NUMBER})(?:\s?({_SCALE}|perak|rupiah)\b|\b))?{_NOT_MONEY}"
    r"|\b(\d{1,3}(?:\.\d{3})+)(?:,-|\b)(?!\.\d)"
)
_FIRST = "|".join(sorted([*_UNITS, *_WHOLE, _HALF], key=len, reverse=True))
_WORD = rf"{_SCALE}|{'|'.join(_SCALES)}|{_FIRST}"
_ONE_WORD = re.compile(_WORD)
_WORDS = re.compile(rf"\b((?:{_FIRST})(?:\s*(?:{_WORD}))*)(?:\s+(?:rupiah|perak))?\b{_NOT_MONEY}")
_MARKET_WORDS = re.compile(rf"\b({'|'.join(_MARKET)})\b(?:\s+(?:ribu|rebu|rb|rupiah|perak)\b)?")


def amounts(text: str) -> Iterator[Span]:
    """Amounts of money; the value is a whole number of rupiah."""
    folded = fold(text)
    for match in _FIGURES.finditer(folded):
        value = _from_figures(match.groups())
        if value:
            yield Span(*match.span(), "uang", str(value))
    for match in _WORDS.finditer(folded):
        value = _from_words(_ONE_WORD.findall(match.group(1)))
        if value >= _LEAST and _names_money(match.group()):
            yield Span(*match.span(), "uang", str(value), 0.9)
    for match in _MARKET_WORDS.finditer(folded):
        yield Span(*match.span(), "uang", str(_MARKET[match.group(1)]), 0.8)


def _from_figures(groups: tuple[str | None, ...]) -> int:
    total = 0.0
    for number, scale in zip(groups[:8:2], groups[1:8:2], strict=False):
        if number:
            total += _figure(number) * _THOUSANDS.get(scale or "", 1)
    return round(total + (_figure(groups[8]) if groups[8] else 0))


def _figure(written: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written))
    return float(written.replace(",", "."))


def _names_money(written: str) -> bool:
    return re.search(rf"(?:{_SCALE}|rupiah|perak|{'|'.join(_WHOLE)})\b", written) is not None


def _from_words(words: list[str]) -> int:
    """Add up number words: dua ratus lima puluh ribu -> 250,000; sejuta setengah -> 1,500,000."""
    total = current = 0.0
    last = 1
    for word in words:
        if word in _THOUSANDS:
            last = _THOUSANDS[word]
            total += (current or 1) * last
            current = 0
        elif word in _WHOLE:
            last = _WHOLE[word]
            total += last
        elif word in _SCALES:
            current = _scaled(current, word)
        else:
            current += 0.5 if word == _HALF else _UNITS[word]
    return round(total + (current * last if current == 0.5 else current))


def _scaled(current: float, scale: str) -> float:
    if scale.endswith("las"):
        return current + 10
    last = current % 10 or 1
    return current - current % 10 + last * _SCALES[scale]
