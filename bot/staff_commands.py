"""`python -m bot staff`: the accounts of officers."""

from collections.abc import Awaitable, Callable
from typing import Any

import click
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import second_factor, staff_sessions
from actions.casework import staff as accounts
from actions.casework.passwords import SHORTEST, PasswordHash, make_hash
from actions.casework.security_log import Origin
from actions.catalogue.catalogue import read_catalogue
from actions.catalogue.reference import utc_now
from actions.storage.engine import make_sessions
from actions.storage.migrate import migrate as migrate_database
from actions.storage.tables import Staff
from bot.command_line import console, database, fail, run_async, settings_or_fail
from bot.settings import Settings


@click.group()
def staff() -> None:
    """Accounts of officers."""


@staff.command("add")
@click.argument("username")
@click.option("--name", prompt="Full name", help="As citizens read it.")
@click.option(
    "--role",
    type=click.Choice([str(role) for role in accounts.Role]),
    default=str(accounts.Role.OFFICER),
    show_default=True,
)
@click.option("--unit", default=None, help="Only the cases of this unit, such as disdukcapil.")
@click.option("--village", default=None, help="Only the cases of this village, within the unit.")
@click.option("--sees-secret", is_flag=True, help="May open secret complaints.")
@click.password_option(help=f"At least {SHORTEST} characters.")
def staff_add(username: str, **account: Any) -> None:
    """Make an account."""
    named = {name: account.pop(name) for name in ("unit", "village", "sees_secret")}
    rights = accounts.Rights(accounts.Role(account.pop("role")), **named)
    run_async(_staff_add(username.strip(), rights, account))


async def _staff_add(username: str, rights: accounts.Rights, account: dict[str, Any]) -> None:
    settings = settings_or_fail()
    account["password_hash"] = _hash(settings, account.pop("password"), username, account["name"])
    async with database(settings) as engine:
        await migrate_database(engine)
        try:
            async with make_sessions(engine).begin() as session:
                await accounts.add(
                    session, username=username, rights=rights, origin=Origin(utc_now()), **account
                )
        except accounts.UsernameTakenError:
            fail(f"There is an account {username} already.")
    console.print(f"Account {username} made. Log in to the console with it.", markup=False)


@staff.command("list")
def staff_list() -> None:
    """List the accounts."""
    run_async(_staff_list(settings_or_fail()))


async def _staff_list(settings: Settings) -> None:
    async with database(settings) as engine, make_sessions(engine)() as session:
        people = await accounts.everybody(session)
    if not people:
        console.print("No accounts yet. Make one: python -m bot staff add NAME --role admin")
    for person in people:
        state = "" if person.active else "  (inactive)"
        line = f"{person.username}  {person.name}  {person.role}  {person.unit or '-'}{state}"
        click.echo(line)


@staff.command("password")
@click.argument("username")
@click.password_option(help=f"At least {SHORTEST} characters.")
def staff_password(username: str, password: str) -> None:
    """Set a new password; every login of the account ends."""
    settings = settings_or_fail()

    async def change(session: AsyncSession, person: Staff) -> None:
        new = _hash(settings, password, person.username, person.name)
        await accounts.set_password(session, person, new, Origin(utc_now()))

    run_async(_change(settings, username, change))


@staff.command("deactivate")
@click.argument("username")
def staff_deactivate(username: str) -> None:
    """Close an account; what it did stays in the history."""

    async def change(session: AsyncSession, person: Staff) -> None:
        await accounts.deactivate(session, person, Origin(utc_now()))

    run_async(_change(settings_or_fail(), username, change))


@staff.command("reset-second-factor")
@click.argument("username")
def staff_reset_second_factor(username: str) -> None:
    """Forget the second factor of somebody who lost it; every login of the account ends."""

    async def change(session: AsyncSession, person: Staff) -> None:
        await second_factor.remove(session, person, Origin(utc_now()))
        await staff_sessions.end_all(session, person)

    run_async(_change(settings_or_fail(), username, change))


async def _change(
    settings: Settings, username: str, change: Callable[[AsyncSession, Staff], Awaitable[None]]
) -> None:
    async with database(settings) as engine, make_sessions(engine).begin() as session:
        person = await accounts.by_username(session, username)
        if person is None:
            fail(f"There is no account {username}.")
        else:
            await change(session, person)
    console.print(f"Account {username} changed.", markup=False)


def _hash(settings: Settings, password: str, *owner: str) -> PasswordHash:
    return make_hash(password, read_catalogue(settings.data_dir).office, *owner)
