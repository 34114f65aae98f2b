"""The commands of `python -m bot`."""

import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from actions.casework import office_settings
from actions.catalogue.overlay import overlaid
from actions.catalogue.reading import ProblemsError
from actions.catalogue.reference import read_reference, utc_now
from actions.storage.engine import make_sessions, reading
from actions.storage.migrate import migrate as migrate_database
from bot.backup.command import read_backup, write_backup
from bot.check import check as check_everything
from bot.check import check_facts, explain
from bot.command_line import console, database, fail, run_async, settings_or_fail
from bot.dependencies import no_answer
from bot.figures import ACTIONS
from bot.key_commands import keys
from bot.nlu.process import (
    ROOT,
    NluMissingError,
    environment,
    python_of_nlu,
    train_with_progress,
)
from bot.settings import Settings
from bot.staff_commands import staff


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Balai: public services by chat."""


@cli.command()
@click.option("--no-terminal", is_flag=True, help="Do not open the chat in the terminal.")
def run(*, no_terminal: bool) -> None:
    """Start everything: NLU, bot, staff console."""
    from bot.run import run_everything  # noqa: PLC0415  the other commands start faster

    settings = settings_or_fail()
    serve(settings, run_everything(settings, terminal=not no_terminal))


@cli.command()
def chat() -> None:
    """Chat in the terminal, also when a Telegram token is set."""
    from bot.run import chat_here  # noqa: PLC0415  the other commands start faster

    settings = settings_or_fail()
    serve(settings, chat_here(settings))


def serve(settings: Settings, job: Coroutine[Any, Any, None]) -> None:
    """Run the service; what keeps it from starting is explained."""
    from bot.telegram.channel import TokenRefusedError  # noqa: PLC0415  python-telegram-bot is slow to load

    try:
        run_async(job)
    except ProblemsError as error:
        fail("\n".join(explain(error.problems, settings)))
    except TokenRefusedError:
        fail("Telegram does not know TELEGRAM_TOKEN. Copy it again from @BotFather.")
    except (SQLAlchemyError, OSError) as error:
        fail(no_answer(error))


@cli.command()
def train() -> None:
    """Train the model when data or pipeline changed since the last time."""
    run_async(_train(settings_or_fail()))


async def _train(settings: Settings) -> None:
    model = await train_with_progress(settings, console)
    console.print(f"Model: {model}", markup=False)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest form."""
    run_async(_migrate(settings_or_fail()))


async def _migrate(settings: Settings) -> None:
    async with database(settings) as engine:
        await migrate_database(engine)
    console.print("The database is up to date.")


@cli.command()
@click.option("--facts", is_flag=True, help="List what nobody has reviewed of data/services.")
def check(*, facts: bool) -> None:
    """Say what is wrong with data, settings, database and model, and where."""
    settings = settings_or_fail()
    if facts:
        _list_facts(settings)
    else:
        run_async(_check(settings))


def _list_facts(settings: Settings) -> None:
    """Print what is told as an estimate; it is work to be done, and no mistake."""
    try:
        found = check_facts(settings, utc_now())
    except ProblemsError as error:
        fail("\n".join(explain(error.problems, settings)))
    for line in found:
        console.print(line, markup=False, soft_wrap=True)
    console.print(f"{len(found)} facts to look up or to review.", markup=False)


async def _check(settings: Settings) -> int:
    faults = 0
    async for finding in check_everything(settings):
        faults += bool(finding.fault)
        mark, style = ("✗", "red") if finding.fault else ("✓", "green")
        line = f"{finding.subject}: {finding.fault}" if finding.fault else finding.subject
        console.print(f"{mark} {line}", style=style, markup=False, soft_wrap=True)
    return 1 if faults else 0


FILE = click.argument("file", type=click.Path(path_type=Path))


@cli.command()
@FILE
def backup(file: Path) -> None:
    """Write database and uploaded files to FILE, while Balai runs. The key stays apart."""
    run_async(write_backup(settings_or_fail(), file, console, utc_now()))


@cli.command()
@FILE
def restore(file: Path) -> None:
    """Put the backup FILE into an empty installation that has its key."""
    run_async(read_backup(settings_or_fail(), file, console))


@cli.command()
@click.option("--cases", default=400, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same cases.")
def demo(cases: int, seed: int) -> None:
    """Fill an empty installation with invented citizens and cases."""
    from bot.demo.command import make_demo  # noqa: PLC0415  the other commands start faster

    settings = settings_or_fail()
    try:
        run_async(make_demo(settings, console, cases=cases, seed=seed, present=utc_now()))
    except ProblemsError as error:
        fail("\n".join(explain(error.problems, settings)))


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def nlu(arguments: tuple[str, ...]) -> None:
    """Explain a sentence, report or compare: nlu ask|report|compare ...

    `nlu report --dialogue` measures what citizens get, by talking.
    """
    if arguments == ("report", "--dialogue"):
        from bot.nlu.felt.report import dialogue_report  # noqa: PLC0415  others start faster

        run_async(dialogue_report(settings_or_fail(), console))
    try:
        python = python_of_nlu()
    except NluMissingError:
        fail("The NLU's environment is missing. Run: make run")
        return
    command = [str(python), "-m", "nlu.evaluate", *arguments]
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode)  # noqa: S603


@cli.command()
@click.argument("action", type=click.Choice(["list", "retry", "drop"]))
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Retry or drop all that is set aside.")
def quarantine(action: str, numbers: tuple[int, ...], *, everything: bool) -> None:
    """Show, retry or drop updates that could not be stored or handled."""
    if action != "list" and bool(numbers) == everything:
        fail("Say which numbers, or --all.")
    run_async(_quarantine(settings_or_fail(), action, numbers))


async def _quarantine(settings: Settings, action: str, numbers: tuple[int, ...]) -> int:
    from bot.quarantine import ACTIONS  # noqa: PLC0415  python-telegram-bot is slow to load

    async with database(settings) as engine:
        done = await ACTIONS[action](make_sessions(engine), numbers, utc_now())
    for line in done.lines:
        click.echo(line)
    return done.status


@cli.command()
@click.argument("action", type=click.Choice(["check", "rebuild"]))
@click.option("--all", "everything", is_flag=True, help="Also days of before the last quarter.")
def figures(action: str, *, everything: bool) -> None:
    """Check the figures of reports against the cases, or count them anew."""
    run_async(_figures(settings_or_fail(), action, everything=everything))


async def _figures(settings: Settings, action: str, *, everything: bool) -> int:
    shipped = read_reference(settings.data_dir)
    async with database(settings) as engine:
        sessions = make_sessions(engine)
        async with reading(sessions) as session:
            reference = overlaid(shipped, await office_settings.read_all(session))
        work = ACTIONS[action]
        return await work(sessions, reference, utc_now(), click.echo, everything=everything)


cli.add_command(staff)
cli.add_command(keys)
