"""Our own Rasa server: trained when needed, started as a child, started again when it dies."""

import asyncio
import logging
import os
import secrets
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from yarl import URL

from bot.dependencies import end
from bot.logs import LARGEST, private
from bot.nlu.client import RasaAddress
from bot.settings import Settings

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STOP_WITHIN = 1.0
ASK_EVERY = 0.5
END_WITH_PARENT = "--end-with-parent"
IN_USE = "dipakai.yml"
"""The office's own sentences that the model at work has learnt."""
LABEL = "Training the language model"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "LOG_LEVEL": "WARNING", "LOG_LEVEL_LIBRARIES": "ERROR"}


class NluMissingError(Exception):
    """The NLU's environment is not installed."""


class TrainingError(Exception):
    """Training ended without a model; the last line of its output is kept."""


def python_of_nlu() -> Path:
    """The interpreter of the NLU's own environment; raises NluMissingError."""
    folder = ROOT / ".venv-nlu"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        raise NluMissingError
    return python


HIDDEN = {
    "TELEGRAM_TOKEN",
    "SECRET_KEY",
    "OLDER_KEY",
    "WEBHOOK_SECRET",
    "METRICS_TOKEN",
    "DATABASE_URL",
    "NLU_TOKEN",
}


def environment() -> dict[str, str]:
    """The child's environment: no telemetry, no debug logs, ours without the app's secrets."""
    inherited = {key: value for key, value in os.environ.items() if key not in HIDDEN}
    return {**inherited, **QUIET, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


async def start_child(
    command: Sequence[object], *, output: int | IO[Any], env: Mapping[str, str]
) -> Process:
    """Run a program that ends when its standard input does: with us, however we end."""
    return await asyncio.create_subprocess_exec(
        *map(str, command),
        END_WITH_PARENT,
        cwd=ROOT,
        env=env,
        stdin=PIPE,
        stdout=output,
        stderr=STDOUT,
    )


async def _start(
    module: str, *arguments: object, output: int | IO[Any], token: str = ""
) -> Process:
    """Run a module of nlu/ in its own environment."""
    command = (python_of_nlu(), "-m", module, *arguments)
    return await start_child(command, output=output, env=environment() | {"NLU_TOKEN": token})


async def train(
    settings: Settings, tell: Callable[[str], None], learnt: Path | None = None
) -> Path:
    """Train the model of today's data where it is missing; `tell` gets its progress lines.

    `learnt` are the office's own sentences; those that are in use unless others are named.
    """
    own = (learnt or settings.learnt_dir / IN_USE).resolve()
    folders = ("--data", settings.data_dir.resolve(), "--models", settings.models_dir.resolve())
    last = await run_child(("nlu.train", *folders, "--learnt", own), tell)
    if not last.startswith("model "):
        raise TrainingError(last)
    return Path(last.removeprefix("model "))


async def run_child(command: Sequence[object], tell: Callable[[str], None]) -> str:
    """Run a module of nlu/ to its end; the answer is its last line. Raises TrainingError."""
    process = await _start(str(command[0]), *command[1:], output=PIPE)
    last = ""
    try:
        assert process.stdout is not None  # noqa: S101  asked for by PIPE
        async for raw in process.stdout:
            line = raw.decode(errors="replace").strip()
            last = line or last
            if line.startswith("progress "):
                tell(line.removeprefix("progress "))
        ended = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    if ended != 0:
        raise TrainingError(last)
    return last


async def train_with_progress(settings: Settings, console: Console) -> Path:
    """The model of today's data; nothing is trained while nothing changed."""
    name, stage = TextColumn("{task.description}"), TextColumn("{task.fields[stage]}")
    columns = (name, BarColumn(), MofNCompleteColumn(), stage, TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(LABEL, total=None, stage="", visible=False)

        def tell(line: str) -> None:
            """Show a line such as "4/8 intents"."""
            count, _, stage = line.partition(" ")
            done, _, total = count.partition("/")
            progress.update(task, completed=int(done), total=int(total), stage=stage, visible=True)

        return await train(settings, tell)


def free_port(wanted: int) -> int:
    """The wanted port of this machine, or another one when somebody has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


def local_address(wanted: int) -> RasaAddress:
    """An address of this machine for a server of ours, with a token that nobody else knows."""
    return RasaAddress(f"http://127.0.0.1:{free_port(wanted)}", secrets.token_urlsafe(32))


def _fresh_log(file: Path) -> TextIO:
    """Where a child writes; a file that has grown is put aside first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > LARGEST:
        file.replace(file.with_name(f"{file.name}.1"))
    return private(file)


class NluServer:
    """Keeps one Rasa server running until it is stopped; only who knows its token may ask it."""

    def __init__(self, model: Path, address: RasaAddress, log_file: Path) -> None:
        self._model, self.address, self._log_file = model, address, log_file
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start it and keep it alive in the background."""
        self._task = asyncio.create_task(self._keep_alive(), name="nlu")

    async def _keep_alive(self) -> None:
        pause = FIRST_PAUSE
        clock = asyncio.get_running_loop().time
        while True:
            started = clock()
            self._process = await self._spawn()
            code = await self._process.wait()
            pause = FIRST_PAUSE if clock() - started > LONGEST_PAUSE else pause * 2
            log.warning("nlu ended, starting it again", extra={"code": code, "pause": pause})
            await asyncio.sleep(min(pause, LONGEST_PAUSE))

    async def _spawn(self) -> Process:
        with _fresh_log(self._log_file) as output:
            where = ("--model", self._model, "--port", URL(self.address.url).port)
            return await _start("nlu.serve", *where, output=output, token=self.address.token)

    async def stop(self) -> None:
        """End the child; hard when it does not end by itself."""
        await end(self._task)
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()
