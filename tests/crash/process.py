"""The real bot as a process of its own, started as an operator starts it and killed hard."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNBRAKED = {
    "CHAT_MESSAGES_PER_MINUTE": "100000",
    "CHAT_FILES_PER_HOUR": "100000",
    "CHAT_DRAFTS_PER_DAY": "100000",
    "QUIET_WINDOW": "0",
}
"""People of a measurement write faster than people, and wait for each answer."""
INHERITED = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class BotProcess:
    """One `python -m bot run`; `restarts` are the loop times of the starts after a kill.

    Before them everything comes from the killed process, also what was under way when it died.
    """

    settings: Mapping[str, str]
    log: Path
    restarts: list[float] = field(default_factory=list)
    root: Path = ROOT
    _killed: bool = False
    _process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; returns at once."""
        if self._killed:
            self.restarts.append(asyncio.get_running_loop().time())
            self._killed = False
        self._process = await self._command("run", "--no-terminal")

    async def migrate(self) -> None:
        """Make its tables, as an operator may before the first start."""
        done = await self._command("migrate")
        assert await done.wait() == 0, self.log.read_text()[-2000:]

    async def _command(self, *words: str) -> asyncio.subprocess.Process:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        with self.log.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *words,
                cwd=self.root,
                env={**inherited, **self.settings},
                stdout=output,
                stderr=output,
                stdin=asyncio.subprocess.DEVNULL,
            )

    async def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._killed = True
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, and wait; returns the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(30):
                return await self._process.wait()
        except TimeoutError:
            self._process.kill()
            return await self._process.wait()

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self._process is not None and self._process.returncode is not None
