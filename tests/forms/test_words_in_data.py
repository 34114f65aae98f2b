"""The word lists and holidays that officials edit are what the code reads."""

from __future__ import annotations

from datetime import date

from actions.catalogue.reading import read_yaml
from actions.domain.text import words_of
from tests.forms.conftest import DATA
from tests.support.holiday_seed import seed_holidays


def test_no_word_means_both_yes_and_no() -> None:
    words = read_yaml(DATA / "language" / "words" / "ya_tidak.yml")
    everything = [word for part in words.values() for word in part]
    assert len(everything) == len(set(everything))


def test_words_stand_as_they_are_looked_up() -> None:
    words = read_yaml(DATA / "language" / "words" / "ya_tidak.yml")
    for phrase in (word for part in words.values() for word in part if word[0].isalnum()):
        assert phrase == " ".join(words_of(phrase))
        assert len(phrase.split()) <= 3


def test_the_shipped_holidays_are_the_seed() -> None:
    rows = read_yaml(DATA / "holidays.yml")["libur"]
    shipped = {row["tanggal"]: (row["nama"], row["perkiraan"]) for row in rows}
    assert len(shipped) == len(rows)
    for year in range(2025, 2029):
        assert {d: v for d, v in shipped.items() if d.year == year} == seed_holidays(year)
    assert all(isinstance(day, date) for day in shipped)
