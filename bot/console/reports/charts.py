"""Where the lines and bars of a chart lie. Templates draw them, and a table stands beneath.

All charts are 360 units wide, so that their words can be read on a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.render import show_decimal

WIDTH = 360
ROW, LABEL, VALUE = 26, 154, 46
TOP, BOTTOM, LEFT = 8, 22, 34
HEIGHT = 170
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies: its label, what it says, and how long it is."""

    label: str
    value: str
    y: int
    length: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars beneath each other."""

    bars: list[Bar]

    @property
    def height(self) -> int:
        """How high the picture is."""
        return ROW * len(self.bars)


@dataclass(frozen=True, slots=True)
class Column:
    """A bar that stands."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point, with the number by which its table knows it."""

    x: float
    y: float
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Columns or a line over names; `marks` are heights with what they stand for."""

    columns: list[Column]
    line: list[Point]
    names: list[tuple[float, str]]
    marks: list[tuple[float, str]]


def bars(entries: Sequence[tuple[str, int, str]]) -> Bars:
    """Bars from (label, count, what it says)."""
    most = max((count for _, count, _ in entries), default=0) or 1
    room = WIDTH - LABEL - VALUE
    return Bars(
        [
            Bar(_short(label), value, n * ROW, round(room * count / most))
            for n, (label, count, value) in enumerate(entries)
        ]
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def columns(names: Sequence[str], series: Sequence[Sequence[int]]) -> Plot:
    """Groups of standing bars, one of each series beside the other."""
    most = _ceiling(max((value for values in series for value in values), default=0))
    group = (WIDTH - LEFT) / max(len(names), 1)
    width = group * 0.8 / max(len(series), 1)
    found = [
        Column(
            round(LEFT + group * n + group * 0.1 + width * place, 1),
            round(_height(value, most), 1),
            round(width, 1),
            round(HEIGHT - BOTTOM - _height(value, most), 1),
            f"tone-{place + 1}",
        )
        for place, values in enumerate(series)
        for n, value in enumerate(values)
    ]
    middles = [(round(LEFT + group * (n + 0.5), 1), name) for n, name in enumerate(names)]
    return Plot(found, [], middles, _marks([0, most / 2, most], most))


def line(entries: Sequence[tuple[str, float | None]], low: float, high: float) -> Plot:
    """A line from (name, value); what has no value is left out."""
    step = (WIDTH - LEFT) / max(len(entries), 1)
    points = [
        Point(
            round(LEFT + step * (n + 0.5), 1),
            round(_height(value - low, high - low), 1),
            label=show_decimal(value, 1),
        )
        for n, (_, value) in enumerate(entries)
        if value is not None
    ]
    middles = [(round(LEFT + step * (n + 0.5), 1), name) for n, (name, _) in enumerate(entries)]
    heights = [low, (low + high) / 2, high]
    marks = [(round(_height(h - low, high - low), 1), f"{h:.0f}") for h in heights]
    return Plot([], points, middles, marks)


def _height(value: float, most: float) -> float:
    """How far from the top a value lies."""
    room = HEIGHT - TOP - BOTTOM
    return HEIGHT - BOTTOM - room * value / (most or 1)


def _marks(heights: Sequence[float], most: float) -> list[tuple[float, str]]:
    return [(round(_height(h, most), 1), f"{h:,.0f}".replace(",", ".")) for h in heights]


def _ceiling(value: int) -> int:
    """The next number that is easy to halve and to read."""
    step = 2
    while step * 10 < value:
        step *= 10
    return max(-(-value // step) * step, 2)


@dataclass(frozen=True, slots=True)
class Square:
    """A field of the map: a village in one line or two, and how dark it is, 0 to 4."""

    x: int
    y: int
    lines: list[str]
    value: str
    shade: int


SHADES = 4


def shade(value: int, least: int, most: int) -> int:
    """How dark a field is: 0 for nothing, else one of four between the least and the most."""
    if not value:
        return 0
    return 1 + (value - least) * (SHADES - 1) // max(most - least, 1)
