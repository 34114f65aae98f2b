"""Figures on sentences written elsewhere (../shared/datasets); nothing is trained on them."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from nlu.corpus import OUT_OF_SCOPE, read_yaml
from nlu.evaluation.figures import share
from nlu.evaluation.parser import Parser
from nlu.text.normalise import Normaliser, read_slang
from nlu.text.tokenizer import cut

LIKELY = 0.5
TEGAL = Path(__file__).with_name("tegal.yml")


def measure_outside(parser: Parser, folder: Path) -> dict[str, Any]:
    """All figures that the folder's README asks for, but the pipeline's smoke test."""
    return {
        "tegal": tegal(parser, folder / "tegal-intents.csv"),
        "normaliser": {
            "word_error": word_error(folder / "stif-test.csv"),
            "exact": exact(folder / "indocollex-test.csv"),
        },
        "accepted": {
            name: accepted(parser, folder / f"{name}.csv")
            for name in ("xsid-id", "facqa-questions")
        },
    }


def tegal(parser: Parser, path: Path) -> dict[str, float]:
    """Shares of right acts, and of right targets where the act is right or not scored.

    `tegal.yml` says which intents its acts stand for and what our targets are called there. The
    town's own name is read as ours: for an office in Tegal it would be no other town.
    """
    key = read_yaml(TEGAL)
    town = re.compile(rf"\b{key['town']}\b", re.IGNORECASE)
    acts: list[bool] = []
    targets: list[bool] = []
    for row in _rows(path):
        parsed = parser.parse(town.sub(key["here"], row["text"]))
        answers = list(_tegal_answers(row, key["targets"]))
        act_right = parsed.intent in {key["acts"][act] for act, _ in answers if act}
        if row["act"]:
            acts.append(act_right)
        if not row["act"] or (act_right and parsed.intent != OUT_OF_SCOPE):
            targets.append(parsed.target in {target for _, target in answers if target})
    figures = {"act": share(acts), "target": share(targets)}
    return {**figures, "acts": len(acts), "targets": len(targets)}


def word_error(path: Path) -> dict[str, float]:
    """Word error rate against the formal sentences, before and after normalising."""
    normalise = Normaliser(read_slang())
    errors: Counter[str] = Counter()
    for row in _rows(path):
        formal = _words(row["formal"])
        errors["words"] += len(formal)
        errors["untouched"] += Levenshtein.distance(_words(row["informal"]), formal)
        normalised = _words(normalise(row["informal"]))
        errors["normalised"] += Levenshtein.distance(normalised, formal)
    return {name: errors[name] / errors["words"] for name in ("untouched", "normalised")}


def exact(path: Path) -> dict[str, dict[str, int]]:
    """Exact matches of single words, by the kind of change."""
    normalise = Normaliser(read_slang())
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in _rows(path):
        kind = row["transformation"]
        total[kind] += 1
        right[kind] += normalise(row["transformed"]) == row["original-for"].lower()
    return {kind: {"right": right[kind], "of": total[kind]} for kind in sorted(total)}


def accepted(parser: Parser, path: Path) -> float:
    """Share of sentences far out of scope that would be acted on as if they were ours."""
    parsed = parser.parse_all(row["text"] for row in _rows(path))
    return share([p.confidence >= LIKELY and p.intent != OUT_OF_SCOPE for p in parsed])


def _tegal_answers(row: dict[str, str], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(act, target) pairs that are right; `juga` separates them by spaces, commas or bars."""
    yield row["act"], names.get(row["target"], row["target"])
    for answer in re.split(r"[ ,;|]+", row["juga"]):
        act, _, target = answer.partition(":")
        if act:
            yield act, names.get(target, target)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(text: str) -> list[str]:
    return [word.text for word in cut(text.replace("-", " "))]
