"""A backup is made while Balai writes, is sound, and fills an empty installation again."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import tarfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from actions.casework.messages import Sender, note
from actions.catalogue.reference import utc_now
from actions.storage.engine import make_engine, make_sessions
from actions.storage.files import Files
from actions.storage.keys import KeyProblemError
from actions.storage.tables import Attachment, Case, Message
from actions.storage.vault import Vault
from bot.backup.archive import BackupError
from bot.backup.work import make_backup, restore_backup
from bot.settings import Settings
from tests.storage.pictures import jpeg
from tests.support.clock import FRIDAY_MORNING
from tests.support.database import CHAT, Database
from tests.support.databases import SECRET, Postgres, migrated, sqlite_url

MADE_AT = FRIDAY_MORNING
ROUNDS = 3


def installation(url: str, var: Path, secret: str = SECRET) -> Settings:
    return Settings(_env_file=None, database_url=url, var_dir=var, secret_key=secret)


@pytest.fixture
def here(database_url: str, tmp_path: Path, database: Database) -> Settings:
    """An installation with the files of `database`."""
    assert database.folder == tmp_path / "files"
    return installation(database_url, tmp_path)


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[Settings]:
    """Another one, on a database of its own that holds nothing."""
    var = tmp_path / "new"
    if database_url.startswith("sqlite"):
        yield installation(sqlite_url(var / "balai.db"), var)
        return
    url = make_url(database_url)
    other = Postgres(f"{url.database}_new")
    await other.create()
    yield installation(other.url, var)
    await other.drop()


async def names(settings: Settings) -> list[str]:
    engine = make_engine(settings.database, Vault(SECRET))
    async with make_sessions(engine)() as session:
        cases = (await session.scalars(select(Case).order_by(Case.id))).all()
    await engine.dispose()
    return [case.answers["nama"] for case in cases]


async def stored_file(database: Database) -> str:
    file = await database.picture(jpeg((40, 30)))
    await database.file(file=file)
    return file.name


def left_behind(folder: Path, pattern: str = ".balai-*") -> list[Path]:
    return list(folder.rglob(pattern))


async def test_what_was_backed_up_comes_back(
    here: Settings, empty: Settings, database: Database, tmp_path: Path
) -> None:
    name = await stored_file(database)
    archive = tmp_path / "balai.tar"

    made = await make_backup(here, archive, MADE_AT)
    assert (made.files, made.missing) == (1, 0)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    restored = await restore_backup(empty, archive)

    assert restored.made_at == MADE_AT.isoformat()
    assert await names(empty) == ["Siti Aminah"]
    before, after = (Files(each.files_dir, Vault(SECRET)).path(name) for each in (here, empty))
    assert before.read_bytes() == after.read_bytes()
    assert left_behind(tmp_path) == []


async def test_the_key_is_not_in_it(here: Settings, database: Database, tmp_path: Path) -> None:
    await stored_file(database)
    (tmp_path / "secret.key").write_text(SECRET)
    archive = tmp_path / "balai.tar"
    await make_backup(here, archive, MADE_AT)
    assert SECRET.encode() not in archive.read_bytes()
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if "key" in name]


@asynccontextmanager
async def writing(settings: Settings) -> AsyncIterator[list[int]]:
    """Somebody writes pairs of lines all the time; a transaction without its pair is half."""
    engine = make_engine(settings.database, Vault(SECRET))
    sessions, pairs = make_sessions(engine), [0]

    async def write() -> None:
        while True:
            async with sessions.begin() as session:
                for _ in range(2):
                    note(session, CHAT, Sender.CITIZEN, f"pasangan {pairs[0]}", utc_now())
                    await session.flush()
            pairs[0] += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(write())
    yield pairs
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await engine.dispose()


async def test_it_is_sound_while_others_write(
    here: Settings, empty: Settings, database: Database, tmp_path: Path
) -> None:
    await database.chat()
    archives = [tmp_path / f"{number}.tar" for number in range(ROUNDS)]
    async with writing(here) as pairs:
        for archive in archives:
            await make_backup(here, archive, MADE_AT)
        written = pairs[0]
    assert written > ROUNDS

    await restore_backup(empty, archives[-1])
    engine = make_engine(empty.database, Vault(SECRET))
    async with make_sessions(engine)() as session:
        lines = [line.text for line in (await session.scalars(select(Message))).all()]
    await engine.dispose()
    assert len(lines) % 2 == 0
    assert sorted(lines) == sorted([f"pasangan {n}" for n in range(len(lines) // 2)] * 2)


async def test_only_an_empty_installation_is_filled(
    here: Settings, database: Database, tmp_path: Path
) -> None:
    await database.file()
    archive = tmp_path / "balai.tar"
    await make_backup(here, archive, MADE_AT)
    with pytest.raises(BackupError, match="holds data already"):
        await restore_backup(here, archive)
    assert await names(here) == ["Siti Aminah"]


async def test_a_migrated_installation_without_rows_is_empty(
    here: Settings, empty: Settings, database: Database, tmp_path: Path
) -> None:
    await database.file()
    await make_backup(here, tmp_path / "balai.tar", MADE_AT)
    empty.var_dir.mkdir(exist_ok=True)
    await migrated(empty.database)
    await restore_backup(empty, tmp_path / "balai.tar")
    assert await names(empty) == ["Siti Aminah"]


async def test_an_older_file_is_never_overwritten(here: Settings, tmp_path: Path) -> None:
    older = tmp_path / "balai.tar"
    older.write_text("last week's")
    with pytest.raises(BackupError, match="there already"):
        await make_backup(here, older, MADE_AT)
    assert older.read_text() == "last week's"


@pytest.fixture
async def archive(sqlite_database: str, tmp_path: Path) -> Path:
    path = tmp_path / "balai.tar"
    await make_backup(installation(sqlite_database, tmp_path), path, MADE_AT)
    return path


@pytest.fixture
def new(tmp_path: Path) -> Settings:
    return installation(sqlite_url(tmp_path / "new" / "balai.db"), tmp_path / "new")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20_000])


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[20_000] ^= 0xFF
    path.write_bytes(raw)


def replace_by_text(path: Path) -> None:
    path.write_text("not a backup")


@pytest.mark.parametrize("harm", [cut, flip, replace_by_text, Path.unlink])
async def test_what_is_damaged_is_refused_before_anything_changes(
    harm: object, archive: Path, new: Settings
) -> None:
    assert callable(harm)
    harm(archive)
    with pytest.raises(BackupError, match=r"whole|damaged|not there"):
        await restore_backup(new, archive)
    assert not (new.var_dir / "balai.db").exists() or await _is_bare(new)


async def _is_bare(settings: Settings) -> bool:
    with closing(sqlite3.connect(settings.var_dir / "balai.db")) as connection:
        return connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


async def test_another_key_is_refused_before_anything_changes(
    archive: Path, new: Settings, tmp_path: Path
) -> None:
    other = installation(new.database, new.var_dir, "another secret that is long enough")
    with pytest.raises(BackupError, match="does not open this backup"):
        await restore_backup(other, archive)
    without = Settings(_env_file=None, var_dir=tmp_path / "without key")
    with pytest.raises(KeyProblemError, match=r"secret\.key"):
        await restore_backup(without, archive)
    assert not (tmp_path / "without key" / "secret.key").exists(), "no key is made for it"


async def test_a_wrong_key_in_the_installation_is_said(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await database.file()
    other = installation(database_url, tmp_path, "another secret that is long enough")
    with pytest.raises(BackupError, match="does not open its own database"):
        await make_backup(other, tmp_path / "balai.tar", MADE_AT)
    assert left_behind(tmp_path, "*.tar") == []


async def test_the_kind_of_database_must_be_the_same(archive: Path, tmp_path: Path) -> None:
    postgres = installation("postgresql+asyncpg://127.0.0.1/none", tmp_path / "new")
    with pytest.raises(BackupError, match="backup of sqlite"):
        await restore_backup(postgres, archive)


def overwrite_page(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[8192:12288] = b"\xa5" * 4096
    path.write_bytes(raw)


async def test_a_damaged_database_gives_no_backup(sqlite_database: str, tmp_path: Path) -> None:
    overwrite_page(Path(sqlite_database.partition("///")[2]))
    with pytest.raises(BackupError, match=r"not sound|cannot read"):
        await make_backup(installation(sqlite_database, tmp_path), tmp_path / "b.tar", MADE_AT)
    assert left_behind(tmp_path, "*.tar") == []


async def test_no_database_gives_no_backup(new: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database"):
        await make_backup(new, tmp_path / "b.tar", MADE_AT)


@pytest.mark.postgres
async def test_without_the_programs_of_postgresql_it_says_what_to_install(
    postgres_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="postgresql-client"):
        await make_backup(installation(postgres_database, tmp_path), tmp_path / "b.tar", MADE_AT)


async def test_a_file_that_was_erased_meanwhile_is_counted(
    here: Settings, database: Database, tmp_path: Path
) -> None:
    name = await stored_file(database)
    Files(here.files_dir, Vault(SECRET)).path(name).unlink()
    made = await make_backup(here, tmp_path / "balai.tar", MADE_AT)
    assert (made.files, made.missing) == (0, 1)
    async with database.sessions() as session:
        assert await session.scalar(select(Attachment.name)) == name
