"""Rewrites a text into the plain words of `vocabulary`, numbers as digits.

"tgl 5 des" becomes "tanggal 5 M12", "17/8/26" becomes "17 M8 Y26". Years are marked with Y,
or with "?" where the number may count something else; clock times, house numbers and what is
counted otherwise ("18 warga") are left out.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from actions.domain.text import plain_signs, slips
from actions.forms.context import Unreadable
from actions.forms.dates.vocabulary import (
    FILLERS,
    GLUED,
    MONTH_NAMES,
    PLAIN,
    TIMES,
    UNDERSTOOD,
    UNITS,
)
from actions.forms.numbers import COUNTED, SCALES, digits_for_words

_MONTHS = 12
_SEP = r"\s*[/.\-]\s*"
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})(?!\d)")
_SPACED = re.compile(r"(?<!\d)(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)(?!\d)")
_EIGHT = re.compile(r"(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)")
_SIX = re.compile(r"\s*(\d\d)(\d\d)(\d\d)\s*")
_BESIDE = "|".join(TIMES | FILLERS)
_NO_YEAR = re.compile(
    r"(?<![\d.,/])(\d{1,2})(?:/|\.|-)(\d{1,2})(?![\d/]|[.,\-]\d)"
    rf"(?:(?!\s*[a-z])|(?=\s+(?:{_BESIDE})\b))"
)
_SHORT_YEAR = re.compile(r"'(\d\d)\b(?![/.\-])")
_TOKEN = re.compile(r"[a-z]+|[MDY]?\d+|,")
_ORDINAL = re.compile(r"\bke-?\s?(?=\d)")
_WEEK_OF_MONTH = re.compile(
    r"\b(?:minggu|mgg|pekan)\s+(?:ke-?\s?\d|pertama|kedua|ketiga|keempat|terakhir)\b"
)
_SOME_WEEK = " beberapa minggu "
_THOUSANDS = re.compile(r"\b(\d{1,2}) ribu(?: (\d{1,3}))?\b")
_SPOKEN_YEAR = re.compile(r"\b(19|20) (\d) ?(\d)\b")
_HOUR = r"\d{1,2}[.:]\d{2}(?:\s*(?:-|sd|s/d|sampai)\s*\d{1,2}[.:]\d{2})?(?![\d.])"
_TWO_PAIRS = re.compile(r"\b\d\d \d\d\b")
_CLOCK = re.compile(
    r"\b(?:jam|jm|pukul|pkl|pk)\.?\s*(?:setengah\s+)?\d{1,2}(?:[.:]\d{2})?"
    r"(?:\s*(?:lewat|kurang)\s+\d{1,2})?"
    rf"|(?<![\d./\-])(?=\d{{1,2}}(?::|\.(?:00|1[3-9]|[2-5]\d))){_HOUR}"
    rf"|(?<![\d./\-]){_HOUR}\s*(?=wi[bt]\b|wita\b)"
    r"|\b(?:habis|sehabis|setelah|sebelum|menjelang|bakda|bada)\s+"
    r"(?:subuh|du?h?zuh?ur|lohor|ashar|asar|magh?rib|isya)\b"
)
_CLOCK_AFTER = re.compile(rf"\b({'|'.join(TIMES)}|\d{{4}}|\d+[/\-]\d+)(?:,?\s+){_HOUR}")
_TODAY = re.compile(r"\bmau\s+(?=bengi|isuk|esuk)|\bbaru\s+(?:saja|aja|ini)\b")
_SPELT_YEAR = re.compile(r"(?<!\S)(\d+ M\d+) (\d) (\d)(?!\S)")
_NUMBERED = re.compile(
    r"\b(?:r[tw]|no|nomor|nmr|blok|gang|gg|km|kav|sd|sdn|smp|smpn|sma|sman)\b[.\s]*\d+"
    r"(?:\s*/\s*(?:rw\s*)?\d+)?\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_BEFORE = re.compile(r"(?:\d+|awal|tengah|akhir) M\d+|M\d+ \d+")
_SEVENTEENTH = re.compile(rf"\b17[ -]?an(?=\s+(?:{'|'.join(TIMES)})\b)")
_LONG, _SHORT = len("2026"), len("26")


def plain(text: str) -> str:
    """The plain words of a text, one space between them; raises `Unreadable` for 31/13."""
    lower = _SHORT_YEAR.sub(r" Y\1 ", plain_signs(text).lower()).replace("'", "")
    lower = _CLOCK_AFTER.sub(r"\1", _CLOCK.sub(" ", _NUMBERED.sub(" ", lower)))
    lower = _TODAY.sub("tadi ", _SEVENTEENTH.sub("17 agustus", lower))
    lower = _numeric(_ORDINAL.sub("", _WEEK_OF_MONTH.sub(_SOME_WEEK, lower)))
    words = " ".join(digits_for_words(_translate(_TOKEN.findall(lower))))
    words = _THOUSANDS.sub(_thousand, words)
    if not _TWO_PAIRS.search(lower):
        words = _SPOKEN_YEAR.sub(r"\1\2\3", words)
    return " ".join(_numbers_told_apart(_SPELT_YEAR.sub(r"\1 \2\3", words).split()))


def _numeric(text: str) -> str:
    """Rewrite 5-12-2026, 2026-12-05, 05122026, 17/8/26 and 17/8."""
    text = _YEAR_FIRST.sub(lambda m: _marked(m[3], m[2], m[1]), text)
    for pattern in (_DAY_FIRST, _SPACED, _EIGHT):
        text = pattern.sub(lambda m: _marked(m[1], m[2], m[3]), text)
    if match := _SIX.fullmatch(text):
        return _marked(match[1], match[2], match[3])
    return _NO_YEAR.sub(_day_and_month, text)


def _marked(first: str, second: str, year: str) -> str:
    """Day first as Indonesians write; the other way round only where no month fits."""
    day, month = int(first), int(second)
    if month > _MONTHS >= day:
        day, month = month, day
    if not 1 <= month <= _MONTHS:
        raise Unreadable("tanggal.tidak_ada", tanggal=f"{first}-{second}-{year}")
    return f" {day} M{month} Y{year} "


def _day_and_month(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[2])
    is_date = 1 <= month <= _MONTHS and day >= 1
    return f" {day} M{month} " if is_date else f" {match[1]} {match[2]} "


def _translate(tokens: Sequence[str]) -> list[str]:
    words: list[str] = []
    for position, token in enumerate(tokens):
        beside = (tokens[at] for at in (position - 1, position + 1) if 0 <= at < len(tokens))
        near_number = any(word.isdigit() for word in beside)
        known = GLUED.get(token) or PLAIN.get(token)
        words += (known or (_month_typo(token) if near_number else None) or token).split()
    return words


def _month_typo(token: str) -> str | None:
    """The month that a word next to a number must mean: "5 desmber"."""
    if not token.isalpha() or len(token) < 5:  # noqa: PLR2004
        return None
    most = 1 if len(token) < 7 else 2  # noqa: PLR2004
    best = min(MONTH_NAMES, key=lambda name: slips(token, name))
    close = token[0] == best[0] and slips(token, best) <= most
    return MONTH_NAMES[best] if close else None


def _thousand(match: re.Match[str]) -> str:
    return str(int(match[1]) * 1000 + int(match[2] or 0))


def _numbers_told_apart(words: Sequence[str]) -> list[str]:
    """Mark the years, drop what counts other things, and the words that say nothing."""
    told: list[str] = []
    for word, following in pairwise((*words, ",")):
        if word.isdigit() and following in COUNTED | SCALES.keys():
            continue
        if word in FILLERS or word == ",":
            continue
        told.append(_as_year(word, told[-2:], following) if word.isdigit() else word)
    return [word for word in told if word]


def _as_year(number: str, before: Sequence[str], following: str) -> str:
    """The number marked as a year where it is one; "" for an hour, "?26" for either."""
    if len(number) not in (_LONG, _SHORT) or following[0] == "M":
        return number
    if before[-1:] == ["tahun"] and not before[0].isdigit():
        return f"Y{number}"
    if following in UNITS:
        return number
    if _YEAR.fullmatch(number):
        return f"Y{number}"
    if not _DATE_BEFORE.fullmatch(" ".join(before)):
        return number
    if following in {"pagi", "siang", "sore", "malam"}:
        return ""
    clear = following == "," or following in FILLERS or following in UNDERSTOOD
    return f"Y{number}" if clear or len(number) == _LONG else f"?{number}"
