"""Draws the confusion matrix, the reliability diagram and the scope curve as SVG."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Any

_CELL, _LABELS, _SIDE, _EDGE = 24, 150, 300, 40


def confusion_picture(cells: Sequence[dict[str, Any]]) -> str:
    """True intents downwards, answers across; darker is a larger share of the row."""
    labels = sorted({cell[key] for cell in cells for key in ("true", "answer")})
    place = {label: number for number, label in enumerate(labels)}
    totals: dict[str, int] = defaultdict(int)
    for cell in cells:
        totals[cell["true"]] += cell["count"]
    squares = [_square(cell, place, totals[cell["true"]]) for cell in cells]
    names = [
        _row_name(label, place[label]) + _column_name(label, place[label]) for label in labels
    ]
    size = _LABELS + _CELL * len(labels)
    return _svg(size, size, "".join(squares + names), "Confusion of intents")


def reliability_picture(bars: Sequence[dict[str, Any]]) -> str:
    """How often the model is right, against how sure it is; the line is perfect."""
    points = [(bar["confidence"], bar["accuracy"], bar["count"]) for bar in bars]
    dots = [
        f"<circle cx={_x(sure)} cy={_y(right)} fill='#2b6ca3' "
        f"r={4 + min(count, 400) ** 0.5 / 3:.1f}>"
        f"<title>{count} sentences</title></circle>"
        for sure, right, count in points
    ]
    line = f"<path d='M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}' stroke='#9aa7b4' stroke-dasharray='4'/>"
    return _plot("".join([line, *dots]), "how sure", "how often right")


def curve_picture(points: Sequence[dict[str, Any]]) -> str:
    """Share of near misses accepted against share kept of what is in scope."""
    path = " ".join(f"{_x(point['kept'])},{_y(point['accepted'])}" for point in points)
    line = f"<polyline points='{path}' fill=none stroke='#2b6ca3' stroke-width=2 />"
    goal = f"<path d='M{_x(0.92)} {_y(0)}V{_y(1)}' stroke='#9aa7b4' stroke-dasharray='4'/>"
    return _plot(goal + line, "kept in scope", "near misses accepted")


def _square(cell: dict[str, Any], place: dict[str, int], total: int) -> str:
    x = _LABELS + place[cell["answer"]] * _CELL
    y = _LABELS + place[cell["true"]] * _CELL
    share = cell["count"] / total
    colour = "#17693a" if cell["true"] == cell["answer"] else "#a3261c"
    title = escape(f"{cell['true']} answered {cell['answer']}: {cell['count']} of {total}")
    return (
        f"<rect x={x} y={y} width={_CELL - 1} height={_CELL - 1} fill='{colour}'"
        f" fill-opacity='{max(share, 0.06):.2f}'><title>{title}</title></rect>"
        f"<text x={x + _CELL / 2 - 0.5} y={y + 16} text-anchor=middle>{cell['count']}</text>"
    )


def _row_name(label: str, number: int) -> str:
    y = _LABELS + number * _CELL + 16
    return f"<text x={_LABELS - 6} y={y} text-anchor=end>{escape(label)}</text>"


def _column_name(label: str, number: int) -> str:
    x = _LABELS + number * _CELL + 16
    return f"<text transform='translate({x} {_LABELS - 6}) rotate(-60)'>{escape(label)}</text>"


def _plot(content: str, across: str, up: str) -> str:
    frame = f"<rect x={_EDGE} y=10 width={_SIDE} height={_SIDE} fill=none stroke='#d5dce4'/>"
    names = (
        f"<text x={_EDGE + _SIDE / 2} y={_SIDE + 32} text-anchor=middle>{across}</text>"
        f"<text transform='translate(14 {_SIDE / 2 + 10}) rotate(-90)' text-anchor=middle>"
        f"{up}</text>"
    )
    marks = "".join(
        f"<text x={_x(v)} y={_SIDE + 20} text-anchor=middle>{v}</text>"
        f"<text x={_EDGE - 4} y={_y(v) + 4} text-anchor=end>{v}</text>"
        for v in (0, 0.5, 1)
    )
    return _svg(_SIDE + _EDGE + 20, _SIDE + 45, frame + names + marks + content, up)


def _x(value: float) -> float:
    return round(_EDGE + value * _SIDE, 1)


def _y(value: float) -> float:
    return round(10 + (1 - value) * _SIDE, 1)


def _svg(width: float, height: float, content: str, title: str) -> str:
    box = f"width={width} height={height} viewBox='0 0 {width} {height}'"
    return f"<svg {box} role=img aria-label='{escape(title)}'>{content}</svg>"
