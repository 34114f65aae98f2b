"""Dates among other numbers, and times that name no day. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

import pytest

from actions.forms.dates import Bound
from tests.support.dates import fault, read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 november 22.00", "2026-11-20"),
        ("tgl 20 november 15 orang", "2026-11-20"),
        ("20 november 19.30 - 21.00", "2026-11-20"),
        ("20 november 07.10", "2026-11-20"),
        ("22.00 tgl 20 november", "2026-11-20"),
        ("20-11-2026 07.10", "2026-11-20"),
        ("20/11 22.00", "2026-11-20"),
        ("12 oktober 18 warga sakit", "2026-10-12"),
        ("20 november 2000 orang", "2026-11-20"),
        ("20 november 08 pagi", "2026-11-20"),
        ("20 november 3x", "2026-11-20"),
        ("kemarin 07.10", "2026-11-23"),
        ("kemarin di RT 05/02", "2026-11-23"),
        ("rumah no 5/11 kemarin", "2026-11-23"),
        ("3-5 orang kemarin", "2026-11-23"),
        ("habis maghrib tadi", "2026-11-24"),
        ("12 mei 85 di puskesmas", "1985-05-12"),
        ("20 november 25, lampu mati", "2025-11-20"),
        ("20 november '25", "2025-11-20"),
        ("17an kemarin", "2026-08-17"),
        ("20 november 50rb", "2026-11-20"),
        ("20 bulan ini", "2026-11-20"),
        ("20 kemarin", "2026-11-20"),
        ("20 november dua lima", "2025-11-20"),
        ("tahun 25 bulan 11 tanggal 20", "2025-11-20"),
        ("2 jam yang lalu", "2026-11-24"),
        ("baru saja", "2026-11-24"),
        ("5/10 kemarin", "2026-10-05"),
    ],
)
def test_numbers_of_other_things_are_no_part_of_a_date(text: str, day: str) -> None:
    assert read(text, Bound.PAST) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tadi isuk", "2026-11-24"),
        ("mau isuk", "2026-11-24"),
        ("kamari isuk", "2026-11-23"),
        ("wingi bengi", "2026-11-23"),
        ("tadi peuting", "2026-11-23"),
        ("rong dina kepungkur", "2026-11-22"),
        ("dina iki", "2026-11-24"),
        ("isukan", "2026-11-25"),
        ("sesuk isuk", "2026-11-25"),
        ("pageto", "2026-11-26"),
    ],
)
def test_days_in_javanese_and_sundanese(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "1,5 bulan yang lalu",
        "1½ bulan lalu",
        "satu setengah bulan lalu",
        "sebulan setengah yang lalu",
        "satu koma lima minggu lalu",
        "2-3 hari lalu",
        "dua atau tiga minggu lalu",
        "udah berminggu-minggu",
        "kemarin-kemarin",
        "lebaran kemarin",
        "tahun baru kemarin",
        "natal kemarin",
        "kemarin pas idul adha",
        "agustusan kemarin",
        "puasa kemarin",
        "tahun baru islam kemarin",
        "hari kemerdekaan kemarin",
        "pemilu kemarin",
        "musim hujan kemarin",
        "senin setelah lebaran",
        "november 15 orang",
    ],
)
def test_a_rough_time_is_no_day(text: str) -> None:
    assert fault(text, Bound.PAST).key == "tanggal.hari"


def test_two_dates_are_several_and_not_a_year() -> None:
    assert fault("12 nov - 15 nov", Bound.PAST).key == "tanggal.banyak"


def test_a_number_after_the_month_that_may_be_a_year_is_asked_about() -> None:
    assert fault("12 oktober 10 pemuda tawuran", Bound.PAST).key == "tanggal.tahun"
    assert read("12 oktober 10 anaknya lahir", Bound.PAST, birth=True) == "2010-10-12"
