"""Where a case is, as far as its answers tell."""

from collections.abc import Mapping
from typing import Any


def place_of(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first answer that is a place."""
    places = (answer for answer in answers.values() if isinstance(answer, Mapping))
    return next((dict(one) for one in places if "teks" in one or "lat" in one), None)


def village_of(answers: Mapping[str, Any]) -> str | None:
    """The first village that an answer names."""
    places = (answer for answer in answers.values() if isinstance(answer, Mapping))
    return next((str(place["desa"]) for place in places if place.get("desa")), None)
