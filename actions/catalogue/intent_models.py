"""The shape of the data file of an intent."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from actions.catalogue.models import MAX_BUTTON, ButtonLabel, Shape, yes_no_as_written


class IntentButton(Shape):
    """What an intent is called on a button: by itself, and with what it is about ({hal})."""

    alone: ButtonLabel = Field(alias="umum")
    about: Annotated[str, Field(max_length=MAX_BUTTON, pattern=r"\{hal\}")] | None = Field(
        None, alias="hal"
    )


class Intent(Shape):
    """What citizens may want: its traits, and words for when the model cannot be asked.

    `target` is the kind of thing it is about, and `opens` says that it opens the form of that;
    `leaves_form`, that it does not come back to an open one. `case` says that it asks for news
    of a case, or objects to its end. `names_only`: bare names are understood so. `may_answer`
    lists where it may be an answer in spite of its name: at the summary, to an officer.
    """

    description: str = Field(alias="keterangan")
    button: IntentButton | None = Field(None, alias="tombol")
    target: Literal["layanan", "keluhan", "kantor"] | None = Field(None, alias="tentang")
    opens: bool = Field(default=False, alias="membuka")
    leaves_form: bool = Field(default=False, alias="meninggalkan_isian")
    only_in_form: bool = Field(default=False, alias="hanya_dalam_isian")
    case: Literal["kabar", "keberatan"] | None = Field(None, alias="perkara")
    names_only: bool = Field(default=False, alias="menyebut_nama")
    may_answer: tuple[Literal["ringkasan", "petugas"], ...] = Field((), alias="bisa_menjawab")
    reply: Annotated[Literal["ya", "tidak"], BeforeValidator(yes_no_as_written)] | None = Field(
        None, alias="jawaban"
    )
    courtesy: bool = Field(default=False, alias="basa_basi")
    wish: bool = Field(default=True, alias="keinginan")
    hands_over: bool = Field(default=False, alias="ke_petugas")
    outside: bool = Field(default=False, alias="di_luar")
    keywords: tuple[str, ...] = Field((), alias="kata_kunci")
    examples: tuple[str, ...] = Field((), alias="contoh")

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if self.opens and self.target not in {"layanan", "keluhan"}:
            raise PydanticCustomError("membuka_apa", "membuka needs tentang")
        return self
