"""Whoever saves data reads short forms: every long text has one, and it says no more."""

from __future__ import annotations

import pytest

from actions.catalogue.texts import placeholders
from tests.support.running_bot import reference_of_tests

TEXTS = reference_of_tests().texts
LONG = 200
OF_OFFICERS = {"konsol", "periksa", "terminal", "telegram", "akun", "alarm", "templat"}
"""What no citizen reads in a chat."""
SHORT = TEXTS.under("ringkas")


def longest(key: str) -> int:
    return max(len(text) for text in TEXTS.variants[key])


def test_every_long_text_has_a_short_form() -> None:
    to_citizens = [key for key in TEXTS.variants if key.partition(".")[0] not in OF_OFFICERS]
    long = {key for key in to_citizens if longest(key) > LONG and key not in SHORT}

    assert {key for key in long if f"ringkas.{key}" not in SHORT} == set()


@pytest.mark.parametrize("key", SHORT)
def test_a_short_form_is_short_and_fills_nothing_else(key: str) -> None:
    whole = key.removeprefix("ringkas.")
    assert whole in TEXTS
    assert longest(key) <= LONG
    assert longest(key) < max(len(text) for text in TEXTS.variants[whole]) or "{isi}" in str(
        TEXTS.variants[whole]
    )
    allowed = placeholders(TEXTS.variants[whole][0])
    assert all(placeholders(text) <= allowed for text in TEXTS.variants[key])
