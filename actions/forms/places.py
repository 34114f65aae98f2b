"""Finds RT/RW and the office's own villages and districts in what people write.

Only the office's area is looked for: guesses over the whole country are mostly wrong. What
is found here is a proposal that the citizen sees before sending.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.domain.text import alike, words_of
from actions.forms.context import Area
from actions.forms.numbers import digits_for_words

_PAIR = re.compile(
    r"\brt\s*[/.,&-]?\s*rw\b\W*(\d{1,3})\W+(\d{1,3})\b"
    r"|\brt\W*(\d{1,3})\s*[/,.\- ]\s*(?:rw\W*)?(\d{1,3})\b"
    r"|\brt\W*(\d{1,3})\W*rw\W*(\d{1,3})\b",
    re.IGNORECASE,
)
_RT = re.compile(r"\b(rt)\W*(\d{1,3})\b(?!/RW)", re.IGNORECASE)
_RW = re.compile(r"\b(rw)\W*(\d{1,3})\b", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(r[tw])\b\W*((?:(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
    r"|sebelas|belas|puluh|nol)\b\s*)+)",
    re.IGNORECASE,
)
_DISTRICT_WORDS = frozenset({"kec", "kecamatan", "kcmtn"})
_VILLAGE_WORDS = frozenset({"desa", "ds", "kel", "kelurahan", "kampung", "kp", "dusun", "dsn"})
AREA_WORDS = _DISTRICT_WORDS | _VILLAGE_WORDS
"""Words that say what kind of area a name is."""

_ROAD_WORDS = frozenset({"jl", "jln", "jalan", "raya", "gang", "gg"})
_ALIKE = 85
_FUZZY_FROM = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A village and its district, as far as the text tells them."""

    village: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    before: str


def write_rt_rw(text: str) -> str:
    """Rewrite every RT and RW as "RT 03/RW 05", "RT 03" or "RW 05"."""
    text = _SPOKEN.sub(_in_digits, text)
    text = _PAIR.sub(_pair, text)
    for pattern in (_RT, _RW):
        text = pattern.sub(lambda match: f"{match[1].upper()} {_two_digits(match[2])}", text)
    return text


def find_rt_rw(text: str) -> dict[str, str]:
    """The first RT and RW of a text that `write_rt_rw` wrote."""
    found = {
        "rt": re.search(r"\bRT (\d{2,3})\b", text),
        "rw": re.search(r"\bRW (\d{2,3})\b", text),
    }
    return {key: match[1] for key, match in found.items() if match}


def find_place(text: str, area: Area) -> Place:
    """The village and district named in a text, when there is exactly one of them."""
    words = words_of(text)
    districts = {
        mention.name
        for mention in _mentions(words, tuple(area.districts))
        if mention.before in _DISTRICT_WORDS
    }
    stated = districts.pop() if len(districts) == 1 else None
    names = tuple(dict.fromkeys(name for names in area.districts.values() for name in names))
    mentions = [
        mention
        for mention in _mentions(words, names)
        if mention.before not in _DISTRICT_WORDS | _ROAD_WORDS
    ]
    labelled = {mention.name for mention in mentions if mention.before in _VILLAGE_WORDS}
    villages = labelled or {mention.name for mention in mentions}
    if len(villages) != 1:
        return Place(district=stated or _only_district(words, area))
    village = villages.pop()
    return Place(village, _district_of(village, stated, area))


def _district_of(village: str, stated: str | None, area: Area) -> str | None:
    homes = [district for district, villages in area.districts.items() if village in villages]
    if stated in homes:
        return stated
    return homes[0] if len(homes) == 1 else None


def _only_district(words: Sequence[str], area: Area) -> str | None:
    found = {
        mention.name
        for mention in _mentions(words, tuple(area.districts))
        if mention.before not in _ROAD_WORDS
    }
    return found.pop() if len(found) == 1 else None


def _mentions(words: Sequence[str], names: Sequence[str]) -> Iterator[_Mention]:
    """Where names stand in the words, also written apart, together, or with a typo."""
    for name in names:
        plain = "".join(words_of(name))
        size = len(words_of(name))
        for start in range(len(words)):
            before = words[start - 1] if start else ""
            spans = (words[start : start + length] for length in (size, size + 1, size - 1))
            if any(span and _alike("".join(span), plain) for span in spans):
                yield _Mention(name, before)


def _alike(written: str, name: str) -> bool:
    if written == name:
        return True
    long_enough = min(len(written), len(name)) >= _FUZZY_FROM
    return long_enough and written[0] == name[0] and alike(written, name, _ALIKE)


def _in_digits(match: re.Match[str]) -> str:
    digits = "".join(digits_for_words(match[2].casefold().split()))
    return f"{match[1]} {digits}{' ' if match[2][-1].isspace() else ''}"


def _pair(match: re.Match[str]) -> str:
    rt, rw = (group for group in match.groups() if group is not None)
    return f"RT {_two_digits(rt)}/RW {_two_digits(rw)}"


def _two_digits(number: str) -> str:
    return f"{int(number):02}"
