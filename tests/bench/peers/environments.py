"""What the comparison needs and the project does not: installed on demand below var/peers."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.installation.environments import NLU_PYTHON, find_python, version_of
from bot.installation.uv import get_uv, read_pip_settings, uv_environment
from tests.bench.peers.conversation import HERE
from tests.crash.process import ROOT

FOLDER = ROOT / "var" / "peers"
VENV = ROOT / ".venv"


@dataclass(frozen=True, slots=True)
class Environment:
    """Requirements and the Python that they need; ours where none is named."""

    requirements: Path
    python: tuple[int, int] | None = None


ENVIRONMENTS = {
    "rasa": Environment(HERE / "rasa" / "requirements.txt", NLU_PYTHON),
    "dictionary": Environment(HERE / "dictionary" / "requirements.txt"),
    # What an installation of ours has, to be weighed: `.venv` here holds the test tools too.
    "balai": Environment(ROOT / "bot" / "requirements.txt"),
}


def python_of(name: str) -> Path:
    """The interpreter of an environment."""
    return FOLDER / name / "bin" / "python"


def install(name: str) -> None:
    """Make an environment and install its requirements, unless that was done."""
    environment, stamp = ENVIRONMENTS[name], FOLDER / name / "installed"
    wanted = environment.requirements.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    uv = get_uv(VENV, ROOT / "bot" / "requirements-installer.txt")
    environ = uv_environment(os.environ, read_pip_settings(VENV))
    base: str | Path = sys.executable
    if environment.python and version_of(python_of(name)) != environment.python:
        base = find_python(environment.python, uv, environ)
    make: list[str | Path] = [uv, "venv", "--quiet", "--clear", "--python", base, FOLDER / name]
    fill: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", python_of(name)]
    subprocess.run(make, env=environ, check=True)
    subprocess.run([*fill, "-r", environment.requirements], env=environ, check=True)
    stamp.write_text(wanted, encoding="utf-8")


def megabytes(*places: Path) -> float:
    """What files and folders take on the disk."""
    sizes = {
        (found.st_dev, found.st_ino): found.st_blocks * 512
        for place in places
        for file in ([place, *place.rglob("*")] if place.is_dir() else [place])
        for found in [file.lstat()]
    }
    return sum(sizes.values()) / 1024**2
