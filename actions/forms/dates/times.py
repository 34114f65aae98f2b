"""Reads a time of day: "jam 9 pagi", "pukul 14.30", "setengah delapan malam"."""

from __future__ import annotations

import re
from datetime import time

from actions.domain.text import tidy
from actions.forms.numbers import digits_for_words

_NOON, _MIDNIGHT, _HOUR = 12, 24, 60
_LAST_AFTERNOON_HOUR = 5
_FIRST_EVENING_HOUR = 6
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s?[.:]\s?(\d\d)(?!\d)")
_TOKEN = re.compile(r"[a-z]+|\d+:\d\d|\d+")
_SPELLINGS = {
    "jm": "jam",
    "pukul": "jam",
    "pkl": "jam",
    "pg": "pagi",
    "pgi": "pagi",
    "subuh": "pagi",
    "dini": "pagi",
    "mlm": "malam",
    "malem": "malam",
    "petang": "sore",
    "stengah": "setengah",
    "lebih": "lewat",
    "krg": "kurang",
    "seperempat": "15",
}
_PART = r"(?: (?P<part>pagi|siang|sore|malam))?"
_SHAPES = tuple(
    re.compile(rf"\b{shape}{_PART}\b")
    for shape in (
        r"(?P<half>setengah) (?P<hour>\d{1,2})",
        (
            r"jam (?P<hour>\d{1,2})(?::(?P<minute>\d\d))?"
            r"(?: (?P<turn>lewat|kurang) (?P<count>\d{1,2}))?"
        ),
        r"(?P<hour>\d{1,2}):(?P<minute>\d\d)",
        r"(?P<hour>\d{1,2})(?= (?:pagi|siang|sore|malam))",
    )
)


def read_time(text: str) -> time | None:
    """The time of day that a text names, None when it names none.

    Without a part of the day, one to five o'clock are taken as afternoon, as offices are
    open then: people say "jam 2 malam" for the night.
    """
    words = _TOKEN.findall(_CLOCK.sub(r"\1:\2", tidy(text).lower()))
    plain = " ".join(digits_for_words([_SPELLINGS.get(word, word) for word in words]))
    for shape in _SHAPES:
        if match := shape.search(plain):
            return _time(match.groupdict())
    return None


def _time(said: dict[str, str | None]) -> time | None:
    hour, minute = int(said["hour"] or 0), int(said.get("minute") or 0)
    if hour > _MIDNIGHT or minute >= _HOUR:
        return None
    minutes = _on_the_day(hour, said["part"]) * _HOUR + minute
    turn = int(said.get("count") or 0)
    minutes += -turn if said.get("turn") == "kurang" else turn
    minutes -= _HOUR // 2 if said.get("half") else 0
    return time(*divmod(minutes % (_MIDNIGHT * _HOUR), _HOUR))


def _on_the_day(hour: int, part: str | None) -> int:
    """The hour from 0 to 24 for one from 1 to 12 in a part of the day."""
    if hour > _NOON:
        return hour
    if part == "pagi" or (part == "malam" and hour == _NOON):
        return hour % _NOON
    if part == "malam":
        return hour + _NOON if hour >= _FIRST_EVENING_HOUR else hour
    if part == "sore":
        return hour + _NOON if hour < _NOON else hour
    return hour + _NOON if 1 <= hour <= _LAST_AFTERNOON_HOUR else hour
