"""The shape of data/map.yml and data/places/: villages, neighbours, landmarks."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from actions.catalogue.models import Shape
from actions.domain.geo import Point

Degrees = tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]]
Corners = Annotated[tuple[Degrees, ...], Field(min_length=3)]


class VillageSite(Shape):
    """Where a village lies: a point in its middle, its outline, or both."""

    centre: Degrees | None = Field(None, alias="titik")
    outline: Corners | None = Field(None, alias="batas")

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.centre is None and self.outline is None:
            raise PydanticCustomError("letak_kosong", "needs titik or batas")
        return self


class NeighbourSite(Shape):
    """A regency beside ours; `contact` is a sentence that says how to reach its office."""

    name: str = Field(alias="nama")
    contact: str = Field(alias="kontak")
    outline: Corners = Field(alias="batas")


class OfficeMap(Shape):
    """The villages on the map, and the regencies around them.

    A pin outside of every outline counts to the village of which a point is at most `reach`
    metres away.
    """

    reach: int = Field(2000, alias="jangkauan", ge=0, le=50_000)
    villages: dict[str, VillageSite] = Field(default_factory=dict, alias="desa")
    neighbours: tuple[NeighbourSite, ...] = Field((), alias="tetangga")


class KnownPlace(Shape):
    """A landmark: what it is called, where it stands."""

    name: str = Field(alias="nama", min_length=3, max_length=60)
    aliases: tuple[str, ...] = Field((), alias="alias")
    village: str = Field(alias="desa")
    at: Degrees = Field(alias="titik")


class KnownPlaces(Shape):
    """The landmarks of one kind; `spellings` are words that mean the first word of the kind."""

    kind: str = Field(alias="jenis", min_length=3)
    spellings: tuple[str, ...] = Field((), alias="kata")
    places: tuple[KnownPlace, ...] = Field((), alias="tempat")


def points(corners: tuple[tuple[float, float], ...]) -> tuple[Point, ...]:
    """Corners as places on the map."""
    return tuple(Point(*corner) for corner in corners)
