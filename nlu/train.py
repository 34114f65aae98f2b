"""Builds the training data and trains the model, unless that very model is already there.

    python -m nlu.train [--data data] [--config nlu/config.yml] [--models var/models] [--learnt F]

Prints `progress 4/8 intents` lines and, last, `model <path>`.
"""

import argparse
import os
from pathlib import Path

from nlu.build import CONFIG, ROOT, fingerprint, write_training_data
from nlu.classifier.progress import step
from nlu.corpus import read_corpus
from nlu.models import digest_of, is_trusted, trust
from nlu.parent import OPTION, end_with_parent
from nlu.scratch import scratch

# Sums taken by several threads come out a little different each time.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def train(
    data: Path,
    config: Path,
    models: Path,
    *,
    learnt: Path | None = None,
    force: bool = False,
) -> Path:
    """Return the model of this data, configuration and code; train it where it is missing.

    `learnt` are sentences of the office's own, beside those of data/.
    """
    name = fingerprint(data, config, learnt)
    model = models / f"{name}.tar.gz"
    if is_trusted(model) and not force:
        return model
    model.parent.mkdir(parents=True, exist_ok=True)
    with scratch(models.parent / "tmp") as folder:
        _make(data, config, model, folder, learnt)
    return model


def _make(data: Path, config: Path, model: Path, folder: Path, learnt: Path | None) -> None:
    """Put the model in its place once it is whole: it may be read, or made twice, meanwhile."""
    step("reading")
    training_data = write_training_data(read_corpus(data, learnt), model.parent.parent / "nlu")
    step("features")
    unfinished = folder / model.name
    _train_with_rasa(config, training_data, unfinished)
    trust(model, digest_of(unfinished))
    unfinished.replace(model)
    step("packing")


def _train_with_rasa(config: Path, training_data: Path, model: Path) -> None:
    for variable in ONE_THREAD:
        os.environ.setdefault(variable, "1")
    from nlu.without_tensorflow import load_rasa

    load_rasa()
    from nlu.features.cores import mortal_workers
    from nlu.graph import train_graph

    with mortal_workers():
        train_graph(config, training_data, model)


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--learnt", type=Path, help="sentences of the office's own")
    parser.add_argument("--force", action="store_true", help="train even if the model is there")
    parser.add_argument(OPTION, action="store_true", help="end when standard input ends")
    options = parser.parse_args()
    if options.end_with_parent:
        end_with_parent()
    path = train(
        options.data,
        options.config,
        options.models,
        learnt=options.learnt,
        force=options.force,
    )
    print(f"model {path}", flush=True)


if __name__ == "__main__":
    main()
