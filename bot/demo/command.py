"""`python -m bot demo`: fills an empty installation, and says who can log in where."""

from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from actions.catalogue.reference import read_reference
from actions.storage.engine import engine_at
from bot.demo.copies import how_often
from bot.demo.fill import Account, NotEmptyError, Plan, RememberingVault, accounts, fill
from bot.demo.words import read_words
from bot.dependencies import no_answer
from bot.keys import unlock
from bot.settings import Settings

REFUSED = {
    "real": "This database holds real cases or chats. A demo never mixes with them.",
    "demo": "This database holds a demo already.",
    "unfinished": "A demo was interrupted here, so this database is half filled.",
    "accounts": "This database has accounts named as those of a demo.",
}
AFRESH = "Nothing was changed. For a fresh demo: stop Balai, {how}, and run this again."
INVENTED = "All citizens, numbers and stories of the demo are invented."
COPIED = " So many are made by copying: the same people write in several chats."


async def make_demo(
    settings: Settings, console: Console, *, cases: int, seed: int, present: datetime
) -> int:
    """Fill the database; the exit code is 1 where that was refused."""
    reference = read_reference(settings.data_dir)
    words = read_words(settings.data_dir / "demo")
    plan = Plan(accounts(reference, words), cases, seed, present)
    vault = RememberingVault(await unlock(settings))
    try:
        async with engine_at(settings.database, vault) as engine:
            with _progress(console) as progress:
                task = progress.add_task("Inventing cases", total=cases)
                made = await fill(
                    engine,
                    reference,
                    words,
                    plan,
                    files=settings.files_dir,
                    progress=lambda done: progress.advance(task, done),
                )
    except NotEmptyError as error:
        _say(console, REFUSED[error.key], AFRESH.format(how=_way_out(settings)), style="red")
        return 1
    except (SQLAlchemyError, OSError) as error:
        _say(console, no_answer(error), style="red")
        return 1
    _show(settings, console, plan, made)
    return 0


def _progress(console: Console) -> Progress:
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*shown, TimeRemainingColumn(), console=console, transient=True)


def _way_out(settings: Settings) -> str:
    if not settings.database.startswith("sqlite"):
        return "make an empty database for DATABASE_URL"
    return f"move {settings.database.partition('///')[2]} (and its -wal, -shm) away"


def _show(settings: Settings, console: Console, plan: Plan, made: int) -> None:
    again = COPIED if how_often(plan.total) > 1 else ""
    _say(console, f"{made} cases made. {INVENTED}{again}")
    table = Table("Account", "Password", "Role", "Unit", box=None)
    for account in plan.people:
        table.add_row(*_cells(account))
    console.print(table)
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    _say(
        console,
        "These passwords are shown only now; set others: python -m bot staff password NAME",
        "Officers come in with the password alone. A supervisor or an admin sets up a second"
        " factor at the first login: any authenticator app on a telephone will do.",
        f"Next: make run, unless it runs already, and log in at {address}",
    )


def _cells(account: Account) -> tuple[str, str, str, str]:
    return account.username, account.password, str(account.role), account.unit or "all"


def _say(console: Console, *lines: str, style: str | None = None) -> None:
    for line in lines:
        console.print(line, style=style, markup=False, soft_wrap=True)
