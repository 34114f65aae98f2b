"""`make crash TRIAL=children`: ends a real bot while it trains or starts its NLU server."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
from rich.console import Console

from tests.crash.process import BotProcess, free_port
from tests.support.databases import SECRET
from tests.support.nlu_inside import trained_model

GONE_WITHIN = 10.0
READY_WITHIN = 90.0
LONGEST_LIFE = 25.0
"""By then the trainer has workers."""
console = Console(highlight=False)


@click.command()
@click.option("--kills", default=10, show_default=True, help="Of each: training, starting.")
@click.option("--seed", default=1, show_default=True, help="Repeats the same random choices.")
def main(kills: int, seed: int) -> None:
    """Kill or stop a real bot while it trains or starts its NLU server; look who is left."""
    model = trained_model()
    random = Random(seed)
    faults: list[str] = []
    with TemporaryDirectory() as name:
        for with_model in (False, True):
            folder = Path(name) / ("starting" if with_model else "training")
            faults += asyncio.run(_trial(folder, model if with_model else None, kills, random))
    for fault in faults:
        console.print(fault, markup=False)
    sys.exit(1 if faults else 0)


async def _trial(folder: Path, model: Path | None, kills: int, random: Random) -> list[str]:
    temporary, var = folder / "tmp", folder / "var"
    temporary.mkdir(parents=True)
    if model is not None:
        _put(model, var / "models")
    settings = {
        "VAR_DIR": str(var),
        "SECRET_KEY": SECRET,
        "TMPDIR": str(temporary),
        "PORT": str(free_port()),
        "NLU_PORT": str(free_port()),
    }
    bot = BotProcess(settings, folder / "bot.log")
    faults, waits = [], []
    for kill in range(kills):
        await bot.start()
        await asyncio.sleep(random.uniform(1.0, LONGEST_LIFE))
        await (bot.stop() if kill % 2 else bot.kill())
        waited, left = await _until_gone(folder)
        waits.append(waited)
        faults += [f"{folder.name}: kill {kill}: process {pid} lives on" for pid in left]
    if model is not None:
        faults += await _starts_well(bot, folder)
    faults += [f"{folder.name}: left behind: {path}" for path in temporary.iterdir()]
    console.print(
        f"{folder.name}: {kills} kills, {len(faults)} faults, "
        f"children gone after {max(waits):.2f} s at most"
    )
    return faults


def _put(model: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in (model, model.with_name(f"{model.name}.sha256")):
        shutil.copy2(path, folder)


async def _until_gone(folder: Path) -> tuple[float, list[int]]:
    """How long it took until no process names this folder, and which still do."""
    started = time.monotonic()
    while (left := _processes_of(folder)) and time.monotonic() - started < GONE_WITHIN:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return time.monotonic() - started, left


def _processes_of(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # The trainer's workers name the folder nowhere but in what they inherited.
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if f"{folder}/".encode() in told and int(process.name) != os.getpid():
            found.append(int(process.name))
    return found


async def _starts_well(bot: BotProcess, folder: Path) -> list[str]:
    """After all kills the model still comes up, and a stop leaves nothing temporary."""
    bot.log.write_bytes(b"")
    await bot.start()
    started = time.monotonic()
    while b"nlu is ready" not in bot.log.read_bytes():
        if time.monotonic() - started > READY_WITHIN:
            await bot.kill()
            return [f"{folder.name}: the NLU was not ready after {READY_WITHIN:.0f} s"]
        await asyncio.sleep(0.2)
    code = await bot.stop()
    _, processes = await _until_gone(folder)
    left = [*processes, *(folder / "var" / "tmp").iterdir()]
    return [f"{folder.name}: {each} is left after exit {code}" for each in left]


if __name__ == "__main__":
    main()
