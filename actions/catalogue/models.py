"""The shape of the data files. Attributes are English, the keys in the files Indonesian."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from actions.domain.alerts import AlertEvent

MAX_BUTTON = 30
KIND = Literal[
    "teks",
    "nama",
    "nik",
    "kk",
    "tanggal",
    "telepon",
    "angka",
    "uang",
    "pilihan",
    "ya_tidak",
    "alamat",
    "lokasi",
    "foto",
    "dokumen",
]
WITHOUT_DEFAULT_QUESTION = {"teks", "angka", "uang", "pilihan", "ya_tidak"}
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


def _as_tuple(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _unended(value: Any) -> Any:
    return value.rstrip(".") if isinstance(value, str) else value


def yes_no_as_written(value: Any) -> Any:
    """The word that an official wrote where YAML read a truth value."""
    return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


OneOrMore = Annotated[
    tuple[Annotated[str, BeforeValidator(yes_no_as_written)], ...], BeforeValidator(_as_tuple)
]
Conditions = dict[str, OneOrMore]
ButtonLabel = Annotated[str, Field(min_length=1, max_length=MAX_BUTTON)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$")]


class Shape(BaseModel):
    """Strict about unknown keys, so that a typo is found at the start."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Question(Shape):
    """One question of a form. `words` are what people say for a choice, by its key."""

    key: Slug = Field(alias="kunci")
    kind: KIND = Field(alias="jenis")
    label: str | None = Field(None, max_length=MAX_BUTTON)
    ask: str | None = Field(None, alias="tanya")
    required: bool = Field(default=True, alias="wajib")
    when: Conditions = Field(default_factory=dict, alias="jika")
    choices: dict[Slug, ButtonLabel] = Field(default_factory=dict, alias="pilihan")
    words: dict[Slug, tuple[str, ...]] = Field(default_factory=dict, alias="kata")
    bound: Literal["lampau", "mendatang"] | None = Field(None, alias="batas")
    minimum: int | None = Field(None, alias="min")
    maximum: int | None = Field(None, alias="maks")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in WITHOUT_DEFAULT_QUESTION and not (self.label and self.ask):
            raise PydanticCustomError("tanya_kurang", "needs label and tanya")
        if (self.kind == "pilihan") != bool(self.choices):
            raise PydanticCustomError("pilihan_kurang", "pilihan goes with kind pilihan")
        return self


class Requirement(Shape):
    """Something to bring, or to send in the chat when `upload` is set."""

    key: Slug | None = Field(None, alias="kunci")
    text: str = Field(alias="teks")
    upload: Literal["foto", "dokumen"] | None = Field(None, alias="unggah")
    when: Conditions = Field(default_factory=dict, alias="jika")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.upload and not self.key:
            raise PydanticCustomError("unggah_tanpa_kunci", "unggah needs kunci")
        return self


class Fee(Shape):
    """Rupiah, 0 for free; None where it varies and the note says how."""

    rupiah: int | None = Field(None, ge=0)
    note: Annotated[str | None, BeforeValidator(_unended)] = Field(None, alias="catatan")

    @model_validator(mode="after")
    def _said(self) -> Self:
        if self.rupiah is None and not self.note:
            raise PydanticCustomError("biaya_kosong", "needs rupiah or catatan")
        return self


class Duration(Shape):
    """Working days from a complete submission."""

    working_days: int = Field(alias="hari_kerja", ge=0, le=365)


class Item(Shape):
    """What services and complaints have in common."""

    name: str = Field(alias="nama")
    called: ButtonLabel = Field(alias="sebutan")
    unit: str
    summary: str = Field(alias="ringkas")
    difference: str | None = Field(None, alias="beda")
    similar: tuple[str, ...] = Field((), alias="mirip")
    aliases: tuple[str, ...] = Field(alias="alias", min_length=1)
    duration: Duration = Field(alias="lama")
    questions: tuple[Question, ...] = Field(alias="tanya", min_length=1)
    after: str | None = Field(None, alias="setelah")
    examples: tuple[str, ...] = Field((), alias="contoh")


class Proxy(Shape):
    """Whether somebody else may see to it, and what they bring; "sebagian" for a part of it."""

    allowed: Annotated[Literal["ya", "sebagian", "tidak"], BeforeValidator(yes_no_as_written)] = (
        Field(alias="bisa")
    )
    text: str = Field(alias="teks")


class Source(Shape):
    """A law or a page that facts were taken from, and the day on which it was read."""

    name: str = Field(alias="apa")
    address: str | None = Field(None, alias="alamat", pattern="^https?://")
    read_on: date = Field(alias="dibaca")


class Service(Item):
    """A public service that citizens can ask for.

    The office vouches for its facts from the day `checked` until `check_again`; at other times
    they are told as an estimate. `needless` is what must not be asked for.
    """

    requirements: tuple[Requirement, ...] = Field((), alias="syarat")
    needless: tuple[str, ...] = Field((), alias="tidak_perlu")
    forms: tuple[str, ...] = Field((), alias="formulir")
    opening: str | None = Field(None, alias="pembuka")
    fee: Fee = Field(alias="biaya")
    penalty: str | None = Field(None, alias="denda")
    proxy: Proxy = Field(alias="wakil")
    legal_basis: tuple[str, ...] = Field((), alias="dasar_hukum")
    sources: tuple[Source, ...] = Field((), alias="sumber")
    checked: date | None = Field(None, alias="diperiksa")
    check_again: date | None = Field(None, alias="tinjau_sebelum")

    @model_validator(mode="after")
    def _checked_for_a_while(self) -> Self:
        if (self.checked is None) != (self.check_again is None):
            raise PydanticCustomError("tinjau_kurang", "diperiksa goes with tinjau_sebelum")
        if self.checked and self.check_again and self.checked >= self.check_again:
            raise PydanticCustomError("tinjau_terbalik", "tinjau_sebelum is not later")
        return self

    def is_vouched_for(self, day: date) -> bool:
        """Whether the office stands by the facts on a day."""
        if self.checked is None or self.check_again is None:
            return False
        return self.checked <= day < self.check_again


