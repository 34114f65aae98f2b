"""Builds the training data and trains the model, unless that very model is already there.

    python -m nlu.train [--data data] [--config nlu/config.yml] [--models var/models]

Prints `progress 4/8 intents` lines and, last, `model <path>`.
"""

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from nlu.build import CONFIG, ROOT, fingerprint, write_training_data
from nlu.classifier.progress import step
from nlu.corpus import read_corpus

# Sums taken by several threads come out a little different each time.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def train(data: Path, config: Path, models: Path, *, force: bool = False) -> Path:
    """Return the model of this data, configuration and code; train it where it is missing."""
    name = fingerprint(data, config)
    model = models / f"{name}.tar.gz"
    if model.exists() and not force:
        return model
    step("reading")
    training_data = write_training_data(read_corpus(data), models.parent / "nlu")
    step("features")
    _train_with_rasa(config, training_data, model)
    step("packing")
    return model


def _train_with_rasa(config: Path, training_data: Path, model: Path) -> None:
    """Put the model in its place once it is whole: it may be read, or made twice, meanwhile."""
    for variable in ONE_THREAD:
        os.environ.setdefault(variable, "1")
    from nlu.without_tensorflow import load_rasa

    load_rasa()
    from nlu.graph import train_graph

    model.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=model.parent) as folder:
        unfinished = Path(folder) / model.name
        train_graph(config, training_data, unfinished)
        unfinished.replace(model)


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--force", action="store_true", help="train even if the model is there")
    options = parser.parse_args()
    path = train(options.data, options.config, options.models, force=options.force)
    print(f"model {path}", flush=True)


if __name__ == "__main__":
    main()
