"""Trains the model when it is missing, with a progress bar for whoever waits."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.nlu.process import train
from bot.settings import Settings

LABEL = "Training the language model"


async def train_with_progress(settings: Settings, console: Console) -> Path:
    """The model of today's data; nothing is trained while nothing changed."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[stage]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(LABEL, total=None, stage="", visible=False)

        def tell(line: str) -> None:
            """Show a line such as "4/8 intents"."""
            count, _, stage = line.partition(" ")
            done, _, total = count.partition("/")
            progress.update(task, completed=int(done), total=int(total), stage=stage, visible=True)

        return await train(settings, tell)
