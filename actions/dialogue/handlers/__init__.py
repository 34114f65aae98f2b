"""One file a topic, with all its ways in. Importing the package registers every handler."""

import importlib
import pkgutil

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)
