"""What a NIK and a KK number say: region, date, sex.

A NIK is PPKKCC DDMMYY NNNN: province, regency (cities from 71), district; birth date, women
with the day + 40; serial from 0001. It has no check digit and does not change when people
move, so a region that is not known is a warning, and a right pattern proves nobody's identity.
A KK number has the same shape with the date of its registration.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 16
DOT = "•"
_SHOWN = 4
_WOMEN = 40
_CENTURY = 100
_NO_REGENCY = frozenset({"00", "70"})


class Sex(StrEnum):
    """As civil registration writes it."""

    MALE = "L"
    FEMALE = "P"


class Flaw(StrEnum):
    """The part of a number that cannot be; also the last part of its text key."""

    LENGTH = "panjang"
    REGION = "wilayah"
    DATE = "tanggal"
    SERIAL = "urut"
    IS_NIK = "itu_nik"


class NumberFlawError(ValueError):
    """A NIK or KK number that cannot be right; `flaw` says where."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK taken apart. `region` has six digits (province, regency, district)."""

    number: str
    region: str
    born: date
    sex: Sex


def parse_nik(number: str, today: date) -> Nik:
    """Take 16 digits apart; raises `NumberFlawError` for a pattern that cannot be.

    The century of the birth date is the latest that does not lie after `today`.
    """
    region = _region(number)
    sex, day, month, year = _date_part(number)
    born = _latest_date(day, month, year, today=today)
    if born is None:
        raise NumberFlawError(Flaw.DATE)
    _check_serial(number)
    return Nik(number, region, born, sex)


def check_kk(number: str) -> None:
    """Raise `NumberFlawError` unless 16 digits can be a KK number.

    `Flaw.IS_NIK` for the NIK of a woman, which people often send instead.
    """
    _region(number)
    sex, day, month, year = _date_part(number)
    if _leap_date(day, month, year) is None:
        raise NumberFlawError(Flaw.DATE)
    if sex is Sex.FEMALE:
        raise NumberFlawError(Flaw.IS_NIK)
    _check_serial(number)


def _region(number: str) -> str:
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        raise NumberFlawError(Flaw.LENGTH)
    province, regency, district = (number[at : at + 2] for at in (0, 2, 4))
    if province < "11" or regency in _NO_REGENCY or district == "00":
        raise NumberFlawError(Flaw.REGION)
    return number[:6]


def _date_part(number: str) -> tuple[Sex, int, int, int]:
    day, month, year = (int(number[at : at + 2]) for at in (6, 8, 10))
    if day > _WOMEN:
        return Sex.FEMALE, day - _WOMEN, month, year
    return Sex.MALE, day, month, year


def _check_serial(number: str) -> None:
    if number[-4:] == "0000":
        raise NumberFlawError(Flaw.SERIAL)


def _latest_date(day: int, month: int, year: int, *, today: date) -> date | None:
    century = today.year // _CENTURY * _CENTURY
    for start in (century, century - _CENTURY):
        try:
            born = date(start + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None


def _leap_date(day: int, month: int, year: int) -> date | None:
    """The date in the 2000s, where the year 00 has a 29 February."""
    try:
        return date(2000 + year, month, day)
    except ValueError:
        return None


def mask_nik(number: str) -> str:
    """Keep the first and last four digits of a NIK or KK number: `3578••••••••0001`."""
    hidden = len(number) - 2 * _SHOWN
    if hidden <= 0:
        return DOT * len(number)
    return number[:_SHOWN] + DOT * hidden + number[-_SHOWN:]
