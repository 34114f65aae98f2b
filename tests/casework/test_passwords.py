"""Which passwords are good enough: one rule for everybody."""

from __future__ import annotations

import pytest

from actions.casework.passwords import (
    LONGEST,
    SHORTEST,
    Weakness,
    WeakPasswordError,
    make_hash,
    matches,
)
from tests.support.running_bot import reference_of_tests

OFFICE = reference_of_tests().catalogue.office


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("", Weakness.SHORT),
        ("kuda 9 lari", Weakness.SHORT),
        ("kuda lari " * 13, Weakness.LONG),
        ("password1234", Weakness.COMMON),
        ("P4ssw0rd1234", Weakness.COMMON),
        ("qwertyuiop12", Weakness.COMMON),
        ("123456789012", Weakness.COMMON),
        ("abcabcabcabcabc", Weakness.COMMON),
        ("rahasia12345", Weakness.COMMON),
        ("bismillah123", Weakness.COMMON),
        ("rina.wati.2026", Weakness.COMMON),
        ("Rina Wati 123", Weakness.COMMON),
        ("kabupaten sukamaju", Weakness.COMMON),
        ("KabupatenSukamaju1", Weakness.COMMON),
        ("sukamaju2026!", Weakness.COMMON),
        ("balai balai balai", Weakness.COMMON),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, weakness: Weakness) -> None:
    with pytest.raises(WeakPasswordError) as refused:
        make_hash(password, OFFICE, "rina.wati", "Rina Wati")
    assert refused.value.weakness is weakness


@pytest.mark.parametrize(
    "password",
    [
        "kuda 9 larii",
        "sandi pengganti 1",
        "tiga ayam makan bakso",
        "9xK2mQp4vLr8",
        "ñandú di åsen 7",
    ],
)
def test_a_few_words_are_enough(password: str) -> None:
    stored = make_hash(password, OFFICE, "rina.wati", "Rina Wati")
    assert len(password) >= SHORTEST
    assert matches(stored, password)
    assert not matches(stored, password.upper())
    assert password not in stored


def test_the_longest_password_counts_to_its_last_character() -> None:
    password = ("tiga ayam makan bakso di " * 6)[:LONGEST]
    stored = make_hash(password, OFFICE, "rina")
    assert matches(stored, password)
    assert not matches(stored, password[:-1])
