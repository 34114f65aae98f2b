"""Names of villages and people: neither danger nor anger, however they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.domain.anger import is_angry
from actions.domain.danger import find_danger
from tests.support.running_bot import reference_of_tests

DANGER = reference_of_tests().danger
ANGER = reference_of_tests().anger

LIMIT = 4
"""How many may be left of some hundred: a village is indeed called Begal, the robber."""

PLACES = [
    "{}",
    "desa {}",
    "jalan {}",
    "jl. {} rt 3",
    "Jalan {} No 4 RT 03 RW 05 Sidomulyo",
    "saya dari {} mau daftar bpjs",
    "saya orang {}",
    "saya warga desa {}",
    "saya warga desa {} mau tanya syarat ktp",
]
PEOPLE = ["{}", "{} Wijaya", "nama saya {}", "bu {} pegawai kecamatan"]
FORMS = [("desa", form) for form in PLACES]
FORMS += [("kecamatan", form) for form in PLACES]
FORMS += [("orang", form) for form in PEOPLE]
WRITTEN: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "small": str.lower,
    "capitals": str.upper,
}


@cache
def names(kind: str) -> tuple[str, ...]:
    """Names of one kind from the sample."""
    return tuple(YAML(typ="safe").load(Path(__file__).with_name("names.yml"))[kind])


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_a_name_is_no_danger_and_no_insult(kind: str, form: str, written: str) -> None:
    texts = [WRITTEN[written](form.format(name)) for name in names(kind)]
    alarms = [text for text in texts if find_danger(text, DANGER)]
    angry = [text for text in texts if is_angry(text, ANGER)]
    assert len(alarms) <= LIMIT, alarms
    assert len(angry) <= LIMIT, angry
