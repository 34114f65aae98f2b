"""A place that an officer sends to a citizen: a landmark of the office's, or coordinates."""

from dataclasses import dataclass

from actions.domain.geo import Point
from actions.domain.messages import Location
from actions.domain.sites import Landmark, Sites
from actions.forms.country import in_country
from actions.forms.kinds.place import coordinates_in

MAP = "https://www.openstreetmap.org/?mlat={0:.5f}&mlon={1:.5f}#map=17/{0:.5f}/{1:.5f}"
"""Where a place is seen by whoever has no app that shows pins."""


class UnknownPlaceError(Exception):
    """What an officer wrote is no landmark that the office knows, and no coordinates."""


@dataclass(frozen=True, slots=True)
class PlaceSent:
    """A place by its name, "Pasar Wonorejo, Wonorejo", or the village that coordinates lie in."""

    name: str
    at: Location

    @property
    def link(self) -> str:
        """Its address on a map."""
        return MAP.format(self.at.latitude, self.at.longitude)


def called(landmark: Landmark) -> str:
    """A landmark with its village, as officers choose it."""
    return f"{landmark.name}, {landmark.village}"


def choices(sites: Sites) -> list[str]:
    """Every landmark that can be sent."""
    return sorted(map(called, sites.landmarks))


def read(sites: Sites, written: str) -> PlaceSent | None:
    """What an officer chose or wrote; None for nothing. Raises UnknownPlaceError."""
    if not written:
        return None
    point = coordinates_in(written)
    if point is not None:
        return _of_point(sites, point)
    wanted = written.casefold()
    whole = [one for one in sites.landmarks if called(one).casefold() == wanted]
    named = [one for one in sites.landmarks if wanted in {n.casefold() for n in one.names}]
    for found in (whole, named):
        if len(found) == 1:
            return PlaceSent(
                called(found[0]), Location(found[0].at.latitude, found[0].at.longitude)
            )
    raise UnknownPlaceError


def _of_point(sites: Sites, point: Location) -> PlaceSent:
    at = Point(point.latitude, point.longitude)
    if not in_country(point.latitude, point.longitude):
        raise UnknownPlaceError
    landmark = sites.landmark_at(at)
    name = called(landmark) if landmark else sites.village_at(at)
    return PlaceSent(name or f"{point.latitude:.5f}, {point.longitude:.5f}", point)
