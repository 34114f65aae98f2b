"""Fields, choices and files that the tests of the kinds of question share."""

from __future__ import annotations

from typing import Any

from actions.domain.messages import StoredFile
from actions.forms.context import FormContext, RawAnswer
from actions.forms.form import Choice, Field, Json
from actions.forms.kinds import KINDS

POLICE = (Choice("sudah", "Sudah"), Choice("belum", "Belum"))
STATE = (
    Choice("tujuh_belas", "Baru genap 17 tahun"),
    Choice("menikah", "Belum 17, sudah menikah"),
    Choice("belum_rekam", "Dewasa, belum pernah direkam"),
    Choice("sudah_rekam", "Sudah direkam, belum dicetak"),
)
LOSS = (Choice("hilang", "Hilang"), Choice("rusak", "Rusak"), Choice("rusak_berat", "Rusak berat"))
JPEG = StoredFile("ab12", "image/jpeg", 245_760)
PDF = StoredFile("cd34", "application/pdf", 900)
WORD = StoredFile("ef56", "application/msword", 900)


def field(kind: str, **more: Any) -> Field:
    """A field of a kind, by itself."""
    return Field(kind=kind, **{"key": kind, "label": kind, "question": "", **more})


def read(field: Field, given: RawAnswer | str, context: FormContext) -> Json:
    """What the kind stores for an answer, given as words or as it came."""
    answer = RawAnswer(text=given) if isinstance(given, str) else given
    return KINDS[field.kind].read(answer, field, context)
