"""Places on the map: how far apart they are, and in which outline one lies.

Degrees throughout; a regency is so small that an outline may be treated as flat.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH = 6_371_008.8
"""The mean radius of the earth in metres."""


class Point(NamedTuple):
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


Outline = Sequence[Point]
"""The corners of an area in order; the last one need not repeat the first."""


def distance(one: Point, other: Point) -> float:
    """How many metres lie between two places, over the ground."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    across = sin((other_north - north) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    part = across + cos(north) * cos(other_north) * along
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def inside(point: Point, outline: Outline) -> bool:
    """Whether a place lies in an area; on its edge is in one of the two areas beside it."""
    crossings = sum(
        _crosses(point, start, end) for start, end in pairwise((*outline, *outline[:1]))
    )
    return crossings % 2 == 1


def _crosses(point: Point, start: Point, end: Point) -> bool:
    """Whether the way from the point straight to the east crosses this side."""
    if (start.latitude > point.latitude) == (end.latitude > point.latitude):
        return False
    height = (point.latitude - start.latitude) / (end.latitude - start.latitude)
    return point.longitude < start.longitude + height * (end.longitude - start.longitude)


def nearest(point: Point, places: Mapping[str, Point], within: float) -> str | None:
    """The key of the place that is nearest, if any is at most so many metres away."""
    metres = {key: distance(point, place) for key, place in places.items()}
    near = min(metres, key=metres.__getitem__, default=None)
    return near if near is not None and metres[near] <= within else None


def containing(point: Point, outlines: Mapping[str, Outline]) -> str | None:
    """The key of the first area that a place lies in."""
    return next((key for key, outline in outlines.items() if inside(point, outline)), None)
