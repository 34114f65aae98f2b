"""Temporary files lie below var/, and what a killed process left there goes at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from nlu.build import ROOT
from nlu.scratch import scratch

KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
from nlu.scratch import scratch
with scratch(Path(sys.argv[1])):
    tempfile.mkstemp()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_temporary_lies_there_and_goes(tmp_path: Path) -> None:
    before = os.environ.get("TMPDIR"), tempfile.gettempdir()
    with scratch(tmp_path / "tmp") as folder:
        _, name = tempfile.mkstemp()
        assert Path(name).parent == folder
        assert os.environ["TMPDIR"] == str(folder)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert (os.environ.get("TMPDIR"), tempfile.gettempdir()) == before


def test_the_next_start_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, tmp_path]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode < 0
    left = list(tmp_path.iterdir())
    assert [len(list(folder.iterdir())) for folder in left] == [1]

    with scratch(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_what_another_process_uses_stays(tmp_path: Path) -> None:
    with scratch(tmp_path) as first, scratch(tmp_path) as second:
        assert {first, second} == set(tmp_path.iterdir())
