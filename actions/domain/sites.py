"""Where the villages of the regency lie, what everybody knows in them, and who the neighbours are.

Pure look-ups on what data/map.yml and data/places/ say, and on what officers have added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from actions.domain.geo import Outline, Point, containing, distance, inside, nearest
from actions.domain.text import words_of

BESIDE = 100
"""So many metres from a landmark a pin is "near" it."""


_LONG_ENOUGH = 7
_KINDS_OF_REGENCY = frozenset({"kabupaten", "kab", "kota"})


def own_name(regency: str) -> str:
    """The name of a regency without the word for what it is: "wanasari" of "Kota Wanasari"."""
    return " ".join(word for word in words_of(regency) if word not in _KINDS_OF_REGENCY)


def is_telling(name: str) -> bool:
    """Whether a name tells a place from others: two words, or one that is not short."""
    words = words_of(name)
    return len(words) > 1 or any(len(word) >= _LONG_ENOUGH for word in words)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that people name to say where something is; `names` are all ways to say it."""

    name: str
    names: tuple[str, ...]
    village: str
    at: Point


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A regency beside ours, and how its office is reached."""

    name: str
    contact: str
    outline: Outline


@dataclass(frozen=True)
class Sites:
    """The map of the regency.

    `outlines` and `centres` are those of villages, by name. A place outside of all outlines
    belongs to the village of which a corner or the centre is nearest, at most `reach` metres
    away. `spellings` are words that stand for another one in names of landmarks: "mesjid" for
    "masjid".
    """

    outlines: Mapping[str, Outline] = field(default_factory=dict)
    centres: Mapping[str, Point] = field(default_factory=dict)
    reach: int = 0
    neighbours: Sequence[Neighbour] = ()
    landmarks: Sequence[Landmark] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)

    def village_at(self, point: Point) -> str | None:
        """The village in whose outline a place lies, else the nearest one within reach.

        None for a place that a neighbour's outline has, or that is too far from everything.
        """
        village = containing(point, self.outlines)
        if village is not None or self.neighbour_at(point) is not None:
            return village
        villages = {*self.outlines, *self.centres}
        near = {village: self._metres_to(village, point) for village in villages}
        nearest_one = min(sorted(near), key=near.__getitem__, default=None)
        reached = nearest_one is not None and near[nearest_one] <= self.reach
        return nearest_one if reached else None

    def _metres_to(self, village: str, point: Point) -> float:
        """How far the nearest known point of a village is."""
        centre = self.centres.get(village)
        known = (*self.outlines.get(village, ()), *((centre,) if centre else ()))
        return min(distance(point, one) for one in known)

    def covers(self, villages: Iterable[str]) -> bool:
        """Whether the map has all these villages, so that what lies off it is not ours."""
        return bool(self.outlines or self.centres) and all(
            village in self.outlines or village in self.centres for village in villages
        )

    def neighbour_at(self, point: Point) -> Neighbour | None:
        """The neighbour in whose outline a place lies that is in none of ours."""
        if containing(point, self.outlines) is not None:
            return None
        return next((n for n in self.neighbours if inside(point, n.outline)), None)

    def neighbour_called(self, name: str) -> Neighbour | None:
        """A neighbour by its name, with or without the word for what it is."""
        wanted = own_name(name)
        return next((n for n in self.neighbours if own_name(n.name) == wanted), None)

    def landmark_at(self, point: Point) -> Landmark | None:
        """The landmark beside which a place is."""
        places = {str(number): mark.at for number, mark in enumerate(self.landmarks)}
        number = nearest(point, places, BESIDE)
        return None if number is None else self.landmarks[int(number)]

    def plain(self, words: Sequence[str]) -> list[str]:
        """Words as the names of landmarks are written: "psr" as "pasar"."""
        return [self.spellings.get(word, word) for word in words]

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Landmark, ...]]:
        """The landmarks that are called so, by each of their names in plain words."""
        found: dict[str, tuple[Landmark, ...]] = {}
        for mark in self.landmarks:
            for name in {" ".join(self.plain(words_of(name))) for name in mark.names}:
                found[name] = (*found.get(name, ()), mark)
        return found

    @cached_property
    def by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The names of landmarks that have a word, and each name written together."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self.by_name:
            for word in {*name.split(), name.replace(" ", "")}:
                found[word] = (*found.get(word, ()), name)
        return found
