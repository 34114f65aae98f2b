"""Stand-ins that let Rasa's modules load without some packages, and refuse to do their work."""

import importlib
import importlib.util
import sys
import warnings
from abc import ABCMeta
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

TENSORFLOW = frozenset({"keras", "tensorflow", "tensorflow_hub", "tensorflow_text"})
CLIENTS = frozenset(
    {
        "aio_pika",
        "aiogram",
        "aiormq",
        "boto3",
        "botocore",
        "cachecontrol",
        "fbmessenger",
        "google.auth",
        "google.oauth2",
        "matplotlib",
        "prompt_toolkit",
        "pymongo",
        "questionary",
        "redis",
        "rocketchat_API",
        "slack_sdk",
        "socketio",
        "twilio",
        "webexteamssdk",
    }
)
RASA_MODULES = ("rasa.engine.recipes.default_components", "rasa.__main__")
WAY_OUT = (
    "Use a pipeline that works without it (nlu/config.yml), or install Rasa with everything "
    "by `make nlu-tensorflow`."
)


class LeftOutError(ImportError):
    """Something asked a package to work that is not installed here."""

    def __init__(self, package: str) -> None:
        """Name the package and the way out."""
        super().__init__(f"{package} is left out of this environment. {WAY_OUT}")


class _StandInType(ABCMeta):
    """Makes classes that can be named, subclassed and used as decorators, but do nothing."""

    loading = False

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls._path}.{name}")

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        if not _StandInType.loading:
            raise LeftOutError(cls._path.partition(".")[0])
        used_as_decorator = len(arguments) == 1 and callable(arguments[0]) and not options
        return arguments[0] if used_as_decorator else cls


def _stand_in(path: str) -> _StandInType:
    return _StandInType(path.rpartition(".")[2], (), {"_path": path})


class _StandInModule(ModuleType):
    """Answers every public name with a stand-in class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{self.__name__}.{name}")


class _StandInFinder(MetaPathFinder, Loader):
    """Answers imports of some packages, and of anything inside them."""

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if not _is_within(fullname, self.packages):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: every name is made when it is asked for."""


def load_rasa() -> None:
    """Import Rasa's own modules; call it before any other import of Rasa.

    TensorFlow's stand-ins are gone afterwards, so that nobody mistakes them for the real one.
    The clients' stay: Rasa also imports those later, to name their exceptions.
    """
    if importlib.util.find_spec("tensorflow") is None:
        sys.meta_path.insert(0, _StandInFinder(CLIENTS))
        with _tensorflow_stand_ins(), warnings.catch_warnings(record=True):
            for name in RASA_MODULES:
                importlib.import_module(name)


@contextmanager
def _tensorflow_stand_ins() -> Iterator[None]:
    finder = _StandInFinder(TENSORFLOW)
    sys.meta_path.insert(0, finder)
    _StandInType.loading = True
    try:
        yield
    finally:
        _StandInType.loading = False
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_within(name, TENSORFLOW)]:
            del sys.modules[name]


def _is_within(module: str, packages: frozenset[str]) -> bool:
    return module in packages or any(module.startswith(f"{package}.") for package in packages)
