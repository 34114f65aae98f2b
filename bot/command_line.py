"""What the commands share: how they run, how they fail, where they find settings and database."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework.passwords import LONGEST, SHORTEST, Weakness, WeakPasswordError
from actions.catalogue.reading import ProblemsError
from actions.storage.engine import engine_at
from actions.storage.keys import KeyProblemError
from bot.keys import unlock
from bot.nlu.process import NluMissingError, TrainingError
from bot.settings import Settings, SettingsError, read_settings
from bot.transcriber import TranscriberMissingError

console = Console(stderr=True, highlight=False)
WEAK = {
    Weakness.SHORT: f"The password needs at least {SHORTEST} characters.",
    Weakness.LONG: f"The password may have {LONGEST} characters at most.",
    Weakness.COMMON: "This password is among the first that are guessed. Take four words that do"
    " not belong together.",
}


def run_async(job: Coroutine[Any, Any, int | None]) -> None:
    """Run a command's coroutine and turn what can be explained into a message and exit 1."""
    try:
        sys.exit(asyncio.run(job) or 0)
    except NluMissingError:
        fail("The NLU's environment is missing. Run: make run")
    except TrainingError as error:
        fail(f"Training failed. The last line was: {error}")
    except WeakPasswordError as error:
        fail(WEAK[error.weakness])
    except ProblemsError:
        fail("The data folder has mistakes. See which: python -m bot check")
    except (KeyProblemError, TranscriberMissingError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def fail(message: str) -> None:
    """Say what is wrong and end."""
    console.print(message, style="red", markup=False)
    sys.exit(1)


def settings_or_fail() -> Settings:
    """The settings, or an explanation and exit 1."""
    try:
        return read_settings()
    except SettingsError as error:
        fail(f"These settings cannot be used:\n{error}")
        raise AssertionError from error


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database, its keys checked, closed at the end."""
    async with engine_at(settings.database, await unlock(settings)) as engine:
        yield engine
