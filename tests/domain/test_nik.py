"""NIK and KK numbers: wrong ones are explained, right ones taken apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.nik import Flaw, NumberFlawError, Sex, check_kk, mask_nik, parse_nik

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("3171011708450001", date(1945, 8, 17), Sex.MALE),
        ("3171015708450001", date(1945, 8, 17), Sex.FEMALE),
        ("3578012902000003", date(2000, 2, 29), Sex.MALE),
        ("3578012411260001", date(2026, 11, 24), Sex.MALE),
        ("3578012511260001", date(1926, 11, 25), Sex.MALE),
        ("3578017112099999", date(2009, 12, 31), Sex.FEMALE),
        ("9604010101900001", date(1990, 1, 1), Sex.MALE),
    ],
)
def test_a_nik_is_taken_apart(number: str, born: date, sex: Sex) -> None:
    nik = parse_nik(number, TODAY)
    assert (nik.born, nik.sex, nik.region) == (born, sex, number[:6])


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("317101170845000", Flaw.LENGTH),
        ("31710117084500011", Flaw.LENGTH),
        ("317101170845000A", Flaw.LENGTH),
        ("٣171011708450001", Flaw.LENGTH),
        ("0171011708450001", Flaw.REGION),
        ("3170011708450001", Flaw.REGION),
        ("3100011708450001", Flaw.REGION),
        ("3171001708450001", Flaw.REGION),
        ("3171013202900001", Flaw.DATE),
        ("3171014001900001", Flaw.DATE),
        ("3171018101900001", Flaw.DATE),
        ("3171012902010001", Flaw.DATE),
        ("3171011713450001", Flaw.DATE),
        ("3171011708450000", Flaw.SERIAL),
    ],
)
def test_a_nik_that_cannot_be_says_where(number: str, flaw: Flaw) -> None:
    with pytest.raises(NumberFlawError) as caught:
        parse_nik(number, TODAY)
    assert caught.value.flaw is flaw


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("3171015708450001", Flaw.IS_NIK),
        ("3171013202900001", Flaw.DATE),
        ("317101170215000", Flaw.LENGTH),
        ("0000001702150001", Flaw.REGION),
        ("3171011702150000", Flaw.SERIAL),
    ],
)
def test_a_kk_number_that_cannot_be_says_where(number: str, flaw: Flaw) -> None:
    check_kk("3171011702150001")
    with pytest.raises(NumberFlawError) as caught:
        check_kk(number)
    assert caught.value.flaw is flaw


def test_an_unknown_region_is_only_a_warning() -> None:
    assert parse_nik("9604010101900001", TODAY).region == "960401"


@given(st.dates(date(1927, 1, 1), TODAY), st.sampled_from(Sex), st.integers(1, 9999))
def test_every_birthday_of_a_century_is_read_back(born: date, sex: Sex, serial: int) -> None:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    nik = parse_nik(f"357801{day:02}{born.month:02}{born.year % 100:02}{serial:04}", TODAY)
    assert (nik.born, nik.sex) == (born, sex)


@given(st.text("0123456789", min_size=14, max_size=18))
def test_any_digits_are_read_or_explained(number: str) -> None:
    try:
        nik = parse_nik(number, TODAY)
    except NumberFlawError:
        return
    assert nik.born <= TODAY
    assert len(nik.number) == 16


def test_masks_show_only_the_ends() -> None:
    assert mask_nik("3578011708450001") == "3578••••••••0001"
    assert mask_nik("12345") == "•••••"


@given(st.text(min_size=1))
def test_a_mask_keeps_the_length_and_hides_something(text: str) -> None:
    masked = mask_nik(text)
    assert len(masked) == len(text)
    assert "•" in masked
