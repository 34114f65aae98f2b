"""Workers, and senders, on one database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.clock import Clock
from tests.support.processes import SenderProcesses, WorkerProcesses


@pytest.fixture
async def processes(
    database_url: str, clock: Clock, tmp_path: Path
) -> AsyncIterator[WorkerProcesses]:
    """Processes that take turns on the same database."""
    processes = WorkerProcesses(database_url, clock, tmp_path / "files")
    yield processes
    await processes.close()


@pytest.fixture
async def post(database_url: str, clock: Clock) -> AsyncIterator[SenderProcesses]:
    post = SenderProcesses(database_url, clock)
    yield post
    await post.close()