class Elsewhere(Shape):
    """Another body that a complaint belongs to."""

    to: str = Field(alias="kepada")
    text: str = Field(alias="teks")


class Complaint(Item):
    """A kind of fault or complaint that citizens can report; with `proof`, done by a photo.

    `reported` is the question whose answer names the office that is complained of; where that is
    the unit itself, `stand_in` works on the case.
    """

    secret: bool = Field(default=False, alias="rahasia")
    dangerous: bool = Field(default=False, alias="darurat")
    proof: bool = Field(default=False, alias="bukti")
    elsewhere: Elsewhere | None = Field(None, alias="bukan_kewenangan")
    reported: Slug | None = Field(None, alias="terlapor")
    stand_in: str | None = Field(None, alias="pengganti")


Interval = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}-\d{2}\.\d{2}$")]
Hours = dict[Literal[DAYS], tuple[Interval, ...]]  # type: ignore[valid-type]


class Unit(Shape):
    """An office of the regency, or another one that people ask about; what it `includes`."""

    name: str = Field(alias="nama")
    called: ButtonLabel | None = Field(None, alias="sebutan")
    aliases: tuple[str, ...] = Field((), alias="alias")
    includes: tuple[str, ...] = Field((), alias="membawahi")
    tasks: str = Field(alias="urusan")
    address: str = Field(alias="alamat")
    phone: str | None = Field(None, alias="telepon")
    hours: Hours = Field(default_factory=dict, alias="jam")
    note: str | None = Field(None, alias="catatan")
    group: int | None = Field(None, alias="grup_telegram", lt=0)
    group_events: tuple[AlertEvent, ...] = Field(
        (AlertEvent.NEW, AlertEvent.URGENT, AlertEvent.DIGEST), alias="kabar_grup"
    )

    @property
    def short(self) -> str:
        """As people call it."""
        return self.called or self.name


Square = Annotated[int, Field(ge=1, le=99)]


class District(Shape):
    """A kecamatan with its villages; `squares` are where they lie on the map: row, column."""

    district: str = Field(alias="kecamatan")
    villages: tuple[str, ...] = Field(alias="desa", min_length=1)
    squares: dict[str, tuple[Square, Square]] = Field(default_factory=dict, alias="petak")


class Bounds(Shape):
    """The edges of the regency in degrees; a shared location outside of them is not ours."""

    south: float = Field(alias="selatan", ge=-90, le=90)
    north: float = Field(alias="utara", ge=-90, le=90)
    west: float = Field(alias="barat", ge=-180, le=180)
    east: float = Field(alias="timur", ge=-180, le=180)


class EmergencyNumber(Shape):
    """A number to call and what for."""

    number: str = Field(alias="nomor")
    purpose: str = Field(alias="untuk")


CodePrefix = Annotated[str, Field(pattern="^[A-Z]{2,4}$")]


class Office(Shape):
    """The regency: who it is, where, when, and the numbers of its area.

    `help_desk` is the unit whose hours count while nothing has been spoken of, and
    `service_complaint` the complaint about how somebody was served. `late_causes` are why a case
    may have been late, to be chosen from when one is closed. A case whose owner does nothing for
    `take_back_after` working days is taken back.
    """

    name: str = Field(alias="nama")
    called: str = Field(alias="sebutan")
    fictional: bool = Field(default=False, alias="fiktif")
    code_prefix: CodePrefix = Field(alias="awalan_kode")
    older_prefixes: tuple[CodePrefix, ...] = Field((), alias="awalan_kode_lama")
    time_zone: str = Field(alias="zona_waktu")
    week: Literal[5, 6] = Field(5, alias="minggu_kerja")
    area: tuple[District, ...] = Field(alias="wilayah", min_length=1)
    bounds: Bounds | None = Field(None, alias="batas_peta")
    privacy_notice: str = Field(alias="pemberitahuan_data")
    emergency: tuple[EmergencyNumber, ...] = Field(alias="darurat", min_length=1)
    units: dict[Slug, Unit] = Field(alias="unit", min_length=1)
    others: dict[Slug, Unit] = Field(default_factory=dict, alias="kantor_lain")
    help_desk: str | None = Field(None, alias="meja_bantuan")
    service_complaint: str | None = Field(None, alias="keluhan_pelayanan")
    take_back_after: int = Field(5, alias="tarik_kembali", ge=1, le=60)
    late_causes: dict[Slug, ButtonLabel] = Field(default_factory=dict, alias="sebab_terlambat")

    @property
    def villages(self) -> frozenset[str]:
        """Every village of the area, by name."""
        return frozenset(village for part in self.area for village in part.villages)

    @property
    def code_prefixes(self) -> tuple[str, ...]:
        """What codes begin with: those that are given out, then those of before."""
        return (self.code_prefix, *self.older_prefixes)
