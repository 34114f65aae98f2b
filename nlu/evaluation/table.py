"""The main figures of several results as a plain table."""

from collections.abc import Mapping
from typing import Any

MAIN_FIGURES = {
    "intent": "intent",
    "service given intent": "service",
    "complaint category": "complaint",
    "office given intent": "office",
    "calibration error": "ece",
    "near misses accepted at 92 % kept": "scope_accepted",
}


def side_by_side(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one column a result."""
    width = max(14, *(len(_short(name)) for name in results)) + 2
    lines = [" " * 36 + "".join(f"{_short(name):>{width}}" for name in results)]
    for label, row in rows(results):
        lines.append(f"{label:<36}" + "".join(f"{_shown(value):>{width}}" for value in row))
    return "\n".join(lines)


def rows(results: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, list[float | None]]]:
    """Return (label, one value a result) for each main figure, noise and speed."""
    table = [
        (label, [result.get(key) for result in results.values()])
        for label, key in MAIN_FIGURES.items()
    ]
    for strength in ("lemah", "kuat"):
        values = [(r.get("noise") or {}).get(strength, {}).get("intent") for r in results.values()]
        table.append((f"intent, noise {strength}", values))
    several = [result.get("wishes") or {} for result in results.values()]
    table += [
        ("several wishes, all right", [w["right"] / w["of"] if w else None for w in several]),
        ("one wish cut in error", [w.get("false_splits") for w in several]),
    ]
    table += [
        (f"parse {key}, ms", [r["speed"][key] for r in results.values()]) for key in ("p50", "p95")
    ]
    return table


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
