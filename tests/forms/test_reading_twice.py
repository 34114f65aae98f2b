"""Stored answers are normalised: reading them again changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Choice, Field, Json
from actions.forms.kinds import KINDS

STATE = (
    Choice("tujuh_belas", "Baru genap 17 tahun"),
    Choice("menikah", "Belum 17, sudah menikah"),
    Choice("sudah_rekam", "Sudah direkam, belum dicetak"),
)


def field(kind: str, **more: Any) -> Field:
    return Field(key=kind, kind=kind, label=kind, question="", **more)


def read(field: Field, given: RawAnswer, context: FormContext) -> Json:
    return KINDS[field.kind].read(given, field, context)


FIELDS = [
    field("teks"),
    field("nama"),
    field("nik"),
    field("kk"),
    field("tanggal"),
    field("telepon"),
    field("angka"),
    field("uang"),
    field("pilihan", choices=STATE),
    field("ya_tidak"),
    field("alamat"),
    field("lokasi"),
    field("foto"),
    field("dokumen"),
]
PIECES = st.sampled_from(
    [
        "rt 3",
        "RW 05",
        "desa",
        "Mekarsari",
        "saya",
        "nama",
        "pak",
        "ya",
        "belum",
        "5 des 2026",
        "3578014107850001",
        "0812 3456 7890",
        "2 juta",
        "besok",
        "siti",
        "AMINAH",
        "jl",
        "sudah",
        "-6.21 106.816",
        "dua belas",
        "?",
        "bukan",
        "iya",
        "/",
        ",",
        "O'neil",
        "ß",
        "İ",
        "ŉ",
        "Ǆ",
    ]
)
SPOKEN = st.lists(PIECES, max_size=6).map(" ".join) | st.text(max_size=60)


@pytest.mark.parametrize("asked", FIELDS, ids=lambda asked: asked.kind)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=SPOKEN, insisted=st.booleans())
def test_reading_twice_gives_the_same_as_once(
    context: FormContext, asked: Field, text: str, insisted: bool
) -> None:
    """Also: nothing but Unreadable is raised, and every value can be shown."""
    try:
        value = read(asked, RawAnswer(text=text, insisted=insisted), context)
    except Unreadable:
        return
    again = value["teks"] if isinstance(value, dict) and "teks" in value else value
    if isinstance(again, dict):
        again = f"{again['lat']:.6f}, {again['lon']:.6f}"
    assert read(asked, RawAnswer(text=str(again), insisted=True), context) == value
    assert KINDS[asked.kind].show(value, asked)


@given(st.integers(0, 10**12))
def test_amounts_shown_are_read_back(amount: int) -> None:
    today = FormContext(date(2026, 11, 24))
    for kind in ("angka", "uang"):
        shown = KINDS[kind].show(amount, field(kind))
        assert read(field(kind), RawAnswer(text=shown), today) == amount
