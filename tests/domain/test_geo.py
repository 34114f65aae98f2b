"""Distances, nearest places and outlines, against known distances and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.geo import EARTH, Outline, Point, containing, distance, inside, nearest

MONAS, ISTIQLAL = Point(-6.175392, 106.827153), Point(-6.170166, 106.831375)
BANDUNG, SABANG, MERAUKE = Point(-6.9175, 107.6191), Point(5.894, 95.319), Point(-8.499, 140.401)
SQUARE: Outline = (Point(0, 0), Point(0, 2), Point(2, 2), Point(2, 0))
HORSESHOE: Outline = tuple(
    Point(*corner) for corner in ((0, 0), (0, 3), (3, 3), (3, 2), (1, 2), (1, 1), (3, 1), (3, 0))
)
degrees = st.builds(Point, st.floats(-89, 89), st.floats(-180, 180))
nearby = st.builds(Point, st.floats(-1, 3), st.floats(-1, 3))


@pytest.mark.parametrize(
    ("one", "other", "metres", "within"),
    [
        (MONAS, ISTIQLAL, 745, 5),
        (MONAS, BANDUNG, 120_300, 500),
        (SABANG, MERAUKE, 5_242_000, 15_000),
        (Point(0, 0), Point(0, 1), 111_195, 1),
        (Point(-7, 110), Point(-7, 110.00226), 249.4, 0.5),
        (Point(0, 179.9995), Point(0, -179.9995), 111.2, 0.1),
    ],
)
def test_known_distances(one: Point, other: Point, metres: float, within: float) -> None:
    assert distance(one, other) == pytest.approx(metres, abs=within)


@given(degrees, degrees)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_around(
    one: Point, other: Point
) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= EARTH * 3.1416
    assert distance(one, one) == 0


@given(degrees, degrees, degrees)
def test_no_way_around_is_shorter(one: Point, other: Point, between: Point) -> None:
    assert distance(one, other) <= distance(one, between) + distance(between, other) + 0.001


@pytest.mark.parametrize(
    ("outline", "point", "lies_in"),
    [
        (SQUARE, Point(1, 1), True),
        (SQUARE, Point(3, 1), False),
        (SQUARE, Point(1, -0.1), False),
        (HORSESHOE, Point(2, 0.5), True),
        (HORSESHOE, Point(2, 1.5), False),
        (HORSESHOE, Point(0.5, 1.5), True),
        ((), Point(0, 0), False),
    ],
)
def test_outlines(outline: Outline, point: Point, lies_in: bool) -> None:
    assert inside(point, outline) is lies_in


@given(nearby)
def test_a_point_lies_in_exactly_one_of_two_areas_that_share_an_edge(point: Point) -> None:
    left, right = (
        (Point(0, 0), Point(0, 1), Point(2, 1), Point(2, 0)),
        (
            Point(0, 1),
            Point(0, 2),
            Point(2, 2),
            Point(2, 1),
        ),
    )
    assert inside(point, left) + inside(point, right) == inside(point, SQUARE)


@given(nearby, st.integers(0, 7))
def test_an_outline_may_begin_anywhere_and_go_either_way(point: Point, start: int) -> None:
    turned = (*HORSESHOE[start:], *HORSESHOE[:start])
    assert inside(point, turned) == inside(point, HORSESHOE) == inside(point, turned[::-1])


def test_the_nearest_place_within_reach() -> None:
    places = {"monas": MONAS, "istiqlal": ISTIQLAL, "bandung": BANDUNG}
    assert nearest(Point(-6.171, 106.831), places, within=500) == "istiqlal"
    assert nearest(Point(-6.9, 107.6), places, within=500) is None
    assert nearest(MONAS, {}, within=500) is None


@given(degrees, st.dictionaries(st.text("abc", min_size=1), degrees), st.floats(0, 10**7))
def test_nothing_lies_nearer_than_the_nearest(
    point: Point, places: dict[str, Point], within: float
) -> None:
    found = nearest(point, places, within)
    reached = [distance(point, place) for place in places.values()]
    assert (found is None) == all(metres > within for metres in reached)
    assert found is None or distance(point, places[found]) == min(reached)


def test_the_area_that_contains_a_point() -> None:
    outlines = {"square": SQUARE, "far": (Point(10, 10), Point(10, 11), Point(11, 11))}
    assert containing(Point(1, 1), outlines) == "square"
    assert containing(Point(10.2, 10.8), outlines) == "far"
    assert containing(Point(5, 5), outlines) is None
