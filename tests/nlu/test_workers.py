"""Workers of the trainer end with it, also when it is killed in the middle of their work."""

from __future__ import annotations

import subprocess
import time

from bot.nlu.process import ROOT, environment
from tests.support.nlu_inside import python

PROGRAM = """
import os
from threading import Event
from joblib import Parallel, delayed
from nlu.features.cores import mortal_workers
def work():
    os.write(1, b"working\\n")
    Event().wait(90)
with mortal_workers():
    Parallel(2)(delayed(work)() for _ in range(2))
"""
WITHIN = 30


def test_workers_end_with_a_trainer_that_is_killed() -> None:
    trainer = subprocess.Popen(
        [python(), "-c", PROGRAM], cwd=ROOT, env=environment(), stdout=subprocess.PIPE
    )
    assert trainer.stdout is not None
    with trainer.stdout as output:
        assert [output.readline() for _ in range(2)] == [b"working\n"] * 2
        trainer.kill()
        trainer.wait()
        started = time.monotonic()
        # The workers write there too: that they end is what ends the pipe.
        assert output.read() == b""
    assert time.monotonic() - started < WITHIN
