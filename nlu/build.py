"""Writes Rasa's training data from data/, and tells whether anything changed since.

    python -m nlu.build [--data data] [--out var/nlu]

The target of a sentence is metadata of its block; names and aliases become look-up tables
named `kind/slug`. The same data always give the same bytes.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from nlu.corpus import Corpus, read_corpus, read_learnt

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "nlu" / "config.yml"
DATA_PATTERNS = (
    "office.yml",
    "language/words/slang.yml",
    "language/words/isian.yml",
    "language/words/daerah_lain.yml",
    "language/several.yml",
    "language/intents/*.yml",
    "services/*.yml",
    "complaints/*.yml",
    "language/entities/*.yml",
    "language/replies/*.yml",
)


def write_training_data(corpus: Corpus, folder: Path) -> Path:
    """Write `nlu.yml` in Rasa's format into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nlu.yml"
    lines = ['version: "3.1"', "nlu:"]
    for (intent, target), sentences in sorted(_by_label(corpus).items()):
        lines.extend(_block("intent", intent, sentences, target))
    for name, elements in sorted(corpus.lookups.items()):
        lines.extend(_block("lookup", name, elements))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fingerprint(data: Path, config: Path = CONFIG, learnt: Path | None = None) -> str:
    """Name the model that these data, this configuration and this code make.

    An office's own sentences count where there are any.
    """
    parts = [path for pattern in DATA_PATTERNS for path in sorted(data.glob(pattern))]
    parts += [config, *_code()]
    digest = sha256()
    for path in parts:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    if read_learnt(learnt):
        digest.update(b"learnt\0" + (learnt.read_bytes() if learnt else b"") + b"\0")
    return digest.hexdigest()[:16]


_WITHOUT_EFFECT = frozenset(
    "evaluate.py serve.py train.py models.py parent.py scratch.py progress.py evaluation "
    "without_tensorflow".split()
)


def _code() -> list[Path]:
    """All modules that take part in training or parsing."""
    folder = ROOT / "nlu"
    return [
        path
        for path in sorted(folder.rglob("*.py"))
        if not _WITHOUT_EFFECT & set(path.relative_to(folder).parts)
    ]


def _by_label(corpus: Corpus) -> dict[tuple[str, str], list[str]]:
    labelled: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for example in corpus.examples:
        sentence = " ".join(example.text.split())
        labelled[example.intent, example.target or ""][sentence] = None
    return {label: list(sentences) for label, sentences in labelled.items()}


def _block(kind: str, name: str, items: Iterable[str], target: str = "") -> list[str]:
    metadata = [f"  metadata: {{target: {target}}}"] if target else []
    sentences = (f"    - {item}" for item in items)
    return [f"- {kind}: {name}", *metadata, "  examples: |", *sentences]


def main() -> None:
    """Build from the command line and print the fingerprint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "nlu")
    options = parser.parse_args()
    corpus = read_corpus(options.data)
    path = write_training_data(corpus, options.out)
    report = {
        "fingerprint": fingerprint(options.data),
        "sentences": len(corpus.examples),
        "file": str(path),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
