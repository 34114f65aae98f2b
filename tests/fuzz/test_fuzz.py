"""A short run of `make fuzz`: a few hundred odd inputs of each kind, always the same ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.fuzz.__main__ import fuzz
from tests.fuzz.tally import Tally
from tests.meta.sources import ROOT


@pytest.mark.parametrize(
    ("kind", "n"), [("updates", 100), ("acts", 250), ("bursts", 20), ("http", 300)]
)
async def test_any_input_is_handled(kind: str, n: int) -> None:
    tally = await fuzz(kind, "test", n)

    assert tally.unhandled == []
    assert tally.tries == n
    assert len(tally.outcomes) > 5, "the inputs are of many kinds"


def test_any_file_is_handled() -> None:
    """In a process of its own, since each file is read by a copy of it."""
    command = (sys.executable, "-m", "tests.fuzz", "files", "--n", "100", "--seed", "test")
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr


async def test_what_nobody_handles_is_told_with_its_seed() -> None:
    tally = Tally("7", 1, round=3)

    def fail() -> None:
        raise KeyError("x")

    with tally.one("a try"):
        fail()

    (told,) = tally.unhandled
    assert told.startswith("--seed 7 --round 3 a try: KeyError")
