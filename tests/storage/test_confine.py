"""Whoever takes over the process that reads strangers' files has nothing but the file."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from actions.storage.confine import is_filtered
from actions.storage.scrub import EXPOSED
from actions.storage.scrubber import ROOT
from tests.storage.pictures import jpeg

SCRUB = (sys.executable, "-m", "actions.storage.scrub", "foto")
NEEDS_SECCOMP = pytest.mark.skipif(not is_filtered(), reason="this system has no seccomp")
LONGER_THAN_A_PIPE = 512


@pytest.fixture
def door() -> Iterator[int]:
    """The port of somebody who would take a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def trespass(file: Path, door: int, fences: str) -> dict[str, str]:
    """What comes of each try, by the fences that stand."""
    command = (sys.executable, "-m", "tests.support.trespasser")
    arguments = (str(file), str(os.getpid()), str(door), fences)
    tried = subprocess.run([*command, *arguments], cwd=ROOT, env={}, stdout=-1, check=True)
    told: dict[str, str] = json.loads(tried.stdout)
    return told


@NEEDS_SECCOMP
@pytest.mark.parametrize("fences", ["both", "threads"])
def test_nothing_outside_can_be_reached(tmp_path: Path, door: int, fences: str) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("secret")

    told = trespass(secret, door, fences)

    assert {name: how for name, how in told.items() if how == "done"} == {}
    assert {"read a file", "connect", "look into its parent"} <= told.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_limits_alone_keep_files_and_network_shut(tmp_path: Path, door: int) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("secret")

    told = trespass(secret, door, "limits")

    assert {name: how for name, how in told.items() if how == "done"} == {}
    assert {"read a file", "connect"} <= told.keys()


@pytest.fixture
def at_the_end() -> Iterator[subprocess.Popen[bytes]]:
    """The real process, stopped where it has read the picture and cannot write it all."""
    side = LONGER_THAN_A_PIPE
    picture = Image.frombytes("L", (side, side), random.Random(1).randbytes(side * side))
    raw = BytesIO()
    picture.save(raw, "PNG")
    command = {"args": SCRUB, "cwd": ROOT, "env": {}, "stdin": -1, "stdout": -1}
    with subprocess.Popen(**command) as process:  # type: ignore[call-overload]
        process.stdin.write(raw.getvalue())
        process.stdin.close()
        assert process.stdout.read(1)
        yield process
        assert len(process.stdout.read()) > 65536, "a pipe would have taken it all"


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_the_real_process_is_confined(at_the_end: subprocess.Popen[bytes]) -> None:
    place = Path("/proc") / str(at_the_end.pid)
    told = (line.split(":\t") for line in (place / "status").read_text().splitlines())
    status = {name: value.strip() for name, value in told}

    assert (place / "environ").read_bytes() in {b"", b"LC_CTYPE=C.UTF-8\0"}
    limits = [line.split() for line in (place / "limits").read_text().splitlines()]
    assert ["Max", "open", "files", "0", "0", "files"] in limits
    if is_filtered():
        assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_it_does_not_begin_where_secrets_stand() -> None:
    run = subprocess.run(
        SCRUB, cwd=ROOT, env={"SECRET_KEY": "x" * 32}, input=jpeg(), stdout=-1, check=False
    )

    assert (run.returncode, run.stdout) == (EXPOSED, b"")
