"""`python -m bot keys`: a new secret key, while Balai runs."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework import search_terms
from actions.catalogue.reference import utc_now
from actions.storage import sealing
from actions.storage.engine import make_sessions, reading, vault_of
from actions.storage.files import Files
from actions.storage.migrate import migrate
from actions.storage.resealing import count_older, reseal
from bot.command_line import console, database, fail, run_async, settings_or_fail
from bot.keys import key_file, key_place
from bot.settings import Settings

SETTLED_AFTER = timedelta(hours=1)
"""What was sealed with the older key, in a turn that was under way, is stored by then."""
IN_SETTINGS = (
    "The key stands in the settings. Write it into OLDER_KEY and a new one into SECRET_KEY, stop "
    "all of Balai's processes, start them again, then run this: it seals everything anew."
)
DONE = "Everything is sealed with the current key, {key}."
NEXT = (
    "The older key stays in {place} for what is under way. In an hour: python -m bot keys drop\n"
    "Make a backup and a copy of the key now. Backups of before need the key of before."
)
LEFT = (
    "{count} values or files could not be sealed anew: they are in use, or damaged. Run this "
    "again. If the number stays, keep the older key."
)
TOO_EARLY = "The current key is in use for less than an hour. Nothing was changed; run this later."
STILL_USED = "{count} values or files need the older key. Run: python -m bot keys rotate"
DROPPED = "The older key is no longer needed, and no longer in {place}."
TAKE_OUT = "The older key is no longer needed. Take OLDER_KEY out of the settings."


@click.group()
def keys() -> None:
    """The secret key that seals personal data."""


@keys.command()
def rotate() -> None:
    """Make a new key, and seal everything anew with it; run it again if it was interrupted."""
    run_async(_rotate(settings_or_fail()))


@keys.command()
def drop() -> None:
    """Give up the older key, once nothing needs it."""
    run_async(_drop(settings_or_fail()))


async def _rotate(settings: Settings) -> int:
    async with database(settings) as engine:
        await migrate(engine)
        files = Files(settings.files_dir, vault_of(engine))
        if not await _older(engine, files):
            _new_key(settings, engine)
            await migrate(engine)
        left = await _seal_anew(engine, files)
        if left:
            fail(LEFT.format(count=left))
        _say(DONE.format(key=vault_of(engine).current.id), NEXT.format(place=key_place(settings)))
    return 0


def _new_key(settings: Settings, engine: AsyncEngine) -> None:
    """A key that seals from now on, in this process and in those that run."""
    if not settings.secret_key.get_secret_value():
        key_file(settings).add()
    elif len(vault_of(engine).ids) == 1:
        fail(IN_SETTINGS)


async def _older(engine: AsyncEngine, files: Files) -> int:
    async with reading(make_sessions(engine)) as session:
        values = await count_older(session) + await search_terms.count_of_other_keys(session)
    return values + len(await asyncio.to_thread(files.older))


async def _seal_anew(engine: AsyncEngine, files: Files) -> int:
    """Go through everything until nothing is left, or nothing becomes less; returns what is."""
    with _progress() as progress:
        left, before = await _older(engine, files), None
        while left and left != before:
            task = progress.add_task("Sealing anew", total=left)
            await _pass(engine, files, partial(progress.advance, task))
            left, before = await _older(engine, files), left
    return left


async def _pass(engine: AsyncEngine, files: Files, advance: Callable[[int], None]) -> None:
    async for done in reseal(make_sessions(engine)):
        advance(done)
    for name in await asyncio.to_thread(files.older):
        await asyncio.to_thread(files.reseal, name)
        advance(1)
    await _index_anew(engine, advance)


async def _index_anew(engine: AsyncEngine, advance: Callable[[int], None]) -> None:
    """Write down with the current key by what cases are found."""
    sessions = make_sessions(engine)
    while True:
        async with sessions.begin() as session:
            done = await search_terms.write_some(session)
        if not done:
            break
        advance(done)


def _progress() -> Progress:
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*shown, console=console, transient=True)


async def _drop(settings: Settings) -> int:
    async with database(settings) as engine:
        await migrate(engine)
        left = await _older(engine, Files(settings.files_dir, vault_of(engine)))
        if left:
            fail(STILL_USED.format(count=left))
        async with make_sessions(engine).begin() as session:
            since = await sealing.since(session)
            if since is None or utc_now() - since < SETTLED_AFTER:
                fail(TOO_EARLY)
            await sealing.forget_older_keys(session)
    if settings.secret_key.get_secret_value():
        _say(TAKE_OUT)
    else:
        key_file(settings).drop_older()
        _say(DROPPED.format(place=key_place(settings)))
    return 0


def _say(*lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
