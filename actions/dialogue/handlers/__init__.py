"""One file an intent. Importing the package registers every handler."""

import importlib
import pkgutil

ALL = tuple(module.name for module in pkgutil.iter_modules(__path__))

for _name in ALL:
    importlib.import_module(f"{__name__}.{_name}")
