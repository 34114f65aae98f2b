"""Every service and every kind of complaint has a conversation to its receipt, and more."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.meta.sources import ROOT
from tests.support.golden.script import Script, read_scripts
from tests.support.running_bot import reference_of_tests

FOLDERS = {
    "lancar",
    "koreksi",
    "pembatalan",
    "menyimpang",
    "masukan_salah",
    "ambigu",
    "gangguan",
    "layanan",
    "pengaduan",
    "survei",
    "petugas",
}
SCRIPTS = read_scripts(ROOT / "tests" / "conversations")
CATALOGUE = reference_of_tests().catalogue
NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")
RECEIPT = "formulir.diterima"


def _of(folder: str) -> list[Script]:
    return [script for script in SCRIPTS if script.path.parent.name == folder]


@pytest.mark.parametrize("slug", sorted(CATALOGUE.services))
def test_a_service_has_a_conversation(slug: str) -> None:
    _leads_to_the_receipt(slug, "layanan", "permohonan")


@pytest.mark.parametrize("slug", sorted(CATALOGUE.complaints))
def test_a_complaint_has_a_conversation(slug: str) -> None:
    _leads_to_the_receipt(slug, "pengaduan", "laporan")


def _leads_to_the_receipt(slug: str, folder: str, kind: str) -> None:
    script = next(script for script in _of(folder) if script.slug == slug)
    last = script.steps[-1]
    assert _first(last.expected["bot"]) == RECEIPT
    assert last.expected["simpan"][kind] == 1
    assert script.steps[0].act == "warga", "it begins with what a citizen writes"


def _first(said: str | list[str]) -> str:
    """What the bot says first: a helper's receipt has a slip to hand over after it."""
    return said if isinstance(said, str) else said[0]


def test_no_conversation_is_about_something_that_is_gone() -> None:
    named = {script.slug for script in SCRIPTS if script.slug}
    assert named == {*CATALOGUE.services, *CATALOGUE.complaints}


def test_folders_are_named_after_what_goes_wrong() -> None:
    assert FOLDERS - {script.path.parent.name for script in SCRIPTS} == set()


def test_files_are_named_by_a_sentence_and_no_sentence_is_there_twice() -> None:
    assert [script.id for script in SCRIPTS if not NAME.fullmatch(script.path.stem)] == []
    assert [name for name, times in Counter(s.name for s in SCRIPTS).items() if times > 1] == []


def test_there_are_enough_of_them() -> None:
    hazards = [s for s in SCRIPTS if s.path.parent.name not in {"layanan", "pengaduan"}]
    assert len(hazards) >= 70
    assert len([script for script in SCRIPTS if script.live]) >= 25
