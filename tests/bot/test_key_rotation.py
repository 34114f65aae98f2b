"""A new key while Balai runs: everything is sealed anew, wherever it was interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner
from sqlalchemy import Text, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import search_terms
from actions.domain.messages import FileKind, StoredFile
from actions.forms.form import Field, Form, to_json
from actions.storage.engine import Sessions, engine_at, make_sessions
from actions.storage.files import Files
from actions.storage.migrate import migrate
from actions.storage.resealing import BATCH, count_older, reseal
from actions.storage.tables import Case, Chat, Message, SealingKey
from actions.storage.vault import Vault
from bot.commands import cli
from bot.keys import key_file, unlock
from bot.settings import Settings
from tests.storage.pictures import jpeg
from tests.support.clock import FRIDAY_MORNING

LINES = [f"baris {n}" for n in range(3 * BATCH)]
ROTATED, REFUSED = 0, 1
T = TypeVar("T")


@dataclass
class Installation:
    """One with a key file, some lines of a chat, and a photo."""

    settings: Settings
    photo: str = ""

    def keys(self, command: str) -> tuple[int, str]:
        """Run `python -m bot keys`; returns the exit code and what was said."""
        result = CliRunner().invoke(cli, ["keys", command])
        return result.exit_code, result.stderr

    def secrets(self) -> list[str]:
        return list(key_file(self.settings).read())

    def older(self) -> int:
        async def count(session: AsyncSession, files: Files) -> int:
            return await count_older(session) + len(files.older())

        return asyncio.run(self.work(count))

    def read(self) -> tuple[list[str], bytes]:
        """Every line of the chat, and the photo."""

        async def all_of_it(session: AsyncSession, files: Files) -> tuple[list[str], bytes]:
            assert (await session.scalar(select(Chat.state))) == {"turns": 3}
            lines = await session.scalars(select(Message.text).order_by(Message.id))
            return list(lines), b"".join(files.content(self.photo))

        return asyncio.run(self.work(all_of_it))

    def fill(self) -> None:
        async def write(session: AsyncSession, files: Files) -> str:
            session.add(Chat(id="tg:1", state={"turns": 3}, updated_at=FRIDAY_MORNING))
            for line in LINES:
                said = Message(chat="tg:1", sender="warga", text=line, at=FRIDAY_MORNING)
                session.add(said)
            stored = await files.store(jpeg((8, 8)), FileKind.PHOTO)
            assert isinstance(stored, StoredFile)
            return stored.name

        self.photo = asyncio.run(self.work(write))

    def days_pass(self) -> None:
        async def note(session: AsyncSession, _: Files) -> None:
            await session.execute(update(SealingKey).values(since=FRIDAY_MORNING - timedelta(3)))

        asyncio.run(self.work(note))

    async def work(self, doing: Callable[[AsyncSession, Files], Awaitable[T]]) -> T:
        vault = await unlock(self.settings)
        async with engine_at(self.settings.database, vault) as engine:
            await migrate(engine)
            async with make_sessions(engine).begin() as session:
                return await doing(session, Files(self.settings.files_dir, vault))


@pytest.fixture
def here(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    installation = Installation(Settings(_env_file=None))
    installation.fill()
    return installation


def test_everything_is_sealed_with_a_new_key_and_the_older_one_can_go(here: Installation) -> None:
    before = here.read()
    assert before[0] == LINES
    (first,) = here.secrets()
    assert here.keys("rotate")[0] == ROTATED
    new, kept = here.secrets()
    assert (kept, here.older()) == (first, 0)
    assert here.read() == before

    status, said = here.keys("drop")
    assert (status, "less than an hour" in said) == (REFUSED, True)
    here.days_pass()
    assert here.keys("drop")[0] == ROTATED
    assert here.secrets() == [new]
    assert here.read() == before


def test_what_was_interrupted_goes_on_with_the_same_key(here: Installation) -> None:
    before = here.read()
    key_file(here.settings).add()

    async def one_batch(sessions: Sessions) -> None:
        async with aclosing(reseal(sessions)) as batches:
            await anext(batches)
            await anext(batches)

    async def interrupted() -> None:
        async with engine_at(here.settings.database, await unlock(here.settings)) as engine:
            await one_batch(make_sessions(engine))

    asyncio.run(interrupted())
    assert 0 < here.older() < len(LINES)
    assert here.read() == before
    here.days_pass()
    status, said = here.keys("drop")
    assert (status, "need the older key" in said) == (REFUSED, True)
    secrets = here.secrets()
    assert here.keys("rotate")[0] == ROTATED
    assert (here.secrets(), here.older(), here.read()) == (secrets, 0, before)


def test_a_file_that_was_erased_does_not_come_back(here: Installation) -> None:
    key_file(here.settings).add()

    async def erased_meanwhile(_: AsyncSession, files: Files) -> list[Path]:
        files.path(here.photo).unlink()
        files.reseal(here.photo)
        return [path for path in here.settings.files_dir.rglob("*") if path.is_file()]

    assert asyncio.run(here.work(erased_meanwhile)) == []


def test_a_file_keeps_its_age(here: Installation) -> None:
    async def sealed_anew(_: AsyncSession, files: Files) -> tuple[int, int]:
        before = files.path(here.photo).stat().st_mtime_ns
        key_file(here.settings).add()
        files.reseal(here.photo)
        assert not files.older()
        return before, files.path(here.photo).stat().st_mtime_ns

    before, after = asyncio.run(here.work(sealed_anew))
    assert before == after


def test_what_is_damaged_is_counted_and_keeps_the_older_key(here: Installation) -> None:
    (first,) = here.secrets()
    token = Vault(first).seal("rusak")[:-20] + "A" * 20

    async def damage(session: AsyncSession, files: Files) -> None:
        damaged = update(Message).where(Message.id == 1).values(text=literal(token, Text))
        await session.execute(damaged)
        path = files.path(here.photo)
        path.write_bytes(path.read_bytes()[:-1])

    asyncio.run(here.work(damage))
    status, said = here.keys("rotate")
    assert (status, "2 values or files could not be sealed anew" in said) == (REFUSED, True)
    here.days_pass()
    assert here.keys("drop")[0] == REFUSED
    assert first in here.secrets()


def test_what_no_key_opens_any_more_is_in_nobodys_way(here: Installation) -> None:
    async def lose(session: AsyncSession, _: Files) -> None:
        token = Vault("a secret that is lost for all time").seal("hilang")
        lost = update(Message).where(Message.id == 1).values(text=literal(token, Text))
        await session.execute(lost)

    asyncio.run(here.work(lose))
    assert here.keys("rotate")[0] == ROTATED
    assert len(here.secrets()) == 2


def test_a_key_of_the_settings_is_exchanged_there(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = here.read()
    (first,) = here.secrets()
    monkeypatch.setenv("SECRET_KEY", first)
    status, said = here.keys("rotate")
    assert (status, "OLDER_KEY" in said) == (REFUSED, True)
    monkeypatch.setenv("SECRET_KEY", "another secret that is long enough")
    monkeypatch.setenv("OLDER_KEY", first)
    here.settings = Settings(_env_file=None)
    assert here.keys("rotate")[0] == ROTATED
    here.days_pass()
    status, said = here.keys("drop")
    assert (status, "Take OLDER_KEY out" in said) == (ROTATED, True)
    monkeypatch.delenv("OLDER_KEY")
    here.settings = Settings(_env_file=None)
    assert (here.read(), here.older()) == (before, 0)


def test_cases_are_found_by_the_new_key_before_the_older_one_goes(here: Installation) -> None:
    (first,) = here.secrets()
    name = Field("nama", "nama", "Nama", "Siapa namanya?")

    async def send(session: AsyncSession, _: Files) -> None:
        case = Case(
            code="SKM-7F3-KQ9",
            kind="permohonan",
            slug="x",
            unit="x",
            chat="tg:1",
            status="diajukan",
            answers={"nama": "Siti"},
            form=to_json(Form("x", (name,))),
            created_at=FRIDAY_MORNING,
            updated_at=FRIDAY_MORNING,
        )
        session.add(case)
        await session.flush()
        await search_terms.write(session, case)

    async def terms(session: AsyncSession, _: Files) -> set[str]:
        return set(await session.scalars(text("SELECT term FROM search_terms")))

    asyncio.run(here.work(send))
    assert Vault(first).fingerprint("siti") in asyncio.run(here.work(terms))
    assert here.keys("rotate")[0] == ROTATED
    new = here.secrets()[0]
    assert asyncio.run(here.work(terms)) == {Vault(new).fingerprint("siti")}

    async def fall_behind(session: AsyncSession, _: Files) -> None:
        await session.execute(update(Case).values(indexed_with=Vault(first).current.id))

    asyncio.run(here.work(fall_behind))
    here.days_pass()
    assert here.keys("drop")[0] == REFUSED
    assert here.keys("rotate")[0] == ROTATED
    assert here.secrets()[0] == new, "it went on with the same key"
    here.days_pass()
    assert here.keys("drop")[0] == ROTATED
