"""The commands that people are told exist, and say so where they cannot run."""

import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TOLD_IN = ("README.md", ".ci/run", "nlu/without_tensorflow/stand_ins.py")


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
    for target in ("run", "chat", "test", "train", "check", "crash", "bench"):
        assert re.search(rf"^{target}\s+\w", listed, re.MULTILINE), target


def test_without_a_new_enough_python_it_says_so() -> None:
    answer = make("install", "PYTHON=")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
