"""What nobody vouches for is listed with file and line; until when the office stands by a fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.catalogue import read_catalogue
from actions.catalogue.facts import doubts
from tests.catalogue.folder import Folder

SERVICE = "services/ktp_hilang.yml"
CHECKED = "diperiksa: 2026-03-01\ntinjau_sebelum: 2027-03-01\n"
SOURCE = "sumber:\n  - {apa: UU 24/2013, dibaca: 2026-02-28}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.make(tmp_path)


def _found(folder: Folder, today: date) -> list[tuple[str, int]]:
    catalogue = read_catalogue(folder.path)
    return [(doubt.key, doubt.line) for doubt in doubts(folder.path, catalogue, today)]


def test_a_service_that_nobody_reviewed_and_that_has_no_source(folder: Folder) -> None:
    assert _found(folder, date(2026, 11, 24)) == [("fakta_belum", 1), ("fakta_tanpa_sumber", 1)]


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 2, 27), ["fakta_belum"]),
        (date(2026, 3, 1), []),
        (date(2027, 2, 28), []),
        (date(2027, 3, 1), ["fakta_lewat", "fakta_sumber_lama"]),
    ],
)
def test_a_review_counts_from_its_day_until_the_next(
    folder: Folder, today: date, found: list[str]
) -> None:
    folder.change(SERVICE, "lama:", f"{CHECKED}{SOURCE}lama:")
    assert [key for key, _ in _found(folder, today)] == found


def test_the_line_is_that_of_the_date_to_be_renewed(folder: Folder) -> None:
    folder.change(SERVICE, "lama:", f"{CHECKED}{SOURCE}lama:")
    late, old = (line for _, line in _found(folder, date(2028, 1, 1)))
    assert late == folder.line(SERVICE, "tinjau_sebelum")
    assert old == folder.line(SERVICE, "dibaca")
