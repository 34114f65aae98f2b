"""Rewrites a text into the plain words of `vocabulary`, numbers as digits.

"tgl 5 des" becomes "tanggal 5 M12", "17/8/26" becomes "17 M8 Y26".
"""

import re

from actions.domain.text import slips, tidy
from actions.forms.context import Unreadable
from actions.forms.dates.vocabulary import FILLERS, GLUED, MONTH_NAMES, PLAIN
from actions.forms.numbers import digits_for_words

_MONTHS = 12
_SEP = r"\s*[/.\-–]\s*"
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})(?!\d)")
_SPACED = re.compile(r"(?<!\d)(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)(?!\d)")
_EIGHT = re.compile(r"(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)")
_SIX = re.compile(r"\s*(\d\d)(\d\d)(\d\d)\s*")
_NO_YEAR = re.compile(r"(?<![\d.,/])(\d{1,2})(?:/|\.|-)(\d{1,2})(?![\d/]|[.,\-]\d)(?!\s*[a-z])")
_SEAM = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_APOSTROPHES = re.compile(r"['’‘`´]")
_TOKEN = re.compile(r"[a-z]+|\d+|[MDY]\d+")
_ORDINAL = re.compile(r"\bke-?\s?(?=\d)")
_WEEK_OF_MONTH = re.compile(
    r"\b(?:minggu|mgg|pekan)\s+(?:ke-?\s?\d|pertama|kedua|ketiga|keempat|terakhir)\b"
)
_SOME_WEEK = " beberapa minggu "
_THOUSANDS = re.compile(r"\b(\d{1,2}) ribu(?: (\d{1,3}))?\b")
_SPOKEN_YEAR = re.compile(r"\b(19|20) (\d) ?(\d)\b")
_CLOCK = re.compile(
    r"\b(?:jam|jm|pukul|pkl|pk)\.?\s*(?:setengah\s+)?\d{1,2}(?:[.:]\d{2})?"
    r"(?:\s*(?:lewat|kurang)\s+\d{1,2})?|\b\d{1,2}:\d{2}\b|\b\d{1,2}\.\d{2}\s*(?=wi[bt]\b|wita\b)"
)
_MARKED = re.compile(r"[MDY]\d+")


def plain(text: str) -> str:
    """The plain words of a text, one space between them; raises `Unreadable` for 31/13."""
    lower = _APOSTROPHES.sub("", tidy(text).lower())
    lower = _WEEK_OF_MONTH.sub(_SOME_WEEK, _CLOCK.sub(" ", lower))
    lower = _numeric(_ORDINAL.sub("", lower))
    tokens = [token for token in _split(lower) if token not in FILLERS]
    words = " ".join(digits_for_words(_translate(tokens))).split()
    joined = _THOUSANDS.sub(_thousand, " ".join(words))
    return _SPOKEN_YEAR.sub(r"\1\2\3", joined)


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


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in re.findall(r"[MDY]\d+|[^MDY]+", text):
        parts += [part] if _MARKED.fullmatch(part) else _TOKEN.findall(_SEAM.sub(" ", part))
    return parts


def _translate(tokens: list[str]) -> list[str]:
    words: list[str] = []
    for position, token in enumerate(tokens):
        if token in GLUED:
            words += GLUED[token].split()
            continue
        beside = (tokens[at] for at in (position - 1, position + 1) if 0 <= at < len(tokens))
        near_number = any(word.isdigit() for word in beside)
        words.append(PLAIN.get(token) or (_month_typo(token) if near_number else None) or token)
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
