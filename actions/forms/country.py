"""The outline of Indonesia: tight along its neighbours on land and in straits, wide at sea."""

from actions.domain.geo import Outline, Point, inside

Corners = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees, as maps have them."""

_STRAIT_OF_MALACCA: Corners = (
    (94.5, 6.5),
    (97.6, 6.3),
    (98.6, 5.3),
    (99.6, 4.2),
    (100.6, 3.3),
    (101.1, 2.75),
    (101.8, 2.25),
    (102.4, 1.75),
    (102.9, 1.45),
    (103.3, 1.22),
    (103.6, 1.19),
    (103.75, 1.155),
    (103.9, 1.19),
    (104.05, 1.235),
    (104.45, 1.29),
    (104.6, 1.5),
)
_NATUNA: Corners = (
    (104.9, 2.3),
    (105.2, 3.3),
    (105.8, 4.4),
    (107.0, 5.2),
    (108.6, 5.2),
    (109.4, 4.4),
    (109.5, 3.0),
    (109.64, 2.12),
)
_BORNEO: Corners = (
    (109.64, 1.9),
    (109.66, 1.6),
    (109.95, 1.4),
    (110.05, 1.22),
    (110.3, 0.99),
    (110.55, 0.87),
    (110.8, 0.96),
    (111.2, 1.05),
    (111.8, 1.0),
    (112.1, 1.38),
    (112.2, 1.45),
    (113.0, 1.45),
    (113.6, 1.25),
    (114.1, 1.45),
    (114.6, 1.45),
    (114.85, 2.0),
    (115.2, 2.6),
    (115.15, 2.9),
    (115.5, 3.1),
    (115.65, 3.5),
    (115.65, 3.93),
    (115.9, 4.35),
    (117.0, 4.35),
    (117.6, 4.17),
    (118.2, 4.165),
)
_NORTH_EAST: Corners = (
    (119.5, 3.6),
    (122.5, 4.0),
    (125.2, 5.0),
    (126.3, 5.4),
    (126.6, 5.8),
    (127.5, 5.5),
    (128.9, 3.0),
    (131.0, 1.6),
    (134.3, 1.4),
    (141.0, -1.5),
)
_PAPUA_AND_SOUTH: Corners = (
    (141.0, -6.3),
    (140.87, -6.7),
    (141.02, -6.9),
    (141.02, -9.3),
    (138.0, -8.9),
    (132.0, -8.9),
    (128.2, -8.5),
    (127.2, -8.3),
    (126.0, -8.15),
    (125.5, -8.15),
    (125.2, -8.6),
    (124.95, -8.94),
    (125.1, -9.15),
    (125.1, -9.6),
    (124.0, -10.6),
    (122.9, -11.4),
    (114.0, -10.0),
    (106.0, -9.3),
    (94.5, -9.3),
    (94.5, 6.5),
)
_OECUSSE: Corners = (
    (124.04, -9.33),
    (124.1, -9.1),
    (124.46, -9.1),
    (124.36, -9.48),
    (124.15, -9.5),
    (124.04, -9.33),
)
"""A part of Timor-Leste that lies within."""


def _outline(corners: Corners) -> Outline:
    return tuple(Point(latitude, longitude) for longitude, latitude in corners)


_COUNTRY = _outline((*_STRAIT_OF_MALACCA, *_NATUNA, *_BORNEO, *_NORTH_EAST, *_PAPUA_AND_SOUTH))
_NOT_OURS = _outline(_OECUSSE)


def in_country(latitude: float, longitude: float) -> bool:
    """Whether a point, in degrees, lies within, some hundred metres at a border aside."""
    point = Point(latitude, longitude)
    return inside(point, _COUNTRY) and not inside(point, _NOT_OURS)
