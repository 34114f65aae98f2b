"""Confines itself as the process that reads strangers' files does, then tries what it must not.

`python -m tests.support.trespasser FILE PID PORT both|threads|limits` prints what became of each.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable

from actions.storage import confine

PTRACE_ATTACH = 16
file, pid, port, fences = sys.argv[1:]
libc = ctypes.CDLL(None, use_errno=True)


def attach() -> None:
    """Look into the memory of the process that started us."""
    if libc.ptrace(PTRACE_ATTACH, int(pid), 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


TRIES: dict[str, Callable[[], object]] = {
    "read a file": lambda: open(file),  # noqa: PTH123, SIM115
    "write a file": lambda: open(f"{file}.new", "w"),  # noqa: PTH123, SIM115
    "list a folder": lambda: os.listdir(os.path.dirname(file)),  # noqa: PTH120, PTH208
    "connect": lambda: socket.socket().connect(("127.0.0.1", int(port))),
    "resolve a name": lambda: socket.getaddrinfo(b"localhost", 80),
    "send a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
}
BEYOND_LIMITS: dict[str, Callable[[], object]] = {
    "delete a file": lambda: os.unlink(file),  # noqa: PTH108
    "start a process": os.fork,
    "become a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
    "signal its parent": lambda: os.kill(int(pid), signal.SIGCONT),
    "look into its parent": attach,
    "take the limits back": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
}
"""What only the second fence keeps from everybody, an administrator of the machine included."""


def become(attempt: Callable[[], object]) -> str:
    """What came of it."""
    try:
        attempt()
    except (OSError, ValueError) as error:  # the latter where limits may not be raised
        return type(error).__name__
    return "done"


confine.limit()
if fences == "limits":
    confine.open_nothing_more()
else:
    confine.confine(with_threads=fences == "threads")
    TRIES |= BEYOND_LIMITS
report = json.dumps({name: become(attempt) for name, attempt in TRIES.items()})
sys.stdout.write(report)
