"""Stand-ins that let Rasa's modules load without TensorFlow, and refuse to do its work."""

import importlib
import importlib.util
import sys
from abc import ABCMeta
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGES = ("tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras")
RASA_MODULES = ("rasa.engine.recipes.default_components", "rasa.utils.train_utils")
HINT = (
    "TensorFlow is left out of this environment. Use a pipeline without it (nlu/config.yml), "
    "or install the larger environment with `make nlu-tensorflow`."
)


class MissingTensorFlowError(ImportError):
    """Something asked TensorFlow to work where it is not installed."""

    def __init__(self) -> None:
        """Explain what to do instead."""
        super().__init__(HINT)


class _StandInType(ABCMeta):
    """Makes a class that can be named, subclassed and used as a decorator, but does nothing."""

    loading = False

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        if not _StandInType.loading:
            raise MissingTensorFlowError
        used_as_decorator = len(arguments) == 1 and callable(arguments[0]) and not options
        return arguments[0] if used_as_decorator else _stand_in(cls.__name__)


def _stand_in(name: str) -> _StandInType:
    return _StandInType(name, (), {})


class _StandInModule(ModuleType):
    """Answers every public name with a stand-in class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _StandInFinder(MetaPathFinder, Loader):
    """Answers imports of the packages left out, and of anything inside them."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if not _is_left_out(fullname):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: every name is made when it is asked for."""


def load_rasa() -> None:
    """Import the parts of Rasa that need TensorFlow's names; call it before any other import."""
    if importlib.util.find_spec("tensorflow") is None:
        with _stand_ins():
            for name in RASA_MODULES:
                importlib.import_module(name)


@contextmanager
def _stand_ins() -> Iterator[None]:
    finder = _StandInFinder()
    sys.meta_path.insert(0, finder)
    _StandInType.loading = True
    try:
        yield
    finally:
        _StandInType.loading = False
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_left_out(name)]:
            del sys.modules[name]


def _is_left_out(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES
