"""The first file that runs: it must speak even to a Python that is far too old."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BOOTSTRAP = REPOSITORY / "bot/bootstrap.py"

PRETEND = """
import runpy, sys
sys.version_info = (3, 9, 18, "final", 0)
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)


def old_pythons() -> list[Path]:
    pyenv = Path.home() / ".pyenv/versions"
    return [*pyenv.glob("2.*/bin/python"), *pyenv.glob("3.[0-9].*/bin/python")]


def test_an_old_python_is_told_so() -> None:
    answer = run(sys.executable, "-c", PRETEND, BOOTSTRAP)
    assert answer.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in answer.stderr


@pytest.mark.parametrize("python", old_pythons(), ids=lambda path: path.parts[-3])
def test_every_old_python_of_this_machine_understands_the_message(python: Path) -> None:
    answer = run(python, BOOTSTRAP, "app")
    assert answer.returncode == 1
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "SyntaxError" not in answer.stderr


def test_the_first_file_has_no_syntax_that_old_pythons_cannot_read() -> None:
    source = BOOTSTRAP.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign)]


def test_the_set_up_uses_the_standard_library_alone() -> None:
    """Checked in an interpreter that has no site-packages at all."""
    command = "import sys; sys.path.insert(0, '.'); import bot.installation.command"
    answer = run(sys.executable, "-I", "-S", "-c", command)
    assert answer.returncode == 0, answer.stderr
