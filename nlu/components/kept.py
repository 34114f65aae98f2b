"""What every component that learns does alike: it is made, stored with the model, and loaded."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

FILE = "learnt.joblib"


class Kept(GraphComponent):
    """A component with one thing that is learnt, `_learnt`; None before training."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, learnt: Any = None
    ) -> None:
        """Hold what was learnt."""
        self._config, self._storage, self._resource = config, storage, resource
        self._learnt = learnt

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Kept":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "Kept":
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / FILE))

    def keep(self, learnt: Any) -> Resource:
        """Hold what was learnt, and store it with the model."""
        self._learnt = learnt
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(learnt, folder / FILE)
        return self._resource
