"""Units of area in what people write: "1/2 hektar", "200 m", "10x20", "3 petak".

Words for units become plain ones, which scale the number before them to square metres.
"""

import re
from collections.abc import Mapping
from functools import partial

from actions.forms.numbers import COMMON_SCALES, numbers_in

AREA_UNITS: Mapping[str, int] = {"sqm": 1, "are": 100, "hectare": 10_000, "sqkm": 10**6}
"""Plain words for units, in square metres."""

AREA_SCALES = {**COMMON_SCALES, **AREA_UNITS}

_METRES = r"(?<![a-z])(?:m|mtr|mter|meter|metre|meteran)"
_SQUARED = rf"{_METRES} ?(?:\^? ?2(?!\d)(?! ?(?:lantai|lt|tingkat|kamar))|persegi|kuadrat)(?:an)?"
_ONE = r"(?P<one>\bs[ea] ?)?(?:(?<![a-z])|(?<=\bs[ea]))"
_SPELLINGS = tuple(
    (re.compile(rf"{pattern}(?![a-z])"), unit)
    for pattern, unit in (
        (r"(?<![a-z])km ?\^?2(?!\d)", "sqkm"),
        (_SQUARED, "sqm"),
        (rf"{_ONE}(?:hekt?[ao]?r[ea]?|hektaran|ha)", "hectare"),
        (rf"{_ONE}(?:are|ar)", "are"),
    )
)
_METRE = re.compile(rf"{_METRES}(?![a-z])")
_SIDE = r"(\d+(?:[.,]\d{1,2})?) ?(?:sqm|m|mtr|meter)?"
_SIDES = re.compile(rf"(?<![\d.,x]){_SIDE} ?(?:x|kali) ?{_SIDE}(?![\d.,]| ?(?:x|kali) ?\d)")
_REGIONAL = (
    "ubin|tumbak|tombak|bata|bahu|bau|iring|petak|petakan|kotak|patok|rantai|rante|borong|kesuk|lupit"
    "|depa|gedeng|kedok|piring|ru|rru"
)
_IN_REGIONAL = re.compile(
    rf"(?:\d ?|\bs[ea] ?|\b(?:s[ea]p[eo]r?[ao]?[a-z]*|setengah|satu|dua|tiga|empat|lima|enam|tujuh"
    rf"|delapan|sembilan|belas|puluh|ratus|ribu|perempat) )({_REGIONAL})\b"
)


def plain_areas(text: str) -> str:
    """The lower-case text with its square metres, hectares and ares as plain words."""
    for pattern, unit in _SPELLINGS:
        text = pattern.sub(partial(_plain, unit), text)
    return " ".join(text.split())


def areas_measured(text: str) -> str:
    """The text with metres as square metres too, and "10 x 20" multiplied."""
    return _SIDES.sub(_multiplied, " ".join(_METRE.sub(" sqm ", text).split()))


def regional_unit(text: str) -> str | None:
    """The unit beside a number that is not the same everywhere, such as ubin or bahu."""
    match = _IN_REGIONAL.search(text)
    return match[1] if match else None


def _plain(unit: str, match: re.Match[str]) -> str:
    return f" 1 {unit} " if match.groupdict().get("one") else f" {unit} "


def _multiplied(match: re.Match[str]) -> str:
    one, other = (numbers_in(side)[0] for side in match.groups())
    return f" {float(one * other):.10g} sqm "
