"""Figures as Markdown tables, for the terminal and for var/nlu/report."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

MAIN_FIGURES = {
    "intent": "intent",
    "service given intent": "service",
    "complaint category": "complaint",
    "office given intent": "office",
    "calibration error": "ece",
    "near misses accepted at 92 % kept": "scope_accepted",
    "one wish cut in error": "cut_in_error",
}


def side_by_side(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the main figures, noise, several wishes and speed, one column a result."""
    heads = [name.rsplit("/", 1)[-1] for name in results]
    return _table(["", *heads], _rows(list(results.values())))


def report_page(result: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """Return all figures of one model as a page of Markdown."""
    main = side_by_side({"now": result, **({"before": before} if before else {})})
    sections = {
        "Main figures": main,
        "Intents": _per_label(result["per_intent"]),
        "Entities": _per_label(result["entities"]),
        "Calibration": _records(result["reliability"]),
        "Sentences written elsewhere": _table(["", ""], _flat(result.get("outside") or {})),
        "Worst sentences": _records(result["worst"]),
    }
    title = f"# Understanding: {result['model']}\n\n{result['sentences']} held-out sentences.\n"
    return "\n".join([title, *(f"## {name}\n\n{body}\n" for name, body in sections.items())])


def confusion_csv(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return how often each true intent (a row) was answered by each (a column)."""
    counts = {(cell["true"], cell["answer"]): cell["count"] for cell in cells}
    labels = sorted({label for pair in counts for label in pair})
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["", *labels])
    writer.writerows([true, *(counts.get((true, each), 0) for each in labels)] for true in labels)
    return written.getvalue()


def _rows(results: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    newest = results[0]
    paths = {label: (key,) for label, key in MAIN_FIGURES.items()}
    paths |= {f"intent, noise {name}": ("noise", name, "intent") for name in newest["noise"]}
    for name, figures in newest["several"].items():
        paths[f"several wishes, {name}, of {figures['of']}"] = ("several", name, "right")
    paths |= {f"parse {key}, ms": ("speed", key) for key in newest["speed"]}
    for label, path in paths.items():
        yield [label, *(_in(result, *path) for result in results)]


def _in(result: Any, *path: str) -> Any:
    """What stands at a path; an earlier report may not have it."""
    for key in path:
        result = (result or {}).get(key)
    return result


def _per_label(labels: Mapping[str, Mapping[str, Any]]) -> str:
    return _records([{"": name, **scores} for name, scores in labels.items()])


def _records(records: Sequence[Mapping[str, Any]]) -> str:
    return _table([*records[0]], (each.values() for each in records)) if records else "none"


def _flat(figures: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}, ")
        else:
            yield f"{above}{name}", value


def _table(head: Sequence[str], lines: Iterable[Iterable[Any]]) -> str:
    cells = [[*head], *([_shown(value) for value in line] for line in lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in cells
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "-" if value is None else str(value).replace("|", "/").replace("\n", " ")
