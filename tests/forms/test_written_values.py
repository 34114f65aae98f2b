"""What the NLU finds in a sentence is read here, and nowhere else: one vocabulary for all."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, RawAnswer
from actions.forms.form import Field
from actions.forms.kinds import KINDS
from actions.forms.places import find_rt_rw


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("nik", "3299 0112 0488 0003", "3299011204880003"),
        ("nik", "3299011204880O03", "3299011204880003"),
        ("telepon", "0812-0000-1234", "+6281200001234"),
        ("telepon", "+62 812 0000 5566", "+6281200005566"),
        ("uang", "Rp 50.000", 50_000),
        ("uang", "dua ratus ribu rupiah", 200_000),
        ("uang", "1,5 juta", 1_500_000),
        ("uang", "setengah juta", 500_000),
        ("uang", "goceng", 5_000),
        ("uang", "gopek", 500),
        ("uang", "sejuta setengah", 1_500_000),
        ("uang", "satu setengah juta", 1_500_000),
        ("uang", "telung atus ewu", 300_000),
        ("uang", "tigaratus ribu", 300_000),
        ("uang", "salapan puluh rebu", 90_000),
        ("uang", "75.000,-", 75_000),
        ("uang", "Rp 1,2 miliar", 1_200_000_000),
    ],
)
def test_a_written_value_is_read(
    kind: str, written: str, value: object, context: FormContext
) -> None:
    field = Field(key="isi", kind=kind, label="Isi", question="Isi?")
    assert KINDS[kind].read(RawAnswer(text=written), field, context) == value


@pytest.mark.parametrize(
    ("written", "rt", "rw"),
    [("RT.04/02", "04", "02"), ("rt dua rw empat", "02", "04"), ("RT 3/5", "03", "05")],
)
def test_a_neighbourhood_is_read(written: str, rt: str, rw: str) -> None:
    assert find_rt_rw(written) == {"rt": rt, "rw": rw}
