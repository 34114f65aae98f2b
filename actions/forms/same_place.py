"""Whether two answers mean the same place: near on the map, or a landmark that both name.

Of answers in words both must be of one village. What counts as a landmark, which of them a
village has only once, and what is too long to be one place is data (language/words/tempat.yml).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from math import floor
from typing import Any

from actions.domain.geo import Point, distance
from actions.domain.text import alike, plain_words
from actions.forms.form import Json

NEAR = 250.0
"""Metres within which two reports may be about one thing."""
_ALIKE, _FUZZY_FROM = 80, 5
_LONGEST_PHRASE, _LONGEST_NAME = 2, 3
_ENOUGH_WORDS = 2
_UNITS = frozenset({"rt", "rw"})


_CELL = 0.0025
"""Degrees of the squares by which what is near is found: a little more than `NEAR` everywhere."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """How people name places, see data/language/words/tempat.yml."""

    relations: frozenset[str]
    fillers: frozenset[str]
    spelt: Mapping[str, str]
    kinds: frozenset[str]
    single: frozenset[str]
    long: frozenset[str]
    telling: frozenset[str]


def read_place_words(data: Mapping[str, Any]) -> PlaceWords:
    """Read the content of tempat.yml."""
    keys = ("letak", "pengisi", "jenis", "tunggal", "jalan", "pembeda")
    relations, fillers, kinds, single, long, telling = (frozenset(data[key]) for key in keys)
    return PlaceWords(relations, fillers, data["samakan"], kinds, single, long, telling)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A landmark: what it is, and its name, which may be missing."""

    kind: str
    name: tuple[str, ...]


def point_of(place: Json) -> Point | None:
    """Where an answer lies on the map, when it says so."""
    if not isinstance(place, dict) or "lat" not in place:
        return None
    return Point(float(str(place["lat"])), float(str(place["lon"])))


def cell_of(point: Point) -> tuple[int, int]:
    """The square of the map that a place lies in."""
    return floor(point.latitude / _CELL), floor(point.longitude / _CELL)


def cells_around(point: Point) -> list[tuple[int, int]]:
    """The squares in which something near a place may lie."""
    north, east = cell_of(point)
    return [(north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]


def is_same(one: Json, other: Json, words: PlaceWords) -> bool:
    """Whether two answers may mean one place."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    here, there = point_of(one), point_of(other)
    if here is not None and there is not None:
        return distance(here, there) <= NEAR
    if not one.get("desa") or one.get("desa") != other.get("desa"):
        return False
    return _is_named_alike(one, other, words)


def _is_named_alike(one: Mapping[str, Json], other: Mapping[str, Json], words: PlaceWords) -> bool:
    same_rt = _has_same(one, other, "rt")
    mine, theirs = landmarks(one, words), landmarks(other, words)
    pairs = [(a, b) for a in mine for b in theirs if a.kind == b.kind]
    apart = {a.kind for a, b in pairs if a.name and b.name and not _alike(a.name, b.name)}
    if apart & words.telling:
        return False
    if any(_match(a, b, words, same_rt=same_rt) for a, b in pairs if a.kind not in words.long):
        return True
    if apart:
        return False
    if same_rt and _has_same(one, other, "rw"):
        return True
    if _says_the_same(one, other, words):
        return True
    only_roads = all(mark.kind in words.long for mark in (*mine, *theirs))
    return only_roads and any(a.name and a.name == b.name for a, b in pairs)


def _says_the_same(one: Mapping[str, Json], other: Mapping[str, Json], words: PlaceWords) -> bool:
    """Whether one has all that the other calls a place that is no landmark we know."""
    if one.get("rt") and other.get("rt") and one.get("rt") != other.get("rt"):
        return False
    empty = words.relations | words.fillers
    mine, theirs = (set(_pieces(place, words)) - empty for place in (one, other))
    return min(len(mine), len(theirs)) >= _ENOUGH_WORDS and (mine <= theirs or theirs <= mine)


def _has_same(one: Mapping[str, Json], other: Mapping[str, Json], key: str) -> bool:
    return bool(one.get(key)) and one.get(key) == other.get(key)


def _match(one: Landmark, other: Landmark, words: PlaceWords, *, same_rt: bool) -> bool:
    """Whether two landmarks of a kind are one: by name, or since there is but one of them."""
    if one.name and other.name:
        return _alike(one.name, other.name)
    return one.kind in words.single or same_rt


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name has all the words of the other, in spite of typos; numbers are exact."""
    short, long = sorted((one, other), key=len)
    numbers = {word for word in short if word.isdigit()} ^ {w for w in long if w.isdigit()}
    return not numbers and all(any(_is_word(a, b) for b in long) for a in short)


def _is_word(one: str, other: str) -> bool:
    long_enough = min(len(one), len(other)) >= _FUZZY_FROM
    return one == other or (long_enough and alike(one, other, _ALIKE))


def landmarks(place: Mapping[str, Json], words: PlaceWords) -> list[Landmark]:
    """The landmarks that an answer names, without its village and its RT and RW."""
    return list(_found(_pieces(place, words), words))


def _pieces(place: Mapping[str, Json], words: PlaceWords) -> list[str]:
    spoken = _spoken(str(place.get("teks") or ""), words)
    return _without(spoken, plain_words(str(place.get("desa") or "")))


def _spoken(text: str, words: PlaceWords) -> list[str]:
    """The words, each as it is usually spelt; a kind of two words is one piece."""
    plain, pieces, at = plain_words(text), list[str](), 0
    while at < len(plain):
        for size in range(_LONGEST_PHRASE, 0, -1):
            phrase = " ".join(plain[at : at + size])
            spelt = words.spelt.get(phrase, phrase)
            if size == 1 or spelt != phrase or phrase in words.kinds:
                break
        pieces.append(spelt)
        at += size
    return pieces


def _without(pieces: Sequence[str], village: Sequence[str]) -> list[str]:
    """The pieces without the village's name and what RT and RW are numbered by."""
    kept, at, size = list[str](), 0, len(village)
    while at < len(pieces):
        if size and list(pieces[at : at + size]) == list(village):
            at += size
        elif pieces[at] in _UNITS:
            at += 1
            while at < len(pieces) and pieces[at].isdigit():
                at += 1
        else:
            kept.append(pieces[at])
            at += 1
    return kept


def _found(pieces: Sequence[str], words: PlaceWords) -> Iterator[Landmark]:
    names = words.kinds | words.relations
    for at, piece in enumerate(pieces):
        if piece in words.kinds:
            behind = (word for word in pieces[at + 1 :] if word not in words.fillers)
            name = takewhile(lambda word: word not in names, behind)
            yield Landmark(piece, tuple(islice(name, _LONGEST_NAME)))
