"""The set-up finds a Python of the right version, whatever else lies on the machine."""

from pathlib import Path

import pytest

from bot.installation.problems import InstallationError
from bot.installation.pythons import find_python, fits_app, version_of

VERSION = (3, 10)


def script(path: Path, text: str) -> Path:
    """An executable that behaves as `text` says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(path: Path, version: str = "3 10") -> Path:
    return script(path, f"echo {version}")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it; PATH holds `bin`, pyenv lives in `pyenv`."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.delenv("NLU_PYTHON", raising=False)
    return tmp_path


@pytest.fixture
def helpless_uv(machine: Path) -> Path:
    return script(machine / "uv", "exit 2")


def test_takes_the_one_on_path(machine: Path, helpless_uv: Path) -> None:
    expected = python(machine / "bin/python3.10")
    assert find_python(VERSION, uv=helpless_uv) == expected


def test_passes_over_a_shim_that_selects_nothing(machine: Path, helpless_uv: Path) -> None:
    script(machine / "bin/python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    expected = python(machine / "pyenv/versions/3.10.13/bin/python3.10")
    assert find_python(VERSION, uv=helpless_uv) == expected


def test_passes_over_one_that_lies_about_its_version(machine: Path, helpless_uv: Path) -> None:
    python(machine / "bin/python3.10", version="3 12")
    expected = python(machine / "pyenv/versions/3.10.2/bin/python3.10")
    assert find_python(VERSION, uv=helpless_uv) == expected


def test_takes_the_newest_of_pyenv(machine: Path, helpless_uv: Path) -> None:
    python(machine / "pyenv/versions/3.10.9/bin/python3.10")
    expected = python(machine / "pyenv/versions/3.10.13/bin/python3.10")
    python(machine / "pyenv/versions/3.10.7/bin/python3.10")
    assert find_python(VERSION, uv=helpless_uv) == expected


def test_a_named_one_comes_first(
    machine: Path, helpless_uv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python(machine / "bin/python3.10")
    named = python(machine / "elsewhere/python")
    monkeypatch.setenv("NLU_PYTHON", str(named))
    assert find_python(VERSION, uv=helpless_uv) == named


def test_lets_uv_fetch_one(machine: Path) -> None:
    fetched = python(machine / "fetched/python3.10")
    uv = script(
        machine / "uv",
        f"""mark={machine}/installed
        case "$2" in
            install) : > "$mark" ;;
            find) [ -e "$mark" ] && echo {fetched} ;;
        esac""",
    )
    assert find_python(VERSION, uv=uv) == fetched


def test_says_what_to_do_where_there_is_none(helpless_uv: Path) -> None:
    with pytest.raises(InstallationError) as problem:
        find_python(VERSION, uv=helpless_uv)
    for advice in ("Python 3.10", "pyenv install 3.10", "NLU_PYTHON="):
        assert advice in str(problem.value)


def test_a_missing_interpreter_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path / "python") is None


@pytest.mark.parametrize(
    ("version", "fits"), [("3 10", False), ("3 11", True), ("3 14", True), ("2 7", False)]
)
def test_the_bot_runs_on_3_11_or_newer(tmp_path: Path, version: str, fits: bool) -> None:
    assert fits_app(python(tmp_path / "python", version)) is fits
