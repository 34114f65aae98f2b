"""`python -m bot backup FILE` and `restore FILE`, as people see them."""

from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from bot.backup.archive import BackupError
from bot.backup.work import make_backup, restore_backup
from bot.dependencies import no_answer
from bot.keys import key_place
from bot.settings import Settings

T = TypeVar("T")
KEY_APART = (
    "The key is not in it, and without the key nobody can read it: keep {where} too, in another "
    "place than the backup."
)
NEXT = "Next: python -m bot check, then start Balai."


async def write_backup(settings: Settings, file: Path, console: Console, now: datetime) -> int:
    """Make a backup and say what it holds; the exit code is 1 where there is none."""
    made = await _explained(make_backup(settings, file, now), console)
    if made is None:
        return 1
    size = f"{made.size / 1e6:.1f} MB, {made.files} uploaded files"
    _say(console, f"Backup: {file}, {size}; opened again and sound.")
    if made.missing:
        lost = f"{made.missing} files that the database names were not there."
        _say(console, lost, style="yellow")
    _say(console, KEY_APART.format(where=key_place(settings)))
    return 0


async def read_backup(settings: Settings, file: Path, console: Console) -> int:
    """Put a backup back and say what came; the exit code is 1 where nothing was changed."""
    manifest = await _explained(restore_backup(settings, file), console)
    if manifest is None:
        return 1
    files = len(manifest.members) - 1
    _say(console, f"Restored as of {manifest.made_at}, with {files} uploaded files. {NEXT}")
    return 0


async def _explained(work: Awaitable[T], console: Console) -> T | None:
    try:
        return await work
    except BackupError as error:
        _say(console, str(error), style="red")
    except SQLAlchemyError as error:
        _say(console, no_answer(error), style="red")
    except OSError as error:
        _say(console, f"{error.filename or 'The disk'}: {error.strerror}.", style="red")
    return None


def _say(console: Console, line: str, style: str | None = None) -> None:
    console.print(line, style=style, markup=False, soft_wrap=True)
