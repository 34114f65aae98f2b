"""alamat and lokasi: where somebody lives, and where something is.

Both are stored as {"teks", "rt", "rw", "desa", "kecamatan"}, as far as known: the citizen's
own words, and what was understood of them. A location that was shared or pasted as
coordinates has "lat" and "lon" in degrees instead of "teks", or besides, where a citizen gave
words first. "patokan" is the landmark that the words name, or beside which the pin is.
"""

import re
from itertools import pairwise

from actions.domain.geo import Point
from actions.domain.messages import Location
from actions.domain.sites import Landmark
from actions.domain.text import plain_signs, plain_words, words_of
from actions.forms.context import (
    Area,
    FormContext,
    RawAnswer,
    Unreadable,
    refuse_question,
    typed,
)
from actions.forms.country import in_country
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.kinds.place_words import (
    ADDRESS_WORDS,
    NUMBERED,
    PUBLIC,
    QUALITIES,
    SAYS_NOTHING,
)
from actions.forms.landmarks import find_landmark, is_village
from actions.forms.places import (
    AREA_WORDS,
    Place,
    find_place,
    find_rt_rw,
    names_a_place,
    names_elsewhere,
)

_LONGEST = 300
_COORDINATES = re.compile(r"(-?\d{1,2}[.,]\d{3,})\s*(?:[,; ]|%2C)\s*(-?\d{1,3}[.,]\d{3,})")
_HOUSE = re.compile(
    r"(?<![^\W\d_])(?!lantai|lt|kamar|kelas|ruang)[^\W\d_]{3,}"
    r" (?:[^\W\d_]{1,2}[. -]?)?\d{1,3}(?!\d)",
    re.IGNORECASE,
)
_LONGEST_SUFFIXED = 5
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def read_address(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """An address in free words, also one outside of the area."""
    text = _words(raw, "alamat")
    place, parts = find_place(text, context.area), find_rt_rw(text)
    if not (_is_addressed(text, context.area) or parts) or not _is_named(text, context):
        raise Unreadable("alamat.pendek")
    if not _has_detail(text, place):
        raise Unreadable("alamat.pendek")
    return _described(text, place, parts)


def read_location(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A shared location, pasted coordinates, or a landmark in words."""
    if raw.location is not None:
        return _on_the_map(raw.location, context.area)
    if (pasted := coordinates_in(raw.text or "")) is not None:
        return _on_the_map(pasted, context.area)
    text = _words(raw, "lokasi")
    landmark = find_landmark(text, context.area)
    place = _place_of(landmark, text, context.area)
    if landmark is None and not _is_named(text, context):
        raise Unreadable("lokasi.pendek")
    if elsewhere := names_elsewhere(text, context.area):
        raise _lies_elsewhere(elsewhere, context.area)
    if not (place.village or place.district or " " in text):
        raise Unreadable("lokasi.pendek")
    clear = landmark is not None and not is_village(landmark)
    if not (clear or _has_detail(text, place) or _asks_for_village(field)):
        raise Unreadable("lokasi.patokan", desa=place.village or place.district or text)
    return _described(text, place, find_rt_rw(text), landmark)


def coordinates_in(text: str) -> Location | None:
    """The first coordinates in degrees that a text has, as map apps copy them."""
    match = _COORDINATES.search(plain_signs(text))
    if match is None:
        return None
    latitude, longitude = (float(number.replace(",", ".")) for number in match.groups())
    return Location(latitude, longitude)


def _place_of(landmark: Landmark | None, text: str, area: Area) -> Place:
    """Where a landmark stands, else what the words say by themselves."""
    if landmark is None:
        return find_place(text, area)
    return Place(landmark.village, area.district_of(landmark.village))


def _lies_elsewhere(name: str, area: Area) -> Unreadable:
    """That a place is not ours, and whose it is where that is known."""
    neighbour = area.sites.neighbour_called(name)
    if neighbour is None:
        return Unreadable("lokasi.daerah_lain", daerah=name)
    return Unreadable("lokasi.tetangga", daerah=neighbour.name, kontak=neighbour.contact)


def with_words(before: Json, now: Json) -> Json:
    """A pin that was shared after words: both count, and the words stay as they were written."""
    adds = isinstance(before, dict) and "teks" in before and "lat" not in before
    if not (adds and isinstance(before, dict) and isinstance(now, dict) and "teks" not in now):
        return now
    return {**before, **now}


def show(value: Json, field: Field) -> str:
    """The words and the coordinates, with the landmark and the village that were understood."""
    place = value if isinstance(value, dict) else {"teks": value}
    pin = f"{place['lat']:.5f}, {place['lon']:.5f}" if "lat" in place else ""
    text = ", ".join(part for part in (str(place.get("teks", "")), pin) if part)
    marks = () if "teks" in place else (place.get("patokan"),)
    known = [str(name) for name in dict.fromkeys((*marks, place.get("desa"))) if name]
    new = [name for name in known if name.casefold() not in text.casefold()]
    return f"{text} ({', '.join(new)})" if new else text


def _words(raw: RawAnswer, kind: str) -> str:
    text = typed(raw)
    refuse_question(text, raw)
    if len(text) > _LONGEST:
        raise Unreadable(f"{kind}.panjang", maks=_LONGEST)
    return text


def _asks_for_village(field: Field) -> bool:
    """Whether the question itself is content with the name of a village."""
    return bool(AREA_WORDS & set(words_of(field.question)))


def _is_addressed(text: str, area: Area) -> bool:
    """Whether something says where: a road, a village, a regency, the number of a house."""
    words = words_of(text)
    if (ADDRESS_WORDS - AREA_WORDS) & set(words):
        return True
    if words[0] in PUBLIC or words[:2] == ["rumah", "sakit"]:
        return False
    if AREA_WORDS & set(words) or _HOUSE.search(text):
        return True
    return names_a_place(text, area) or names_elsewhere(text, area) is not None


def _is_named(text: str, context: FormContext) -> bool:
    """Whether there is a word that somebody else would find the place by."""
    words, known = plain_words(text), context.words
    talk = SAYS_NOTHING | known.yes | known.no | known.either
    return names_a_place(text, context.area) or any(
        _names(word, before, talk) for before, word in pairwise(["", *words])
    )


def _names(word: str, before: str, talk: frozenset[str]) -> bool:
    if word.isdigit():
        return before in NUMBERED
    if word in QUALITIES and before in ADDRESS_WORDS | NUMBERED | {"pasar", "terminal"}:
        return True
    bare = word.removesuffix("nya") if len(word) > _LONGEST_SUFFIXED else word
    return _LETTERS.match(word) is not None and not {word, bare} & talk


def _has_detail(text: str, place: Place) -> bool:
    """Whether more is said than the village and its district."""
    names = words_of(f"{place.village or ''} {place.district or ''}")
    return bool(set(words_of(text)) - set(names) - AREA_WORDS)


def _described(
    text: str, place: Place, parts: dict[str, str], landmark: Landmark | None = None
) -> Json:
    return {"teks": text, **parts, **_named_parts(place, landmark)}


def _named_parts(place: Place, landmark: Landmark | None) -> dict[str, Json]:
    parts = {
        "desa": place.village,
        "kecamatan": place.district,
        "patokan": landmark.name if landmark else None,
    }
    return {key: name for key, name in parts.items() if name}


def _on_the_map(location: Location, area: Area) -> Json:
    point = Point(location.latitude, location.longitude)
    if not in_country(*point):
        raise Unreadable("lokasi.luar")
    village = area.sites.village_at(point)
    if village is None:
        _refuse_elsewhere(point, area)
    place = Place(village, area.district_of(village) if village else None)
    pin: dict[str, Json] = {"lat": round(point.latitude, 6), "lon": round(point.longitude, 6)}
    return {**pin, **_named_parts(place, area.sites.landmark_at(point))}


def _refuse_elsewhere(point: Point, area: Area) -> None:
    """Raise Unreadable for a place that is a neighbour's, or lies beyond our edges."""
    neighbour = area.sites.neighbour_at(point)
    if neighbour is not None:
        raise _lies_elsewhere(neighbour.name, area)
    if area.sites.covers(name for names in area.districts.values() for name in names):
        raise Unreadable("lokasi.luar_daerah")
    if area.bounds is not None:
        south, north, west, east = area.bounds
        if not (south <= point.latitude <= north and west <= point.longitude <= east):
            raise Unreadable("lokasi.luar_daerah")


ADDRESS = Kind(read_address, show)
LOCATION = Kind(read_location, show, with_words)
