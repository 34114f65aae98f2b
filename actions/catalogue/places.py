"""The map of the regency, made of data/map.yml and data/places/."""

from collections.abc import Iterable, Mapping

from actions.catalogue.place_models import KnownPlaces, OfficeMap, points
from actions.domain.geo import Point
from actions.domain.sites import Landmark, Neighbour, Sites


def sites_of(chart: OfficeMap, known: Mapping[str, KnownPlaces]) -> Sites:
    """Everything that look-ups need, from the files as they were read."""
    villages = chart.villages.items()
    return Sites(
        outlines={name: points(site.outline) for name, site in villages if site.outline},
        centres={name: Point(*site.centre) for name, site in villages if site.centre},
        reach=chart.reach,
        neighbours=[Neighbour(n.name, n.contact, points(n.outline)) for n in chart.neighbours],
        landmarks=tuple(_landmarks(known.values())),
        spellings={
            word: file.kind.casefold() for file in known.values() for word in file.spellings
        },
    )


def _landmarks(known: Iterable[KnownPlaces]) -> Iterable[Landmark]:
    for file in known:
        for one in file.places:
            yield Landmark(one.name, (one.name, *one.aliases), one.village, Point(*one.at))
