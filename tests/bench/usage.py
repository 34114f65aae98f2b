"""What processes use of the machine, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU time that processes have used so far; those that ended count nothing."""
    return sum(_cpu(pid) for pid in pids)


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pids: Iterable[int]) -> float:
    """Megabytes that processes hold in memory."""
    return sum(_resident(pid) for pid in pids)


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return sum(int(size) for size in sizes) / MEGABYTE


def descriptors(pid: int) -> int:
    """How many files, sockets and pipes a process holds open."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def threads(pid: int) -> int:
    """How many threads a process has."""
    return sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())


def named(name: str) -> list[int]:
    """The processes of this name, such as a database server's."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().strip() == name:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def backends(database: str) -> list[int]:
    """PostgreSQL's processes that serve databases whose names begin so."""
    found = []
    for pid in named("postgres"):
        try:
            title = Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            continue
        if f" {database}" in title:
            found.append(pid)
    return found


def family(pids: Iterable[int]) -> list[int]:
    """Processes and all that they started and that still runs."""
    found, waiting = set[int](), list(pids)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting.extend(map(int, children.read_text().split()))
    return sorted(found)


def processor() -> str:
    """The model of the machine's processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else "unknown processor"


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies; 0 without values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
