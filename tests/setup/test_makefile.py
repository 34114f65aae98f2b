"""The commands that people are told exist, and say so where they cannot run."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
TOLD_IN = (
    "README.md",
    "CONTRIBUTING.md",
    "data/README.md",
    "tests/README.md",
    ".ci/run",
    "nlu/without_tensorflow/stand_ins.py",
)
TESTS = ("test", "test-fast")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )


def targets() -> set[str]:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


def commands(text: str) -> set[str]:
    """The targets in a text, where it quotes a command or gives one a line of its own."""
    found = re.findall(r"(?:`|^(?: {4})?)make (?:--keep-going )?([a-z-]+)", text, re.MULTILINE)
    return set(found)


def test_every_command_that_people_are_told_exists() -> None:
    texts = [(REPOSITORY / name).read_text(encoding="utf-8") for name in TOLD_IN]
    told = set[str]().union(*map(commands, texts))
    assert {"run", "test", "lint", "nlu-tensorflow"} <= told <= targets()


def test_help_lists_what_a_person_would_run() -> None:
    listed = make("help").stdout
    for target in ("run", "chat", *TESTS, "train", "check", "migration", "crash", "bench"):
        assert re.search(rf"^{target}\s+\w", listed, re.MULTILINE), target


def test_without_a_new_enough_python_it_says_so() -> None:
    answer = make("install", "PYTHON=")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr


@pytest.mark.parametrize("name", ["", " "])
def test_a_migration_needs_a_name(name: str) -> None:
    answer = make("migration", f"NAME={name}")
    assert answer.returncode != 0
    assert 'make migration NAME="add owner"' in answer.stderr


def test_the_fast_tests_leave_out_what_is_there_and_say_so() -> None:
    planned = make("--dry-run", "test-fast").stdout
    left_out = re.findall(r"--ignore=(\S+)", planned)
    assert left_out
    assert [path for path in left_out if not (REPOSITORY / path).exists()] == []
    told = planned[planned.index("Left out") :]
    assert [path for path in left_out if path.removeprefix("tests/") not in told] == []


def test_a_commit_is_checked_as_lint_does_and_fetches_nothing() -> None:
    config = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    used = {hook["entry"].split()[0] for hook in hooks}
    tools = re.compile(r"^\t(\.venv/bin/(?:ruff|mypy|lint-imports))", re.MULTILINE)
    assert used == set(tools.findall((REPOSITORY / "Makefile").read_text(encoding="utf-8")))
