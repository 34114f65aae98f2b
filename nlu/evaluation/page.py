"""Writes the figures as one HTML page that needs nothing else: no script, no network."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from nlu.evaluation.drawing import confusion_picture, curve_picture, reliability_picture
from nlu.evaluation.table import rows

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;
color:#1d2733}
h1{font-size:1.6rem}
h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #d5dce4;padding-top:1rem}
table{border-collapse:collapse;font-size:.9rem}th,td{padding:.25rem .75rem;text-align:right}
th:first-child,td:first-child{text-align:left}tr:nth-child(even){background:#f4f6f8}
.scroll{overflow-x:auto}.up{color:#17693a}.down{color:#a3261c}
svg text{font:11px system-ui,sans-serif}
.pair{display:flex;flex-wrap:wrap;gap:2rem}
"""


def write_page(result: dict[str, Any], before: dict[str, Any] | None, path: Path) -> Path:
    """Write the page and return its path."""
    sections = [
        _section("Main figures", _main_table(result, before)),
        _section("Intents", _per_label(result["per_intent"])),
        _section("Confusion", confusion_picture(result["confusion"])),
        _section("Calibration and scope", _pictures(result)),
        _section("Entities", _per_label(result.get("entities") or {})),
        _section("Sentences written elsewhere", _outside(result.get("outside") or {})),
        _section("Worst sentences", _worst(result["worst"])),
    ]
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>NLU</title>"
    head += f"<style>{_STYLE}</style>"
    title = f"<h1>Understanding: {escape(str(result.get('model', '')))}</h1>"
    about = f"<p>{result['sentences']} held-out sentences.</p>"
    path.write_text(head + title + about + "".join(sections), encoding="utf-8")
    return path


def _section(title: str, body: str) -> str:
    return f"<h2>{escape(title)}</h2><div class=scroll>{body}</div>" if body else ""


def _main_table(result: dict[str, Any], before: dict[str, Any] | None) -> str:
    results = {"now": result, **({"before": before} if before else {})}
    lines = []
    for label, values in rows(results):
        cells = [_number(value) for value in values]
        if len(values) == 2 and None not in values:
            cells.append(_change(label, values[0] - values[1]))
        lines.append([escape(label), *cells])
    for name, value in result["decisions"].items():
        lines.append([f"decision: {escape(name)}", _number(value)])
    return _table(["figure", *results, *(["change"] if before else [])], lines)


def _change(label: str, change: float) -> str:
    lower_is_better = any(word in label for word in ("error", "accepted", "ms"))
    better = change < 0 if lower_is_better else change > 0
    return f"<span class={'up' if better else 'down'}>{change:+.3f}</span>" if change else ""


def _per_label(labels: dict[str, dict[str, float]]) -> str:
    lines = [
        [escape(name), *(_number(s[key]) for key in ("precision", "recall", "f1")), s["support"]]
        for name, s in labels.items()
    ]
    return _table(["", "precision", "recall", "F1", "n"], lines) if lines else ""


def _pictures(result: dict[str, Any]) -> str:
    pictures = reliability_picture(result["reliability"]) + curve_picture(result["scope_curve"])
    return f"<div class=pair>{pictures}</div>"


def _outside(outside: dict[str, Any]) -> str:
    if not outside:
        return ""
    lines = [
        ["Tegal: act", _number(outside["tegal"]["act"])],
        ["Tegal: target given act", _number(outside["tegal"]["target"])],
    ]
    for name, value in outside["normaliser"]["word_error"].items():
        lines.append([f"word error, {name}", _number(value)])
    for kind, counts in outside["normaliser"]["exact"].items():
        lines.append([f"exact: {escape(kind)}", f"{counts['right']} of {counts['of']}"])
    for name, value in outside["accepted"].items():
        lines.append([f"accepted: {escape(name)}", _number(value)])
    return _table(["", ""], lines)


def _worst(worst: Sequence[dict[str, Any]]) -> str:
    lines = [
        [escape(w["text"]), escape(w["true"]), escape(w["answer"]), _number(w["confidence"])]
        for w in worst
    ]
    return _table(["sentence", "right", "answered", "sure"], lines)


def _table(head: Sequence[str], lines: Sequence[Sequence[Any]]) -> str:
    top = "".join(f"<th>{escape(str(cell))}" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in line) for line in lines)
    return f"<table><tr>{top}{body}</table>"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
