"""Finds an interpreter of a given version: on PATH, under pyenv, or fetched by uv."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bot.installation.problems import InstallationError

Version = tuple[int, int]

OLDEST_APP_PYTHON: Version = (3, 11)
NLU_PYTHON: Version = (3, 10)

_ASK_VERSION = "import sys; print(*sys.version_info[:2])"


def find_python(version: Version, *, uv: Path) -> Path:
    """An interpreter of exactly this version; fetches one where the machine has none."""
    for candidate in _candidates(version):
        if version_of(candidate) == version:
            return candidate
    return _fetched_by_uv(version, uv)


def version_of(python: Path) -> Version | None:
    """The version that an interpreter reports, None when it does not run.

    A shim of pyenv lies on PATH for every version, and fails where that one is not selected.
    """
    try:
        answer = subprocess.run(
            [python, "-c", _ASK_VERSION], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def fits_app(python: Path) -> bool:
    """Whether this interpreter runs and is new enough for the bot."""
    version = version_of(python)
    return version is not None and version >= OLDEST_APP_PYTHON


def _candidates(version: Version) -> Iterator[Path]:
    name = f"python{version[0]}.{version[1]}"
    if chosen := os.environ.get("NLU_PYTHON"):
        yield Path(chosen)
    if on_path := shutil.which(name):
        yield Path(on_path)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = (pyenv / "versions").glob(f"{version[0]}.{version[1]}.*/bin/{name}")
    yield from sorted(found, key=_patch_level, reverse=True)


def _patch_level(python: Path) -> int:
    release = python.parents[1].name.split(".")[2]
    return int(release) if release.isdigit() else -1


def _fetched_by_uv(version: Version, uv: Path) -> Path:
    name = f"{version[0]}.{version[1]}"
    if _uv_finds(uv, name) is None:
        subprocess.run([uv, "python", "install", name], capture_output=True, check=False)
    found = _uv_finds(uv, name)
    if found is None:
        raise InstallationError(
            f"Rasa needs Python {name}, and there is none: not on PATH, not under pyenv, and uv "
            f"could not fetch it.\nInstall it (`pyenv install {name}`, or your system's package) "
            "and run the same command again,\nor name it: NLU_PYTHON=/where/it/is/python3.10"
        )
    return found


def _uv_finds(uv: Path, name: str) -> Path | None:
    answer = subprocess.run(
        [uv, "python", "find", "--no-project", "--managed-python", name],
        capture_output=True,
        text=True,
        check=False,
    )
    return Path(answer.stdout.strip()) if answer.returncode == 0 else None
