"""Every status has its name, and whoever waits for it is told."""

from __future__ import annotations

import pytest

from actions.catalogue.texts import placeholders
from actions.domain.status import Meaning, Status
from tests.support.running_bot import reference_of_tests

TEXTS = reference_of_tests().texts
NEVER_TOLD = {Status.DRAFT}
"""Nobody but the citizen knows of a draft."""


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_a_status_has_a_name(status: Status) -> None:
    assert f"status.nama.{status}" in TEXTS
    assert f"status.arti.{status.meaning}" in TEXTS
    assert f"konsol.status.{status}" in TEXTS


@pytest.mark.parametrize("status", sorted(set(Status) - NEVER_TOLD), ids=str)
def test_a_status_is_told_with_what_the_officer_must_write(status: Status) -> None:
    (text, *_) = TEXTS.variants[f"kabar.{status}"]
    assert {"kode", "hal"} <= placeholders(text)
    if status.needs:
        assert "alasan" in placeholders(text)


def test_no_status_is_told_that_does_not_exist() -> None:
    told = {key.partition(".")[2] for key in TEXTS.under("kabar")}
    assert told == {str(status) for status in set(Status) - NEVER_TOLD}


def test_citizens_see_three_meanings() -> None:
    assert {key.rpartition(".")[2] for key in TEXTS.under("status.arti")} == set(Meaning)
