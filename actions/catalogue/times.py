"""The shape of data/retention.yml and data/holidays.yml: how long, and which days."""

from datetime import date
from typing import Annotated

from pydantic import Field

from actions.catalogue.models import Shape

Days = Annotated[int, Field(ge=1, le=36500)]


class Retention(Shape):
    """How many days each class of data is kept."""

    lines: Days = Field(alias="percakapan")
    closed_cases: Days = Field(alias="perkara_selesai")
    handled: Days = Field(alias="pesan_masuk")
    sent: Days = Field(alias="pesan_keluar")
    set_aside: Days = Field(alias="disisihkan")
    security: Days = Field(alias="keamanan")
    trail: Days = Field(alias="jejak")
    rights: Days = Field(alias="hak")
    samples: Days = Field(alias="contoh_kalimat")


class Holiday(Shape):
    """A day on which offices are closed; `estimate` until the joint decree is out."""

    day: date = Field(alias="tanggal")
    name: str = Field(alias="nama")
    estimate: bool = Field(default=False, alias="perkiraan")


class Holidays(Shape):
    """All holidays that are known."""

    days: tuple[Holiday, ...] = Field(alias="libur", min_length=1)
