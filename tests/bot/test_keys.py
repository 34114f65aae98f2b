"""A start finds out whether the key is the right one, before anything is made or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.storage.engine import engine_at
from actions.storage.keys import KeyProblemError
from actions.storage.migrate import migrate
from bot.keys import key_file, read_vault, unlock
from bot.settings import Settings
from tests.support.database import Database
from tests.support.databases import SECRET, migrated, sqlite_url

OTHER = "another secret that is long enough"


def installation(folder: Path, url: str = "", key: str = "", older: str = "") -> Settings:
    return Settings(
        _env_file=None, var_dir=folder, database_url=url, secret_key=key, older_key=older
    )


async def test_a_first_start_makes_a_key_and_the_next_one_keeps_it(tmp_path: Path) -> None:
    here = installation(tmp_path / "var")
    first = await unlock(here)
    assert (await unlock(here)).current.id == first.current.id
    assert key_file(here).read()


async def test_no_key_is_made_for_a_database_that_holds_data(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await database.say("halo")
    here = installation(tmp_path / "var", database_url)
    with pytest.raises(KeyProblemError, match="only its key opens"):
        await unlock(here)
    assert not key_file(here).exists()


async def test_a_database_that_was_only_migrated_may_have_a_first_key(
    database_url: str, tmp_path: Path
) -> None:
    await migrated(database_url)
    assert await unlock(installation(tmp_path / "var", database_url))


async def test_another_key_is_refused(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await database.say("halo")
    await migrated(database_url)
    with pytest.raises(KeyProblemError, match="SECRET_KEY and OLDER_KEY"):
        await unlock(installation(tmp_path, database_url, OTHER))
    assert await unlock(installation(tmp_path, database_url, OTHER, SECRET))


async def test_a_key_that_is_still_needed_is_missed(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await database.say("halo")
    await migrated(database_url)
    here = installation(tmp_path, database_url, OTHER, SECRET)
    async with engine_at(database_url, await unlock(here)) as engine:
        await migrate(engine)
    with pytest.raises(KeyProblemError):
        await unlock(installation(tmp_path, database_url, OTHER))


async def test_the_file_is_read_again_by_nobody_whose_settings_have_a_key(tmp_path: Path) -> None:
    here = installation(tmp_path, key=SECRET)
    await unlock(here)
    assert not key_file(here).exists()
    assert read_vault(here).ids == {read_vault(here).current.id}


async def test_a_folder_that_takes_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    url = sqlite_url(tmp_path / "balai.db")
    with pytest.raises(KeyProblemError, match=r"to .*secret\.key: File exists"):
        await unlock(installation(tmp_path / "var", url))
