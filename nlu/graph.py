"""Runs Rasa's training graph once through.

`rasa train` keeps the outcome of every component, under a hash of all it was given, to use it
again. Here a model is there or it is not: hashing and reading twice took a quarter of the time.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rasa.engine.validation
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.data import TrainingType
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class Importer(RasaFileImporter):
    """Reads the training data once, though several nodes of the graph ask for it."""

    _nlu_data: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the sentences and look-up tables."""
        if self._nlu_data is None:
            self._nlu_data = super().get_nlu_data(language)
        return self._nlu_data


def train_graph(config: Path, training_data: Path, model: Path) -> None:
    """Train the pipeline of `config` and pack it as `model`.

    Raises Rasa's `GraphComponentException` where a component cannot be made or trained.
    """
    importer = Importer(str(config), training_data_paths=[str(training_data)])
    settings: dict[str, Any] = importer.get_config()
    graph = Recipe.recipe_for_name(settings.get("recipe")).graph_config_for_recipe(
        settings, {}, training_type=TrainingType.NLU
    )
    rasa.engine.validation.validate(graph)
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        context = ExecutionContext(graph.train_schema)
        runner = DaskGraphRunner.create(graph.train_schema, storage, context)
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(model, graph, importer.get_domain())
