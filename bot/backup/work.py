"""Makes a backup, and restores one into an empty installation."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.ext.asyncio import AsyncEngine

from actions.storage.engine import engine_at
from actions.storage.files import Files
from actions.storage.migrate import is_known, migrate, revision
from actions.storage.sealing import holds_nothing
from actions.storage.vault import Vault, WrongKeyError
from bot.backup.archive import FORMAT, BackupError, Manifest, Reader, opened, writing
from bot.backup.databases import Copied, copied, refuse_outdated
from bot.keys import read_vault
from bot.settings import Settings

KEY_CHECK = "balai"
FILES = "files/"
WRONG_KEY = (
    "The key of this installation does not open {what}. Put the key that it was made with into "
    "SECRET_KEY, or into secret.key in VAR_DIR, and run this again."
)


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds; `missing` files are named in the database and lie nowhere."""

    files: int
    missing: int
    size: int


async def make_backup(settings: Settings, target: Path, now: datetime) -> Made:
    """Write everything but the key to `target`, and open it again; raises BackupError."""
    target = await asyncio.to_thread(_new_file, target)
    vault = read_vault(settings)
    async with _database(settings, vault) as (engine, database):
        await refuse_outdated(engine)
        with TemporaryDirectory(dir=target.parent, prefix=".balai-backup-") as name:
            dump = Path(name) / database.member
            needed = await _dumped(database, dump)
            manifest = Manifest(
                made_at=now.isoformat(timespec="seconds"),
                database=engine.dialect.name,
                revision=await revision(engine) or "",
                key_check=vault.seal(KEY_CHECK),
                members={},
            )
            files = Files(settings.files_dir, vault)
            there = await asyncio.to_thread(_write, target, dump, files, needed, manifest)
    size = await asyncio.to_thread(_read_through, target)
    return Made(there, len(needed) - there, size)


def _new_file(target: Path) -> Path:
    target = target.resolve()
    if target.exists():
        raise BackupError(f"{target} is there already, and stays as it is. Choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"The folder {target.parent} is not there.")
    return target


async def _dumped(database: Copied, dump: Path) -> frozenset[str]:
    try:
        needed = await database.dump(dump)
    except WrongKeyError:
        raise BackupError(WRONG_KEY.format(what="its own database")) from None
    await database.verify(dump)
    return needed


def _write(
    target: Path, dump: Path, files: Files, needed: frozenset[str], manifest: Manifest
) -> int:
    """Put all into one file; returns how many of the files that are needed lie there."""
    there = 0
    with writing(dump.parent / "partial", target) as archive:
        archive.add(dump.name, dump)
        for name in sorted(needed):
            with contextlib.suppress(FileNotFoundError):  # erased since that moment
                archive.add(FILES + name, files.path(name))
                there += 1
        archive.finish(manifest.model_copy(update={"members": archive.hashes}))
    return there


def _read_through(target: Path) -> int:
    with opened(target) as archive:
        for name in archive.manifest.members:
            archive.take(name)
    return target.stat().st_size


async def restore_backup(settings: Settings, source: Path) -> Manifest:
    """Fill an empty installation; raises BackupError, and changes nothing then.

    Files come first. Until the database is filled the installation counts as empty, so that
    an interrupted restore can be run again.
    """
    vault = read_vault(settings)
    with opened(source) as archive:
        _refuse_unfitting(archive.manifest, settings, vault)
        async with _database(settings, vault) as (engine, database):
            if not await holds_nothing(engine):
                raise BackupError(
                    "This installation holds data already. A backup is only put into an empty "
                    "one: choose another VAR_DIR or DATABASE_URL."
                )
            files = Files(settings.files_dir, vault)
            await _fill(archive, engine, database, files, settings.var_dir)
        return archive.manifest


def _refuse_unfitting(manifest: Manifest, settings: Settings, vault: Vault) -> None:
    here = settings.database.partition(":")[0].partition("+")[0]
    if manifest.database != here:
        raise BackupError(
            f"This is a backup of {manifest.database}, and DATABASE_URL names {here}."
        )
    if manifest.format != FORMAT or not is_known(manifest.revision):
        raise BackupError("A newer Balai made this backup. Update Balai, and run this again.")
    try:
        vault.open(manifest.key_check)
    except WrongKeyError:
        raise BackupError(WRONG_KEY.format(what="this backup")) from None


async def _fill(
    archive: Reader, engine: AsyncEngine, database: Copied, files: Files, var_dir: Path
) -> None:
    await asyncio.to_thread(var_dir.mkdir, mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=var_dir, prefix=".balai-restore-") as name:
        dump = Path(name) / database.member
        archive.take(database.member, dump)
        await database.verify(dump)
        for member in archive.manifest.members:
            if member.startswith(FILES):
                _put_file(archive, member, files, Path(name))
        await database.load(dump)
    await migrate(engine)


def _put_file(archive: Reader, member: str, files: Files, folder: Path) -> None:
    try:
        place = files.path(member.removeprefix(FILES))
    except ValueError:
        raise BackupError(f"The backup is not one of Balai: it holds {member}.") from None
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    archive.take(member, folder / place.name)
    os.chmod(folder / place.name, 0o600)  # noqa: PTH101  as it was stored
    (folder / place.name).replace(place)


@contextlib.asynccontextmanager
async def _database(settings: Settings, vault: Vault) -> AsyncIterator[tuple[AsyncEngine, Copied]]:
    async with engine_at(settings.database, vault) as engine:
        yield engine, copied(engine, vault)
