"""Prepares the Python environments: `python3 bot/bootstrap.py app nlu` (or dev, nlu-tensorflow).

Needs nothing but a Python of 3.11 or newer. Older ones must still be able to read this file, so
that they can say so: no annotations, no f-strings, nothing imported before the check.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Balai needs Python 3.11 or newer; this is Python %d.%d (%s).\n"
        "Install a newer one, or name it: make run PYTHON=python3.12"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from bot.installation.command import main

if __name__ == "__main__":
    sys.exit(main(ROOT, sys.argv[1:]))
