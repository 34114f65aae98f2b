"""RT and RW as they are written: what is no RW is not made one."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext
from actions.forms.places import find_rt_rw
from tests.forms.samples import field, read


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [
        ("Tegalsari RT 05, 50 meter dari masjid", "05", None),
        ("Tegalsari RT 03/04 RW 02", "03", "02"),
        ("Sidomulyo RT 02 10 rumah terendam", "02", None),
        ("masjid Al Huda Tegalsari RT 03, 2 rumah dari pos", "03", None),
        ("RT 02/50 meter dari pos", "02", None),
        ("RT 03. 2 tiang", "03", None),
        ("RT 01-05 banjir", "01", None),
        ("RT 3, 5 dan 7", "03", None),
        ("RT 3, 5 dan 7 RW 2", "03", "02"),
        ("RT 07, RT 08, dan RT 09 RW 01", "07", "01"),
        ("RT 01/02/03", "01", None),
        ("RT 03 07.30 pagi", "03", None),
        ("RT 03 05 November", "03", None),
        ("RT 05 081234567890", "05", None),
        ("RT 04 RW 100 meter lagi", "04", None),
        ("RT 05 km 3", "05", None),
        ("RT tiga, dua rumah dari pos", "03", None),
        ("RT tiga lima rumah dari pos", "03", None),
        ("pak RT, 3 rumah dari pos", None, None),
        ("sudah lapor pak RT 3 kali", None, None),
        ("start 5", None, None),
        ("RT 03/RW 05", "03", "05"),
        ("RT.003/RW.005", "03", "05"),
        ("rt/rw 003/005", "03", "05"),
        ("rt rw 3 5", "03", "05"),
        ("RT: 03, RW: 04", "03", "04"),
        ("R.T. 3 R.W. 5", "03", "05"),
        ("rukun tetangga 3 rukun warga 5", "03", "05"),
        ("RT nol tiga RW lima belas", "03", "15"),
        ("RT 003 005 Mekarsari", "03", "05"),
        ("RT.02.05", "02", "05"),
        ("RT 3/5", "03", "05"),
        ("rt1rw2", "01", "02"),
        ("RW 05/RT 03", "03", "05"),
        ("RT 000/RW 000", "00", "00"),
    ],
)
def test_numbers_are_read_where_they_are_written(
    text: str, rt: str | None, rw: str | None
) -> None:
    assert find_rt_rw(text) == {k: v for k, v in (("rt", rt), ("rw", rw)) if v}


@pytest.mark.parametrize("kind", ["alamat", "lokasi"])
@pytest.mark.parametrize(
    "text", ["Tegalsari RT 05, 50 meter dari masjid", "Jl Mawar rt tiga rw lima", "mawar, rt3/5"]
)
def test_the_words_stay_as_they_were_written(context: FormContext, kind: str, text: str) -> None:
    value = read(field(kind), text, context)
    assert isinstance(value, dict)
    assert value["teks"] == text
