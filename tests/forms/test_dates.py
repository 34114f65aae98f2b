"""Dates as people write them. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from actions.forms.dates import Bound
from actions.forms.show import show_date, show_day
from tests.support.dates import fault, read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", "2026-11-24"),
        ("hr ini pak", "2026-11-24"),
        ("skrg", "2026-11-24"),
        ("tadi pagi", "2026-11-24"),
        ("nanti malam", "2026-11-24"),
        ("kemarin", "2026-11-23"),
        ("kmrn", "2026-11-23"),
        ("kemaren sore bu", "2026-11-23"),
        ("wingi", "2026-11-23"),
        ("tadi malam", "2026-11-23"),
        ("semalem", "2026-11-23"),
        ("kemarin lusa", "2026-11-22"),
        ("kemarin dulu", "2026-11-22"),
        ("besok", "2026-11-25"),
        ("bsk", "2026-11-25"),
        ("esok hari", "2026-11-25"),
        ("besok jam 9 pagi", "2026-11-25"),
        ("lusa", "2026-11-26"),
        ("besok lusa", "2026-11-26"),
        ("tulat", "2026-11-27"),
    ],
)
def test_days_counted_from_today(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 hari yg lalu", "2026-11-21"),
        ("tiga hari lalu", "2026-11-21"),
        ("2hari kemarin", "2026-11-22"),
        ("sudah 3 hari ini", "2026-11-21"),
        ("udah 3 harian", "2026-11-21"),
        ("sejak 2 hari", "2026-11-22"),
        ("dua minggu lalu", "2026-11-10"),
        ("2 mgg yg lalu", "2026-11-10"),
        ("seminggu yang lalu", "2026-11-17"),
        ("semingguan lalu", "2026-11-17"),
        ("sepekan lalu", "2026-11-17"),
        ("hampir dua minggu", "2026-11-10"),
        ("sebulan yang lalu", "2026-10-24"),
        ("2 bulan lalu", "2026-09-24"),
        ("3 hari lagi", "2026-11-27"),
        ("dua hari ke depan", "2026-11-26"),
        ("3 hari dari sekarang", "2026-11-27"),
        ("seminggu lagi", "2026-12-01"),
        ("sebulan lagi", "2026-12-24"),
        ("tiga bulan lagi", "2027-02-24"),
    ],
)
def test_counts_of_days_weeks_and_months(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("senin depan", "2026-11-30"),
        ("jumat depan", "2026-12-04"),
        ("hari kamis yang akan datang", "2026-12-03"),
        ("kamis minggu depan", "2026-12-03"),
        ("minggu depan hari selasa", "2026-12-01"),
        ("jumat ini", "2026-11-27"),
        ("jumat minggu ini", "2026-11-27"),
        ("besok senin", "2026-11-30"),
        ("jumat nanti", "2026-11-27"),
        ("senin lalu", "2026-11-23"),
        ("selasa kemarin", "2026-11-17"),
        ("jum'at kmrn", "2026-11-20"),
        ("kemarin hari rabu", "2026-11-18"),
        ("senin minggu lalu", "2026-11-16"),
        ("dua minggu lalu hari senin", "2026-11-09"),
        ("hari minggu lalu", "2026-11-22"),
        ("sejak senin", "2026-11-23"),
        ("dari hari ahad", "2026-11-22"),
        ("malam minggu kemarin", "2026-11-21"),
        ("malam jumat depan", "2026-12-03"),
    ],
)
def test_weekdays(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5-12-2026", "2026-12-05"),
        ("5/12/2026", "2026-12-05"),
        ("5.12.2026", "2026-12-05"),
        ("05 12 2026", "2026-12-05"),
        ("05122026", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
        ("12/25/2026", "2026-12-25"),
        ("17/8/26", "2026-08-17"),
        ("17-8-45", "1945-08-17"),
        ("120585", "1985-05-12"),
        ("17/8", "2026-08-17"),
        ("5.12", "2026-12-05"),
        ("17 agustus 1945", "1945-08-17"),
        ("17 Agt '26", "2026-08-17"),
        ("17-Agu-2026", "2026-08-17"),
        ("17agustus2026", "2026-08-17"),
        ("5des26", "2026-12-05"),
        ("Agustus 17, 1945", "1945-08-17"),
        ("tgl 5 des", "2026-12-05"),
        ("tngl 5 desmber 2026", "2026-12-05"),
        ("tanggal lima desember", "2026-12-05"),
        ("5 nopember", "2026-11-05"),
        ("12 mei 85", "1985-05-12"),
        ("12 mei tahun 85", "1985-05-12"),
        ("17 bulan 8 tahun 1985", "1985-08-17"),
        ("17 bln 8", "2026-08-17"),
        ("12 mei tahun lalu", "2025-05-12"),
        ("tahun lalu 5 mei", "2025-05-05"),
        ("1 januari tahun depan", "2027-01-01"),
        ("tgl 5 bulan depan", "2026-12-05"),
        ("bulan lalu tanggal 5", "2026-10-05"),
        ("tanggal 20 bulan ini", "2026-11-20"),
        ("tujuh belas agustus seribu sembilan ratus empat puluh lima", "1945-08-17"),
        ("dua puluh lima desember dua ribu dua puluh enam", "2026-12-25"),
        ("dua belas mei sembilan belas delapan lima", "1985-05-12"),
        ("acara 17 agustusan", "2026-08-17"),
        ("senin 30 november", "2026-11-30"),
        ("minggu tanggal 29", "2026-11-29"),
        ("5 desember 2026 pukul 10.30 wib", "2026-12-05"),
        ("29 feb 2024", "2024-02-29"),
    ],
)
def test_calendar_dates(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("akhir bulan ini", "2026-11-30"),
        ("akhir bulan", "2026-11-30"),
        ("awal bulan depan", "2026-12-01"),
        ("pertengahan bulan depan", "2026-12-15"),
        ("awal januari", "2027-01-01"),
        ("akhir februari 2024", "2024-02-29"),
        ("pertengahan mei", "2027-05-15"),
        ("akhir tahun", "2026-12-31"),
        ("awal tahun depan", "2027-01-01"),
        ("akhir tahun 2024", "2024-12-31"),
        ("awal minggu depan", "2026-11-30"),
        ("akhir pekan ini", "2026-11-28"),
    ],
)
def test_beginnings_and_ends(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("senin", "2026-11-23", "2026-11-30"),
        ("selasa", "2026-11-24", "2026-11-24"),
        ("hari minggu", "2026-11-22", "2026-11-29"),
        ("tgl 5 des", "2025-12-05", "2026-12-05"),
        ("17 agustus", "2026-08-17", "2027-08-17"),
        ("tgl 30", "2026-10-30", "2026-11-30"),
        ("31", "2026-10-31", "2026-12-31"),
        ("yang 24", "2026-11-24", "2026-11-24"),
        ("29 februari", "2024-02-29", "2028-02-29"),
        ("3 hari", "2026-11-21", "2026-11-27"),
        ("awal januari", "2026-01-01", "2027-01-01"),
        ("akhir pekan", "2026-11-21", "2026-11-28"),
    ],
)
def test_a_bound_decides_what_was_left_open(text: str, past: str, coming: str) -> None:
    assert read(text, Bound.PAST) == past
    assert read(text, Bound.COMING) == coming


@pytest.mark.parametrize(
    ("text", "bound", "key"),
    [
        ("saya lupa", None, "kosong"),
        ("081234567890", None, "kosong"),
        ("3578014107850001", None, "kosong"),
        ("tahun lalu", None, "hari"),
        ("bulan lalu", None, "hari"),
        ("minggu lalu", None, "hari"),
        ("minggu depan", None, "hari"),
        ("2 tahun lalu", None, "hari"),
        ("mei 2020", None, "hari"),
        ("2020", None, "hari"),
        ("bulan mei", None, "hari"),
        ("bulan 10", None, "hari"),
        ("beberapa hari lalu", None, "hari"),
        ("2 hari sebelum lebaran", None, "hari"),
        ("minggu ke-2 januari", None, "hari"),
        ("minggu kedua bulan depan", None, "hari"),
        ("pertengahan tahun", None, "hari"),
        ("tanggal 5 tahun 2020", None, "hari"),
        ("senin", None, "arah"),
        ("3 hari", None, "arah"),
        ("3-5 desember", None, "banyak"),
        ("tgl 3 atau 4", None, "banyak"),
        ("senin sampai rabu", None, "banyak"),
        ("kemarin atau lusa", None, "banyak"),
        ("5 november sampai 7 desember", None, "banyak"),
        ("31 februari", None, "tidak_ada"),
        ("29 februari 2026", None, "tidak_ada"),
        ("31/13/2026", None, "tidak_ada"),
        ("0/5/2026", None, "tidak_ada"),
        ("senin 5 desember 2026", None, "hari_beda"),
        ("besok", Bound.PAST, "lampau"),
        ("5-12-2026", Bound.PAST, "lampau"),
        ("30/11/26", Bound.PAST, "lampau"),
        ("senin tanggal 30", Bound.PAST, "lampau"),
        ("kemarin", Bound.COMING, "mendatang"),
        ("17-8-1945", Bound.COMING, "mendatang"),
        ("sudah 3 hari", Bound.COMING, "mendatang"),
        ("5 mei 1850", None, "jauh"),
        ("900 bulan lagi", None, "jauh"),
    ],
)
def test_what_names_no_single_day_is_explained(text: str, bound: Bound | None, key: str) -> None:
    assert fault(text, bound).key == f"tanggal.{key}"


def test_explanations_carry_what_was_understood() -> None:
    assert fault("besok", Bound.PAST).params == {"tanggal": "Rabu, 25 November 2026"}
    assert fault("31 februari").params == {"tanggal": "31 Februari"}
    assert fault("senin 5 desember 2026").params == {
        "tanggal": "Sabtu, 5 Desember 2026",
        "hari": "Senin",
    }


def test_a_birth_needs_its_year_unless_it_was_just_now() -> None:
    assert fault("12 mei", Bound.PAST, birth=True).key == "tanggal.tahun"
    assert fault("5", Bound.PAST, birth=True).key == "tanggal.tahun"
    assert read("12 mei 85", Bound.PAST, birth=True) == "1985-05-12"
    assert read("12-5-30", Bound.PAST, birth=True) == "1930-05-12"
    assert read("12 mei tahun lalu", Bound.PAST, birth=True) == "2025-05-12"
    assert read("kemarin", Bound.PAST, birth=True) == "2026-11-23"


def test_a_date_reads_in_words_with_its_day() -> None:
    assert show_date(date(2026, 11, 27)) == "Jumat, 27 November 2026"
    assert show_day(date(2026, 11, 27)) == "Jumat, 27 November"
