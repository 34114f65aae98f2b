"""Measures, compares and explains models.

    python -m nlu.evaluate ask "pak ktp sy ilang"     what the model made of a sentence, and why
    python -m nlu.evaluate report                     tables in var/nlu/report, and here
    python -m nlu.evaluate compare A B ...            models, reports or pipelines side by side
    python -m nlu.evaluate changes A B --out F.json   what B answers otherwise than A

A model is a .tar.gz, a report its .json, a pipeline a .yml of nlu/pipelines (trained first).
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from nlu.build import ROOT
from nlu.evaluation.changes import changes as changes_between
from nlu.evaluation.explain import explain
from nlu.evaluation.measure import measure
from nlu.evaluation.outside import measure_outside
from nlu.evaluation.parser import Parser, newest_model
from nlu.evaluation.tables import MAIN_FIGURES, confusion_csv, report_page, side_by_side
from nlu.parent import OPTION, end_with_parent
from nlu.scratch import scratch
from nlu.train import train

TESTS = ROOT / "tests" / "nlu"
DATASETS = ROOT.parent / "shared" / "datasets"


def main() -> None:
    """Run one of the commands."""
    options = _arguments()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    options.run(options)


def ask(options: argparse.Namespace) -> None:
    """Explain one sentence."""
    parser = Parser(options.model or newest_model(options.models))
    print(explain(parser.parse(" ".join(options.sentence)).answer))


def report(options: argparse.Namespace) -> None:
    """Measure a model; write a page and the confusion beside the JSON, print the main figures."""
    model = options.model or newest_model(options.models)
    folder = options.out
    folder.mkdir(parents=True, exist_ok=True)
    latest = folder / "report.json"
    before = json.loads(latest.read_text(encoding="utf-8")) if latest.exists() else None
    result = _measured(model, options.datasets)
    if before:
        (folder / "before.json").write_text(json.dumps(before), encoding="utf-8")
    latest.write_text(json.dumps(result, indent=1), encoding="utf-8")
    page = folder / "report.md"
    page.write_text(report_page(result, before), encoding="utf-8")
    confusion = confusion_csv(result["confusion"])
    (folder / "confusion.csv").write_text(confusion, encoding="utf-8")
    print(side_by_side({"now": result, **({"before": before} if before else {})}))
    print(f"report {page}")


def compare(options: argparse.Namespace) -> None:
    """Print the main figures of the candidates."""
    results = {name: _result_of(Path(name), options) for name in options.candidates}
    print(side_by_side(results))


def changes(options: argparse.Namespace) -> None:
    """Write what the second model answers otherwise than the first; tell how far it is."""
    if options.end_with_parent:
        end_with_parent()
    with scratch(options.models.parent / "tmp"):
        result = changes_between(options.old, options.new, TESTS / "held_out", options.learnt)
    unfinished = options.out.with_suffix(".part")
    unfinished.write_text(json.dumps(result), encoding="utf-8")
    unfinished.replace(options.out)


def _result_of(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    if path.suffix == ".json":
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return result
    if path.suffix == ".yml":
        path = train(options.data, path, options.models)
    return _measured(path, None)


def _measured(model: Path, datasets: Path | None) -> dict[str, Any]:
    parser = Parser(model)
    result = measure(parser, TESTS)
    result["model"] = model.name
    if datasets and datasets.is_dir():
        result["outside"] = measure_outside(parser, datasets)
    return result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    commands = parser.add_subparsers(required=True)
    asking = commands.add_parser("ask", help="explain one sentence")
    asking.add_argument("sentence", nargs="+")
    asking.add_argument("--model", type=Path)
    asking.set_defaults(run=ask)
    reporting = commands.add_parser("report", help="measure the newest model")
    reporting.add_argument("--model", type=Path)
    reporting.add_argument("--out", type=Path, default=ROOT / "var" / "nlu" / "report")
    reporting.add_argument("--datasets", type=Path, default=DATASETS)
    reporting.set_defaults(run=report)
    comparing = commands.add_parser("compare", help=f"side by side: {', '.join(MAIN_FIGURES)}")
    comparing.add_argument("candidates", nargs="+", metavar="CANDIDATE")
    comparing.set_defaults(run=compare)
    changing = commands.add_parser("changes", help="what a new model answers otherwise")
    changing.add_argument("old", type=Path)
    changing.add_argument("new", type=Path)
    changing.add_argument("--learnt", type=Path, help="the sentences that the new one learnt")
    changing.add_argument("--out", type=Path, required=True)
    changing.add_argument(OPTION, action="store_true", help="end when standard input ends")
    changing.set_defaults(run=changes)
    return parser.parse_args()


if __name__ == "__main__":
    main()
