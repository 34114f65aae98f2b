"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.dates import read_time


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("jam 9 pagi", "09:00"),
        ("besok jam 9", "09:00"),
        ("jm 9.30 pagi", "09:30"),
        ("pukul 14.30 WIB", "14:30"),
        ("pkl 08:00", "08:00"),
        ("21:15", "21:15"),
        ("jam 2", "14:00"),
        ("jam dua siang", "14:00"),
        ("jam 4 sore", "16:00"),
        ("jam tujuh malam", "19:00"),
        ("jam 12 malam", "00:00"),
        ("jam 12 siang", "12:00"),
        ("jam 2 malam", "02:00"),
        ("jam 1 dini hari", "01:00"),
        ("setengah delapan malam", "19:30"),
        ("jam setengah 9", "08:30"),
        ("setengah 1 siang", "12:30"),
        ("jam 9 lewat 15", "09:15"),
        ("jam 9 kurang seperempat", "08:45"),
        ("jam 9 kurang 10 malam", "20:50"),
        ("kira2 10 pagi", "10:00"),
        ("jam 24.00", "00:00"),
    ],
)
def test_times_are_read(text: str, clock: str) -> None:
    assert read_time(text) == time.fromisoformat(clock)


@pytest.mark.parametrize("text", ["besok", "5 desember 2026", "jam berapa", "jam 27", "9.75", ""])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@given(st.times(), st.sampled_from(["jam {:%H.%M}", "pukul {:%H:%M}", "besok {:%H.%M}"]))
def test_a_time_on_the_clock_is_read_as_it_stands(clock: time, shape: str) -> None:
    clock = clock.replace(second=0, microsecond=0)
    read = read_time(shape.format(clock))
    assert read is not None
    expected = clock.hour + 12 if 1 <= clock.hour <= 5 else clock.hour
    assert (read.hour, read.minute) == (expected, clock.minute)


@given(st.text("jam 0123456789.: pagisore setengah"))
def test_any_text_has_a_time_or_none(text: str) -> None:
    assert read_time(text) is None or isinstance(read_time(text), time)
