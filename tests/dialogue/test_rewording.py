"""What a correction puts in the place of what."""

from __future__ import annotations

import pytest

from actions.dialogue.handlers.form.rewording import Swap, completed, swap, swapped, without_leads
from actions.forms.form import Field
from tests.support.running_bot import reference_of_tests

LEADS = reference_of_tests().words["perbaiki"]["pengantar"]
NAME = Field("nama", "nama", "Nama", "")
ADDRESS = Field("alamat", "alamat", "Alamat", "")
HOME = "Jl Melati 4 RT 02/RW 05 Wonorejo"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("rt 3 bukan rt 2", Swap("rt 3", "rt 2")),
        ("Siti bukan Sitti ya pak", Swap("Siti", "Sitti")),
        ("bukan rt 2 tapi rt 3", Swap("rt 3", "rt 2")),
        ("bukan Sitti yang bener Siti bu", Swap("Siti", "Sitti")),
        ("bukan Sitti, Siti", Swap("Siti", "Sitti")),
        ("alamatnya bukan jl mawar tapi jl melati", Swap("alamatnya jl melati", "jl mawar")),
        ("namanya salah", None),
    ],
)
def test_what_replaces_what(text: str, change: Swap | None) -> None:
    assert swap(text) == change


@pytest.mark.parametrize(
    ("field", "told", "change", "answer"),
    [
        (ADDRESS, HOME, Swap("rt 3", "rt 2"), "Jl Melati 4 RT 03/RW 05 Wonorejo"),
        (ADDRESS, HOME, Swap("rw 6", "5"), "Jl Melati 4 RT 02/RW 06 Wonorejo"),
        (ADDRESS, HOME, Swap("jl mawar", "jl melati"), "jl mawar 4 RT 02/RW 05 Wonorejo"),
        (ADDRESS, HOME, Swap("rt 3", "rt 7"), None),
        (NAME, "Sitti Aminah", Swap("Siti", "Sitti"), "Siti Aminah"),
        (NAME, "Sitti Aminah", Swap("Siti Aminah", "Sitti"), "Siti Aminah"),
        (NAME, "Sitti Aminah", Swap("Siti", "Sit"), None),
    ],
)
def test_only_the_wrong_part_changes(
    field: Field, told: str, change: Swap, answer: str | None
) -> None:
    assert swapped(field, told, change) == answer


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rt nya salah harusnya 4", "rt 4"),
        ("alamatnya rt 3", "rt 3"),
        ("alamatnya salah woy, depan pasar", "depan pasar"),
        ("eh maaf alamat saya yang bener jl mawar 3", "jl mawar 3"),
    ],
)
def test_the_value_stands_behind_what_leads_to_it(text: str, value: str) -> None:
    assert without_leads(text, LEADS, ["alamat"]) == value


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("rt 4", "Jl Melati 4 RT 04/RW 05 Wonorejo"),
        ("rt 1 rw 2", "Jl Melati 4 RT 01/RW 02 Wonorejo"),
        ("jl mawar 1 rt 4", "jl mawar 1 rt 4"),
    ],
)
def test_an_rt_alone_completes_the_place(value: str, answer: str) -> None:
    assert completed(ADDRESS, HOME, value) == answer
