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

_RT = r"(?:r\.?\ ?t\.?|rukun\ tetangga)(?:\ ?(?:ke|no|nomor)\b)?[\s.:-]{0,3}"
_RW = r"(?:r\.?\ ?w\.?|rukun\ warga)(?:\ ?(?:ke|no|nomor)\b)?[\s.:-]{0,3}"
_N = r"\d{1,3}(?!\d)"
_UNIT = r"(?!\s?(?:meter|mtr|m2?|km(?!\s?\d)|kilo|kilometer|kali|x|persen|langkah)\b|\s?%)"
_BOTH = re.compile(
    rf"""(?<![^\W\d_])(?:rt\s?[/.,&-]?\s?rw|{_RT}/\s?{_RW})\W{{0,3}}
    (?P<rt>{_N})(?:\s?[/.,-]\s?|\s)(?P<rw>{_N})""",
    re.IGNORECASE | re.VERBOSE,
)
_APART = r"\s?[/,&-]\s?(?:dan\s)?|\s(?:dan|sampai|s/d)\s"
_RT_RW = re.compile(
    rf"(?<![^\W\d_]){_RT}(?P<rt>{_N}){_UNIT}(?:(?:{_APART})(?:{_RT})?{_N}{_UNIT})*"
    rf"[\s/.,;&-]{{0,3}}{_RW}(?P<rw>{_N}){_UNIT}",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH = r"(?:jan|feb|mar|apr|mei|jun|jul|agu|agt|sep|okt|nov|des)"
_SLASH = re.compile(
    rf"(?<![^\W\d_]){_RT}(?P<rt>{_N})(?:\s?/\s?(?P<rw>{_N}){_UNIT}(?!\s?/\s?\d)"
    rf"|(?:\s|\.)(?P<padded>0\d{{1,2}}(?!\d))(?![.,:/-]\d|\s?{_MONTH}))",
    re.IGNORECASE | re.VERBOSE,
)
"""A second number is an RW after a slash, or where it is written with a nought as RW are."""

_ALONE = {
    "rt": re.compile(rf"(?<![^\W\d_]){_RT}(?P<rt>{_N}){_UNIT}", re.IGNORECASE | re.VERBOSE),
    "rw": re.compile(
        rf"(?<![^\W\d_])(?<!rt/)(?<!rt\ )(?<!rt){_RW}(?P<rw>{_N}){_UNIT}",
        re.IGNORECASE | re.VERBOSE,
    ),
}
_DISTANCE = re.compile(
    r"[\s,]*(?:(?:kira-kira|sekitar|kurang lebih) )?\d+ ?(?:rumah|meter|m|km|langkah|tiang)"
    r" (?:dari|ke|sebelum|sesudah|setelah)\b[^.,;!?\n]*",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(r[tw])\b\W*((?:(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
    r"|sebelas|belas|puluh|nol)\b\s*)+)",
    re.IGNORECASE,
)
_DISTRICT_WORDS = frozenset({"kec", "kecamatan", "kcmtn"})
_VILLAGE_WORDS = frozenset({"desa", "ds", "kel", "kelurahan", "kampung", "kp", "dusun", "dsn"})
AREA_WORDS = _DISTRICT_WORDS | _VILLAGE_WORDS
"""Words that say what kind of area a name is."""

_REGENCY_WORDS = frozenset({"kabupaten", "kab", "kota"})
_REGENCY = re.compile(
    r"\b(kabupaten|kab|kota)\b[. ]+([^\W\d_]{3,}(?: (?:barat|timur|utara|selatan|tengah)\b)?)",
    re.IGNORECASE,
)
_NAMED_AFTER = frozenset(
    {"jalan", "jl", "jln", "kantor", "gedung", "dinas", "pemda", "pendopo", "rsud", "pasar"}
    | {"alun", "taman", "terminal", "perum", "perumahan", "komplek", "kompleks", "cluster"}
)
"""What may be called after a regency or a town without lying elsewhere: "jalan kabupaten"."""

_LAST_WORDS_REVERSED = re.compile(r"[\s.\d]*+(?P<words>[^\W\d_]++(?: [^\W\d_]++)?)")
_NO_REGENCY = frozenset({"ini", "itu", "kami", "kita", "saya", "baru", "lama", "tua", "kecil"})
ROAD_WORDS = frozenset({"jl", "jln", "jalan", "raya", "gang", "gg"})
"""Words before a name that only a road is called after."""

_ALIKE = 85
_FUZZY_FROM = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A village and its district, as far as the text tells them."""

    village: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at the words from `start` to `end`; `exact` when it has no typo."""

    name: str
    start: int
    end: int
    before: str
    exact: bool

    def yields_to(self, other: "Mention") -> bool:
        """Whether another name explains the same words better: exact, else longer."""
        if self.end <= other.start or other.end <= self.start:
            return False
        if self.exact != other.exact:
            return other.exact
        return self.exact and other.end - other.start > self.end - self.start


def distance_at(text: str, position: int) -> str:
    """How far from a place something lies, said behind its name: ", 2 rumah dari pos"."""
    match = _DISTANCE.match(text, position)
    return match.group() if match else ""


def find_rt_rw(text: str) -> dict[str, str]:
    """The RT and RW of a text, two digits each; only what is written, the first of several."""
    plain = _SPOKEN.sub(_in_digits, text)
    for pair in (_BOTH, _RT_RW, _SLASH):
        if match := pair.search(plain):
            groups = match.groupdict()
            return _numbers(rt=groups["rt"], rw=groups["rw"] or groups.get("padded"))
    alone = {key: pattern.search(plain) for key, pattern in _ALONE.items()}
    return _numbers(**{key: match and match[key] for key, match in alone.items()})


def _numbers(**found: str | None) -> dict[str, str]:
    return {key: f"{int(number):02}" for key, number in found.items() if number}


def find_place(text: str, area: Area) -> Place:
    """The village and district named in a text, when there is exactly one of them.

    Nothing when the text itself says that it is in another regency.
    """
    if names_elsewhere(text, area):
        return Place()
    words = words_of(text)
    districts = {
        mention.name
        for mention in mentions(words, tuple(area.districts))
        if mention.before in _DISTRICT_WORDS
    }
    stated = districts.pop() if len(districts) == 1 else None
    villages = _villages(words, area)
    if len(villages) > 1 and stated is not None:
        villages &= set(area.districts[stated])
    if len(villages) != 1:
        return Place(district=stated or _only_district(words, area))
    village = villages.pop()
    return Place(village, _district_of(village, stated, area))


def names_a_place(text: str, area: Area) -> bool:
    """Whether any village or district of the area is named, be it one of several."""
    return bool(mentions(words_of(text), _all_names(area)))


def names_elsewhere(text: str, area: Area) -> str | None:
    """The regency or city that a text says it is in, when that is not the area's own."""
    own = set(words_of(area.name)) | _REGENCY_WORDS | _NO_REGENCY
    for district in area.districts:
        kernel = set(words_of(district)) - _REGENCY_WORDS
        own |= kernel if len(kernel) == 1 else set()
    for match in _REGENCY.finditer(text):
        before = words_of(text[: match.start()].rpartition(",")[2])
        if words_of(match[2])[0] in own or _NAMED_AFTER & set(before[-1:]):
            continue
        inside = any(names_a_place(f"{word} {match[2]}", area) for word in ("", "kota"))
        if not inside and (match[1].casefold() != "kota" or _is_city(match[2], area)):
            return " ".join(match[0].split())
    return _known_city(text, area)


def _is_city(name: str, area: Area) -> bool:
    """Whether a city has that name, and not only an estate, as far as cities are known."""
    words = words_of(name)
    return not area.others or bool({" ".join(words), words[0]} & area.others)


def _known_city(text: str, area: Area) -> str | None:
    """A well-known city at the end of an address: "..., Bandung" or "Jl Mawar 3 Bandung"."""
    match = _LAST_WORDS_REVERSED.match(text[::-1])
    if match is None:
        return None
    last_words, start = match["words"][::-1], len(text) - match.end()
    words = words_of(last_words)
    for size in (2, 1):
        name = " ".join(words[-size:])
        before = text[:start] + " ".join(last_words.split()[:-size])
        clear = before.rstrip()[-1:] in {",", *"0123456789"} or _ends_with_place(before, area)
        if name in area.others and clear and not names_a_place(name, area):
            return name.title()
    return None


def _ends_with_place(text: str, area: Area) -> bool:
    words = words_of(text)
    return any(mention.end == len(words) for mention in mentions(words, _all_names(area)))


def _all_names(area: Area) -> tuple[str, ...]:
    return (*area.districts, *_village_names(area))


def _village_names(area: Area) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in area.districts.values() for name in names))


def _villages(words: Sequence[str], area: Area) -> set[str]:
    """Every village named, but not those that only roads and districts are named after."""
    found = [
        mention
        for mention in mentions(words, _village_names(area))
        if mention.before not in _DISTRICT_WORDS | ROAD_WORDS
    ]
    labelled = {mention.name for mention in found if mention.before in _VILLAGE_WORDS}
    return labelled or {mention.name for mention in found}


def _district_of(village: str, stated: str | None, area: Area) -> str | None:
    if stated is not None and village in area.districts[stated]:
        return stated
    return area.district_of(village)


def _only_district(words: Sequence[str], area: Area) -> str | None:
    found = {
        mention.name
        for mention in mentions(words, tuple(area.districts))
        if mention.before not in ROAD_WORDS
    }
    return found.pop() if len(found) == 1 else None


def mentions(words: Sequence[str], names: Sequence[str]) -> list[Mention]:
    """Where names stand in the words, also written apart, together, or with a typo."""
    found = [mention for name in names for mention in _places_of(name, words)]
    return [one for one in found if not any(one.yields_to(other) for other in found)]


def _places_of(name: str, words: Sequence[str]) -> Iterator[Mention]:
    plain, size = _joined(words_of(name)), len(words_of(name))
    for start in range(len(words)):
        before = words[start - 1] if start else ""
        for length in (size, size + 1, size - 1):
            end = start + length
            if length < 1 or end > len(words):
                continue
            written = _joined(words[start:end])
            if _alike(written, plain):
                yield Mention(name, start, end, before, written == plain)


def _joined(words: Sequence[str]) -> str:
    return "".join(words).replace("'", "").replace("’", "")


def _alike(written: str, name: str) -> bool:
    if written == name:
        return True
    long_enough = min(len(written), len(name)) >= _FUZZY_FROM
    return long_enough and written[0] == name[0] and alike(written, name, _ALIKE)


def _in_digits(match: re.Match[str]) -> str:
    spoken = match[2].casefold().split()
    while spoken[1:] and spoken[0] == "nol":
        spoken.pop(0)
    return f"{match[1]} {' '.join(digits_for_words(spoken))} "
