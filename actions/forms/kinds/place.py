"""alamat and lokasi: where somebody lives, and where something is.

Both are stored as {"teks", "rt", "rw", "desa", "kecamatan"}, as far as known; a location
that was shared or pasted as coordinates has "lat" and "lon" in degrees instead of "teks".
"""

import re

from actions.domain.messages import Location
from actions.domain.text import words_of
from actions.forms.context import FormContext, RawAnswer, Unreadable, refuse_question, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.places import AREA_WORDS, Place, find_place, find_rt_rw, write_rt_rw

_LONGEST = 300
_SOUTH, _NORTH, _WEST, _EAST = -11.5, 6.5, 94.5, 141.5
_COORDINATES = re.compile(r"(-?\d{1,2}[.,]\d{3,})\s*(?:[,; ]|%2C)\s*(\d{2,3}[.,]\d{3,})")
_SAYS_NOTHING = frozenset(
    {
        "di",
        "sini",
        "disini",
        "situ",
        "disitu",
        "sana",
        "disana",
        "ya",
        "lah",
        "aja",
        "saja",
        "depan",
        "belakang",
        "samping",
        "dekat",
        "rumah",
        "rumahku",
        "saya",
        "kami",
        "aku",
        "pak",
        "bu",
        "jalan",
        "rt",
        "rw",
        "sama",
        "dengan",
        "sesuai",
        "seperti",
        "alamat",
        "ktp",
        "kk",
    }
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def read_address(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """An address in free words."""
    text = _words(raw, "alamat")
    place = find_place(text, context.area)
    if not _is_named(text) or not _has_detail(text, place):
        raise Unreadable("alamat.pendek")
    return _described(text, place)


def read_location(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A shared location, pasted coordinates, or a landmark in words."""
    if raw.location is not None:
        return _on_the_map(raw.location)
    if match := _COORDINATES.search(raw.text or ""):
        latitude, longitude = (float(number.replace(",", ".")) for number in match.groups())
        return _on_the_map(Location(latitude, longitude))
    text = _words(raw, "lokasi")
    place = find_place(text, context.area)
    if not _is_named(text) or not (place.village or place.district or " " in text):
        raise Unreadable("lokasi.pendek")
    if not _has_detail(text, place) and not _asks_for_village(field):
        raise Unreadable("lokasi.patokan", desa=place.village or place.district or text)
    return _described(text, place)


def show(value: Json, field: Field) -> str:
    """The words, with the village that was understood; coordinates for a shared location."""
    place = value if isinstance(value, dict) else {"teks": value}
    if "teks" not in place:
        return f"{place['lat']:.5f}, {place['lon']:.5f}"
    text, village = str(place["teks"]), place.get("desa")
    known = village is None or str(village).casefold() in text.casefold()
    return text if known else f"{text} ({village})"


def _words(raw: RawAnswer, kind: str) -> str:
    text = typed(raw)
    refuse_question(text, raw)
    if len(text) > _LONGEST:
        raise Unreadable(f"{kind}.panjang", maks=_LONGEST)
    return write_rt_rw(text)


def _asks_for_village(field: Field) -> bool:
    """Whether the question itself is content with the name of a village."""
    return bool(AREA_WORDS & set(words_of(field.question)))


def _is_named(text: str) -> bool:
    """Whether there is a word that somebody else would find the place by."""
    return any(_LETTERS.match(word) for word in set(words_of(text)) - _SAYS_NOTHING)


def _has_detail(text: str, place: Place) -> bool:
    """Whether more is said than the village and its district."""
    names = words_of(f"{place.village or ''} {place.district or ''}")
    return bool(set(words_of(text)) - set(names) - AREA_WORDS)


def _described(text: str, place: Place) -> Json:
    parts: dict[str, Json] = {"teks": text, **find_rt_rw(text)}
    if place.village:
        parts["desa"] = place.village
    if place.district:
        parts["kecamatan"] = place.district
    return parts


def _on_the_map(location: Location) -> Json:
    latitude, longitude = location.latitude, location.longitude
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        raise Unreadable("lokasi.luar")
    return {"lat": round(latitude, 6), "lon": round(longitude, 6)}


ADDRESS = Kind(read_address, show)
LOCATION = Kind(read_location, show)
