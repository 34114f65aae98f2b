"""Kinds of cases in which an alarm was missed, rang in vain, or named the wrong number first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.domain.anger import is_angry
from actions.domain.danger import find_danger
from tests.support.running_bot import reference_of_tests

DANGER = reference_of_tests().danger
ANGER = reference_of_tests().anger
CASES = YAML(typ="safe").load(Path(__file__).with_name("alarm_cases.yml"))
DANGERS = [(text, kind) for kind, texts in CASES["bahaya"].items() for text in texts]


@pytest.mark.parametrize(("text", "kind"), DANGERS)
def test_danger_is_heard(text: str, kind: str) -> None:
    danger = find_danger(text, DANGER)
    assert danger is not None
    assert danger.kind == kind


@pytest.mark.parametrize("text", CASES["bukan_bahaya"])
def test_no_alarm(text: str) -> None:
    assert find_danger(text, DANGER) is None


@pytest.mark.parametrize("text", CASES["marah"])
def test_anger_is_heard(text: str) -> None:
    assert is_angry(text, ANGER)


@pytest.mark.parametrize("text", CASES["tidak_marah"])
def test_no_anger(text: str) -> None:
    assert not is_angry(text, ANGER)


@pytest.mark.parametrize("row", CASES["nomor"], ids=lambda row: row["teks"])
def test_numbers_that_fit(row: dict[str, Any]) -> None:
    danger = find_danger(row["teks"], DANGER)
    assert danger is not None
    assert list(danger.numbers) == row["nomor"]
