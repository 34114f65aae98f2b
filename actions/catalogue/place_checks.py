"""What the files about places cannot know by themselves: villages that exist, names used twice."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from actions.catalogue.models import Office
from actions.catalogue.place_models import KnownPlaces, OfficeMap, points
from actions.catalogue.reading import Problem, line_of
from actions.domain.geo import Point, inside

Place = list[str | int]


def check_places(
    folder: Path, office: Office, chart: OfficeMap, known: Mapping[str, KnownPlaces]
) -> Iterator[Problem]:
    """Check data/map.yml and the files of data/places/ against each other and the office."""
    for village in chart.villages:
        yield from _village(folder / "map.yml", ["desa", village], village, office)
    seen: dict[tuple[str, str], str] = {}
    for slug, file in known.items():
        path = folder / "places" / f"{slug}.yml"
        for number, one in enumerate(file.places):
            place: Place = ["tempat", number]
            yield from _village(path, [*place, "desa"], one.village, office)
            yield from _inside(path, [*place, "titik"], one.village, Point(*one.at), chart)
            key = (one.name.casefold(), one.village)
            if seen.setdefault(key, f"{slug}.{number}") != f"{slug}.{number}":
                yield _problem(path, [*place, "nama"], "tempat_dua_kali", nilai=one.name)


def _village(path: Path, place: Place, village: str, office: Office) -> Iterator[Problem]:
    if village not in office.villages:
        expected = ", ".join(sorted(office.villages))
        yield _problem(path, place, "desa_tak_dikenal", nilai=village, harapan=expected)


def _inside(
    path: Path, place: Place, village: str, at: Point, chart: OfficeMap
) -> Iterator[Problem]:
    """A landmark stands in its village, as far as the map has its outline."""
    site = chart.villages.get(village)
    if site is not None and site.outline is not None and not inside(at, points(site.outline)):
        yield _problem(path, place, "titik_di_luar_desa", nilai=village)


def _problem(path: Path, place: Place, key: str, **params: object) -> Problem:
    return Problem(path, line_of(path, place), key, params)
