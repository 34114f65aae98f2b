"""Amounts of money in figures, in words, and in the market's own words."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.words import fold

_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "seratus": 100, "saratus": 100,
}  # fmt: skip
_SCALES = {"belas": 10, "puluh": 10, "ratus": 100}
_THOUSANDS = {
    "ribu": 1_000, "rb": 1_000, "rebu": 1_000, "rbu": 1_000, "k": 1_000, "juta": 1_000_000,
    "jt": 1_000_000, "jutaan": 1_000_000, "ribuan": 1_000, "perak": 1, "rupiah": 1,
}  # fmt: skip
_MARKET = {
    "gopek": 500, "seceng": 1_000, "goceng": 5_000, "ceban": 10_000, "noban": 20_000,
    "goban": 50_000, "gocap": 50_000, "cepek": 100_000, "seribu": 1_000, "sejuta": 1_000_000,
    "sejt": 1_000_000,
}  # fmt: skip

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?"
_SCALE = r"ribuan|ribu|rebu|rbu|rb|jutaan|juta|jt"
_COUNTED = (
    r"jiwa|orang|warga|meter|km|kilo|kg|ekor|liter|kk|pohon|rumah|tahun|kali|hari|suara|watt|va"
)
_NOT_MONEY = rf"(?!\s(?:{_COUNTED})\b)"
_WORD = "|".join([*_UNITS, *_SCALES])
_FIGURES = re.compile(
    rf"\b(?:rp\.?|idr)\s?({_NUMBER})(?:,-|,00)?(?:\s?({_SCALE})\b)?(?:\s+({_NUMBER})\s?({_SCALE})\b)?"
    rf"|\b({_NUMBER})\s?({_SCALE}|k|perak|rupiah)\b(?:\s+({_NUMBER})(?:\s?({_SCALE}|perak|rupiah)\b|\b))?{_NOT_MONEY}"
    r"|\b(\d{1,3}(?:\.\d{3})+)\b(?!\.\d)"
)
_WORDS = re.compile(
    rf"\b((?:{_WORD}|sejuta|seribu|setengah)(?:\s+(?:{_WORD}|{_SCALE}|sejuta|seribu))*)"
    rf"(?:\s+(?:rupiah|perak))?\b{_NOT_MONEY}"
)
_MARKET_WORDS = re.compile(rf"\b({'|'.join(_MARKET)})\b(?:\s+(?:rupiah|perak))?")
_HALF = re.compile(r"\bsetengah\s+(juta|jt)\b")


def amounts(text: str) -> Iterator[Span]:
    """Amounts of money; the value is a whole number of rupiah."""
    folded = fold(text)
    for match in _FIGURES.finditer(folded):
        value = _from_figures(match.groups())
        if value:
            yield Span(*match.span(), "uang", str(value))
    for match in _WORDS.finditer(folded):
        value = _from_words(match.group(1).split())
        if value >= 500 and _names_money(match.group()):
            yield Span(*match.span(), "uang", str(value), 0.9)
    for match in _MARKET_WORDS.finditer(folded):
        yield Span(*match.span(), "uang", str(_MARKET[match.group(1)]), 0.8)
    for match in _HALF.finditer(folded):
        yield Span(*match.span(), "uang", "500000", 0.95)


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
    return re.search(rf"\b(?:{_SCALE}|rupiah|perak|sejuta|seribu)\b", written) is not None


def _from_words(words: list[str]) -> int:
    """Add up number words: dua ratus lima puluh ribu -> 250,000."""
    total = current = 0
    for word in words:
        if word in _THOUSANDS:
            total += (current or 1) * _THOUSANDS[word]
            current = 0
        elif word in ("sejuta", "seribu"):
            total += _MARKET[word]
        elif word in _SCALES:
            current = _scaled(current, word)
        else:
            current += _UNITS.get(word, 0)
    return total + current


def _scaled(current: int, scale: str) -> int:
    if scale == "belas":
        return current + 10
    last = current % 10 or 1
    return current - current % 10 + last * _SCALES[scale]
