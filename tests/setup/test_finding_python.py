"""The set-up finds a Python of the right version, whatever else lies on the machine.

uv looks at real interpreters, so the machine of these tests holds the one that runs them.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.installation import InstallationError
from bot.installation.environments import find_python, fits_app, version_of

REPOSITORY = Path(__file__).resolve().parents[2]
HERE = sys.version_info[:2]
NAME = f"{HERE[0]}.{HERE[1]}"
UV = REPOSITORY / ".venv/bin/uv"


def script(path: Path, text: str) -> Path:
    """An executable that behaves as `text` says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(path: Path) -> Path:
    """The Python that runs here, under another name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(Path(sys.base_prefix) / "bin" / f"python{NAME}")
    return path


class Machine:
    """A machine with nothing on it; PATH holds `bin`, pyenv lives in `pyenv`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environ = {
            "PATH": str(root / "bin"),
            "HOME": str(root),
            "PYENV_ROOT": str(root / "pyenv"),
            "UV_PYTHON_INSTALL_DIR": str(root / "fetched"),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_CACHE_DIR": str(root / "cache"),
        }

    def finds(self, uv: Path | None = None, version: tuple[int, int] = HERE) -> str:
        usual = UV if UV.exists() else Path(shutil.which("uv") or "uv")
        found = find_python(version, uv or usual, self.environ)
        return os.path.relpath(found, self.root)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_takes_the_one_on_path(machine: Machine) -> None:
    python(machine.root / f"bin/python{NAME}")
    python(machine.root / f"pyenv/versions/{NAME}.1/bin/python{NAME}")
    assert machine.finds() == f"bin/python{NAME}"


def test_passes_over_a_shim_that_selects_nothing(machine: Machine) -> None:
    shim = "echo 'pyenv: python: command not found' >&2; exit 127"
    script(machine.root / f"bin/python{NAME}", shim)
    python(machine.root / f"pyenv/versions/{NAME}.13/bin/python{NAME}")
    assert machine.finds() == f"pyenv/versions/{NAME}.13/bin/python{NAME}"


def test_passes_over_one_that_lies_about_its_version(machine: Machine) -> None:
    python(machine.root / "bin/python3.10")
    with pytest.raises(InstallationError):
        machine.finds(version=(3, 10))


def test_takes_the_newest_of_pyenv(machine: Machine) -> None:
    for patch in (9, 13, 7):
        python(machine.root / f"pyenv/versions/{NAME}.{patch}/bin/python{NAME}")
    assert machine.finds() == f"pyenv/versions/{NAME}.13/bin/python{NAME}"


def test_a_named_one_comes_first(machine: Machine) -> None:
    python(machine.root / f"bin/python{NAME}")
    machine.environ["NLU_PYTHON"] = str(python(machine.root / "elsewhere/python"))
    assert machine.finds() == "elsewhere/python"


def test_lets_uv_fetch_one(machine: Machine) -> None:
    uv = script(
        machine.root / "uv",
        f"""mark={machine.root}/installed
        case "$2" in
            install) : > "$mark" ;;
            find) [ -e "$mark" ] && echo {machine.root}/fetched/python ;;
        esac""",
    )
    assert machine.finds(uv) == "fetched/python"


def test_says_what_to_do_where_there_is_none(machine: Machine) -> None:
    with pytest.raises(InstallationError) as problem:
        machine.finds(script(machine.root / "uv", "exit 2"), (3, 10))
    for advice in ("Python 3.10", "pyenv install 3.10", "NLU_PYTHON="):
        assert advice in str(problem.value)


def test_a_missing_interpreter_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path / "python") is None


@pytest.mark.parametrize(
    ("version", "fits"), [("3 10", False), ("3 11", True), ("3 14", True), ("2 7", False)]
)
def test_the_bot_runs_on_3_11_or_newer(tmp_path: Path, version: str, fits: bool) -> None:
    assert fits_app(script(tmp_path / "python", f"echo {version}")) is fits
