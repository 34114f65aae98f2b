"""How dates and amounts read in a chat."""

from datetime import date

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def show_date(day: date) -> str:
    """The date in words: "Jumat, 27 November 2026"."""
    return f"{show_day(day)} {day.year}"


def show_day(day: date) -> str:
    """The date in words without its year: "Jumat, 27 November"."""
    return f"{DAY_NAMES[day.weekday()]}, {day.day} {MONTH_NAMES[day.month - 1]}"


def show_number(number: int) -> str:
    """The number with dots between thousands: "1.500"."""
    return f"{number:,}".replace(",", ".")


def show_rupiah(amount: int) -> str:
    """The amount in rupiah: "Rp 50.000"."""
    return f"Rp {show_number(amount)}"
