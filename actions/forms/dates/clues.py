"""What the plain words of a text say about a date."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Edge(StrEnum):
    """A part of a month, year or week."""

    START = "awal"
    MIDDLE = "tengah"
    END = "akhir"


@dataclass(frozen=True, slots=True)
class Shift:
    """A count of days, weeks, months or years; `side` is -1 for ago, 1 for ahead, 0 unsaid."""

    count: int
    unit: str
    side: int


@dataclass(slots=True)
class Clues:
    """Everything found in a text.

    `years` have two or four digits. `offsets` tell which week, month or year is meant,
    counted from the present one. `weekday_word` stood beside the weekday ("depan", "lalu").
    `steps` are days from today. `side` is where words such as
    "sejak" or "lusa" point to, as in `Shift`. `vague` is set by "beberapa hari" and "sebelum".
    """

    days: set[int] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    weekday_word: str | None = None
    offsets: dict[str, int] = field(default_factory=dict)
    shifts: set[Shift] = field(default_factory=set)
    steps: set[int] = field(default_factory=set)
    edge: Edge | None = None
    edge_of: str = "bulan"
    vague: bool = False
    side: int = 0


_SIDES = {"lalu": -1, "kemarin": -1, "ini": 0, "depan": 1, "besok": 1, "nanti": 1}
_AGO = frozenset({"lalu", "kemarin", "dulu", "sebelumnya", "terakhir", "ini"})
_STEPS = {
    "kemarin lusa": -2,
    "lusa kemarin": -2,
    "kemarin dulu": -2,
    "besok lusa": 2,
    "tadi malam": -1,
    "malam tadi": -1,
    "semalam": -1,
    "kemarin": -1,
    "hari ini": 0,
    "pagi ini": 0,
    "siang ini": 0,
    "sore ini": 0,
    "malam ini": 0,
    "sekarang": 0,
    "tadi": 0,
    "nanti": 0,
    "besok": 1,
    "lusa": 2,
    "tulat": 3,
}

_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"M(?P<month>\d+)"
_YEAR = (
    r"(?: (?:tahun )?Y?(?P<year>\d{4}|\d\d)\b"
    r"(?! (?:hari|minggu|pekan|bulan|tahun)\b))?"
)
_WHEN = r"(?P<when>lalu|kemarin|ini|depan|besok|nanti)"
_AFTER = r"(?: (?P<after>lalu|kemarin|ini|depan|besok|nanti)\b)?"
_BEFORE = r"(?:(?P<before>besok|kemarin) )?"
_EDGE = r"(?P<edge>awal|tengah|akhir)"
_UNIT = r"hari|minggu|pekan|bulan|tahun"
_DIRECTION = (
    r"(?P<direction>sejak sekarang|lalu|kemarin|dulu|sebelumnya|terakhir|ini"
    r"|lagi|depan|kemudian|nanti)"
)

_RULES = tuple(
    re.compile(rf"\b{pattern}\b")
    for pattern in (
        rf"{_DAY} (?:(?:sampai|sd|s d|hingga|dan|atau) )?(?P<day2>\d{{1,2}}) {_MONTH}{_YEAR}",
        rf"{_DAY} {_MONTH}{_YEAR}",
        rf"{_MONTH} (?:tanggal )?{_DAY}{_YEAR}",
        rf"{_DAY} bulan (?P<month>\d{{1,2}}){_YEAR}",
        rf"tanggal {_DAY} (?P<of>bulan) {_WHEN}",
        rf"{_DAY} (?P<of>bulan) (?P<when>depan|besok)",
        rf"{_EDGE} (?P<edge_of>bulan|tahun|minggu|pekan)(?: {_WHEN})?(?! M)",
        rf"{_EDGE} (?:bulan )?{_MONTH}{_YEAR}",
        rf"(?P<count>\d{{1,3}}) (?P<unit>{_UNIT})(?: {_DIRECTION})?",
        rf"(?P<vague>beberapa (?:{_UNIT})|sebelum|setelah|sesudah|menjelang|habis)",
        rf"malam (?:hari )?(?P<eve>D\d|minggu){_AFTER}",
        rf"{_BEFORE}(?:hari )?(?P<weekday>D\d){_AFTER}",
        rf"{_BEFORE}hari (?P<weekday>minggu){_AFTER}",
        rf"(?P<of>minggu|pekan|bulan|tahun) {_WHEN}",
        r"(?P<weekday>minggu)",
        rf"(?P<step>{'|'.join(_STEPS)})",
        rf"tanggal {_DAY}(?: (?:sampai|sd|s d|hingga|dan|atau) (?P<day2>\d{{1,2}}))?",
        rf"(?:bulan )?{_MONTH}{_YEAR}",
        r"bulan (?P<month>\d{1,2})",
        r"(?:tahun (?P<year>\d\d|(?:19|20)\d\d)|Y?(?P<year4>(?:19|20)\d\d))",
        r"(?P<past>sejak|sudah)",
    )
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,2})\s*")
_LAST_DAY = 31


def find_clues(text: str) -> Clues:
    """Read plain words; each rule takes away what it has understood."""
    clues = Clues()
    if match := _BARE_NUMBER.fullmatch(text):
        _take(clues, {"day" if int(match[1]) <= _LAST_DAY else "year": match[1]})
    for pattern in _RULES:
        for match in pattern.finditer(text):
            _take(clues, {name: word for name, word in match.groupdict().items() if word})
        text = pattern.sub("·", text)
    return clues


def _take(clues: Clues, said: Mapping[str, str]) -> None:
    """Note what the named groups of one match say."""
    for name, word in said.items():
        if name in _TAKERS:
            _TAKERS[name](clues, word)
    if "count" in said:
        clues.shifts.add(Shift(int(said["count"]), said["unit"], _side(said.get("direction"))))
    if "when" in said:
        unit = said.get("of") or said["edge_of"]
        clues.offsets["minggu" if unit == "pekan" else unit] = _SIDES[said["when"]]
    if "edge" in said:
        clues.edge, clues.edge_of = Edge(said["edge"]), said.get("edge_of", "bulan")


def _take_number(name: str) -> Callable[[Clues, str], None]:
    def take(clues: Clues, word: str) -> None:
        getattr(clues, name).add(int(word))

    return take


def _take_year(clues: Clues, word: str) -> None:
    clues.years.add(word)


def _take_weekday(clues: Clues, word: str) -> None:
    clues.weekdays.add(_weekday(word))


def _take_eve(clues: Clues, word: str) -> None:
    clues.weekdays.add((_weekday(word) - 1) % 7)


def _take_beside(clues: Clues, word: str) -> None:
    clues.weekday_word = word


def _take_step(clues: Clues, word: str) -> None:
    clues.steps.add(_STEPS[word])
    clues.side = clues.side or (_STEPS[word] > 0) - (_STEPS[word] < 0)


def _take_past(clues: Clues, _word: str) -> None:
    clues.side = clues.side or -1


def _take_vague(clues: Clues, _word: str) -> None:
    clues.vague = True


def _weekday(word: str) -> int:
    return 6 if word == "minggu" else int(word[1:])


def _side(direction: str | None) -> int:
    if direction is None:
        return 0
    return -1 if direction in _AGO else 1


_TAKERS: Mapping[str, Callable[[Clues, str], None]] = {
    "day": _take_number("days"),
    "day2": _take_number("days"),
    "month": _take_number("months"),
    "year": _take_year,
    "year4": _take_year,
    "weekday": _take_weekday,
    "eve": _take_eve,
    "before": _take_beside,
    "after": _take_beside,
    "step": _take_step,
    "past": _take_past,
    "vague": _take_vague,
}
