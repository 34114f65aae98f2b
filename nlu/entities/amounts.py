"""Amounts of money in figures, in words, and in the market's own words; the form reads them."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

_UNITS = """nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas seratus
siji loro rong telu telung papat patang limang enem nem pitu pitung wolu wolung sanga sangang
selawe seket sewidak satus hiji tilu opat genep dalapan salapan sapuluh saratus duo tigo ampek
limo setengah""".split()
_TENS = "belas welas puluh puluah ratus ratuih atus".split()
_WHOLE = "seribu sewu sarebu sejuta sajuta sejt semiliar".split()
_MARKET = "gopek seceng goceng ceban noban jigo goban gocap cepek".split()

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?"
_SCALE = r"ribuan|ribu|rebu|rban|rbu|rb|ewu|jutaan|juta|jtan|jt|yuta|miliar|milyar"
_COUNTED = (
    r"jiwa|orang|warga|meter|km|kilo|kg|ekor|liter|kk|pohon|rumah|tahun|kali|hari|suara|watt|va"
)
_NOT_MONEY = rf"(?!\s(?:{_COUNTED})\b)"
_FIGURES = re.compile(
    rf"\b(?:rp\.?|idr)\s?(?:{_NUMBER})(?:,-|,00)?(?:\s?(?:{_SCALE})\b)?"
    rf"(?:\s+(?:{_NUMBER})\s?(?:{_SCALE})\b)?"
    rf"|\b(?:{_NUMBER})\s?(?:{_SCALE}|k|perak|rupiah)\b"
    rf"(?:\s+(?:{_NUMBER})(?:\s?(?:{_SCALE}|perak|rupiah)\b|\b))?{_NOT_MONEY}"
    r"|\b\d{1,3}(?:\.\d{3})+(?:,-|\b)(?!\.\d)"
)
_FIRST = "|".join(sorted([*_UNITS, *_WHOLE], key=len, reverse=True))
_WORD = rf"{_SCALE}|{'|'.join(_TENS)}|{_FIRST}"
_WORDS = re.compile(rf"\b(?:{_FIRST})(?:\s*(?:{_WORD}))*(?:\s+(?:rupiah|perak))?\b{_NOT_MONEY}")
_NAMES_MONEY = re.compile(rf"(?:{_SCALE}|{'|'.join(_WHOLE)}|rat(?:us|uih) (?:rupiah|perak))\b")
_MARKET_WORDS = re.compile(rf"\b(?:{'|'.join(_MARKET)})\b(?:\s+(?:ribu|rebu|rb|rupiah|perak)\b)?")


def amounts(text: str) -> Iterator[Span]:
    """Amounts of money."""
    folded = fold(text)
    for match in _FIGURES.finditer(folded):
        if re.search("[1-9]", match.group()):
            yield Span.of(text, match, "uang")
    for match in _WORDS.finditer(folded):
        if _NAMES_MONEY.search(match.group()):
            yield Span.of(text, match, "uang", 0.9)
    for match in _MARKET_WORDS.finditer(folded):
        yield Span.of(text, match, "uang", 0.8)
