"""What the plain words of a text say about a date."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from actions.forms.dates.vocabulary import EVENTS, UNDERSTOOD


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
    "sejak" or "lusa" point to, as in `Shift`. `vague` is set by "beberapa hari" and "sebelum",
    `event` by "lebaran". `doubts` are numbers that may be years, `strangers` how many words
    say nothing of a time.
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
    event: bool = False
    doubts: set[str] = field(default_factory=set)
    strangers: int = 0
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
_YEAR = r"(?: Y(?P<year>\d+))?"
_WHEN = r"(?P<when>lalu|kemarin|ini|depan|besok|nanti)"
_AFTER = r"(?: (?P<after>lalu|kemarin|ini|depan|besok|nanti)\b)?"
_BEFORE = r"(?:(?P<before>besok|kemarin) )?"
_EDGE = r"(?P<edge>awal|tengah|akhir)"
_UNIT = r"(?:hari|minggu|pekan|bulan|tahun)"
_OR = r"(?:sampai|sd|s d|hingga|dan|atau)"
_DIRECTION = (
    r"(?P<direction>sejak sekarang|lalu|kemarin|dulu|sebelumnya|terakhir|ini"
    r"|lagi|depan|kemudian|nanti)"
)

_RULES = tuple(
    re.compile(rf"(?<!\S){pattern}(?!\S)")
    for pattern in (
        rf"{_DAY} (?:{_OR} )?(?P<day2>\d{{1,2}}) {_MONTH}{_YEAR}",
        rf"{_DAY} {_MONTH}{_YEAR}",
        rf"{_MONTH} (?:tanggal )?{_DAY}{_YEAR}",
        rf"{_DAY} bulan (?P<month>\d{{1,2}}){_YEAR}",
        rf"tanggal {_DAY} (?P<of>bulan) {_WHEN}",
        rf"{_DAY} (?P<of>bulan) (?P<when>depan|besok)",
        r"(?P<day>1[3-9]|2\d|3[01]) (?P<of>bulan) (?P<when>ini)",
        rf"\A{_DAY} kemarin\Z",
        rf"(?P<now>(?:\d|1[012]) jam|\d+ menit)(?: {_DIRECTION})?",
        rf"(?P<event>{'|'.join(EVENTS)})",
        rf"{_EDGE} (?P<edge_of>bulan|tahun|minggu|pekan)(?: {_WHEN})?(?! M)",
        rf"{_EDGE} (?:bulan )?{_MONTH}{_YEAR}",
        rf"(?<!tanggal )(?P<vague>\d+ (?:(?:koma|{_OR}) )?\d+ {_UNIT}(?: {_DIRECTION})?)",
        rf"(?P<vague>(?:\d+ )?setengah {_UNIT}(?: {_DIRECTION})?)",
        rf"(?P<vague>\d+ {_UNIT} setengah(?: {_DIRECTION})?)",
        rf"(?P<count>\d{{1,3}}) (?P<unit>{_UNIT})(?: {_DIRECTION})?",
        rf"(?P<vague>beberapa {_UNIT}(?: {_DIRECTION})?|sebelum|setelah|sesudah|menjelang|habis)",
        r"(?P<vague>(\w+) \2|(?:minggu|hari|tahun) 2(?= lalu| kemarin| ini))",
        rf"malam (?:hari )?(?P<eve>D\d|minggu){_AFTER}",
        rf"{_BEFORE}(?:hari )?(?P<weekday>D\d){_AFTER}",
        rf"{_BEFORE}hari (?P<weekday>minggu){_AFTER}",
        rf"(?P<of>minggu|pekan|bulan|tahun) {_WHEN}",
        r"(?P<weekday>minggu)",
        rf"(?P<step>{'|'.join(_STEPS)})",
        rf"tanggal {_DAY}(?: {_OR} (?P<day2>\d{{1,2}}))?",
        rf"(?:bulan )?{_MONTH}{_YEAR}",
        r"bulan (?P<month>\d{1,2})",
        r"(?:tahun )?Y(?P<year>\d+)",
        r"\?(?P<doubt>\d\d)",
        r"(?P<vague>lama|dulu)",
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
    clues.strangers = len(set(text.split()) - UNDERSTOOD)
    return clues


def _take(clues: Clues, said: Mapping[str, str]) -> None:
    """Note what the named groups of one match say."""
    for name, word in said.items():
        _take_one(clues, name, word)
    if "count" in said:
        clues.shifts.add(Shift(int(said["count"]), said["unit"], _side(said.get("direction"))))
    if "when" in said:
        unit = said.get("of") or said["edge_of"]
        clues.offsets["minggu" if unit == "pekan" else unit] = _SIDES[said["when"]]
    if "edge" in said:
        clues.edge, clues.edge_of = Edge(said["edge"]), said.get("edge_of", "bulan")


def _take_one(clues: Clues, name: str, word: str) -> None:
    if name in _SETS:
        attribute, value = _SETS[name]
        getattr(clues, attribute).add(value(word))
    elif name in {"before", "after"}:
        clues.weekday_word = word
    elif name == "step":
        clues.steps.add(_STEPS[word])
        clues.side = clues.side or (_STEPS[word] > 0) - (_STEPS[word] < 0)
    elif name == "now":
        clues.steps.add(0)
    elif name == "past":
        clues.side = clues.side or -1
    elif name in {"vague", "event"}:
        setattr(clues, name, True)


def _weekday(word: str) -> int:
    return 6 if word == "minggu" else int(word[1:])


def _eve(word: str) -> int:
    return (_weekday(word) - 1) % 7


def _side(direction: str | None) -> int:
    if direction is None:
        return 0
    return -1 if direction in _AGO else 1


_SETS: Mapping[str, tuple[str, Callable[[str], int | str]]] = {
    "day": ("days", int),
    "day2": ("days", int),
    "month": ("months", int),
    "year": ("years", str),
    "doubt": ("doubts", str),
    "weekday": ("weekdays", _weekday),
    "eve": ("weekdays", _eve),
}
