"""`/sehat` says that the process lives, `/siap` that the service works, and why it does not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event

from actions.casework import inbox, outbox, quarantine
from actions.casework.inbox import Unreadable
from actions.casework.outbox import queue_act
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.vault import Vault
from bot.app import Balai, build
from bot.dependencies import Clocks
from bot.health import Health, database_checks, disk_check
from bot.nlu.client import RasaAddress, RasaClient
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.web.channel import WebChannel
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import SECRET
from tests.support.nlu import ScriptedNlu
from tests.support.processes import said
from tests.support.running_bot import DATA, keywords_of_tests, reference_of_tests

Found = dict[str, str]


@asynccontextmanager
async def asked(health: Health) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes(health.routes())
    async with TestServer(app, host="127.0.0.1") as server, TestClient(server) as client:
        yield client


def service(database_url: str, folder: Path, clock: Clock, nlu: Any = None) -> Balai:
    settings = Settings(
        _env_file=None,
        database_url=database_url,
        secret_key=SECRET,
        var_dir=folder,
        data_dir=DATA,
    )
    clocks = Clocks(clock, clock.ticks)
    nlu = nlu or ScriptedNlu()
    return build(settings, nlu=nlu, clocks=clocks, reference=reference_of_tests())


async def test_all_is_well(database_url: str, tmp_path: Path, clock: Clock) -> None:
    balai = service(database_url, tmp_path, clock)
    await balai.start()
    async with asked(balai.health) as client:
        lives, ready = await client.get("/sehat"), await client.get("/siap")
        assert (lives.status, await lives.json()) == (200, {"alive": True})
        found = await ready.json()
        assert (ready.status, found["ready"]) == (200, True)
        assert set(found["checks"].values()) == {"ok"}
    await balai.stop()


async def none_aside() -> int:
    return 0


async def test_what_is_set_aside_is_counted(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    balai = service(database_url, tmp_path, clock)
    bad = Unreadable(1, {"message": None})
    async with asked(balai.health) as client:
        await balai.start()
        assert (await (await client.get("/siap")).json())["quarantine"] == 0
        async with balai.deps.sessions.begin() as session:
            await quarantine.set_aside(session, "tg", bad, "unreadable", clock())
        balai.health._until = 0.0
        assert (await (await client.get("/siap")).json())["quarantine"] == 1
    await balai.stop()


def test_every_check_is_explained_in_the_readme(
    sqlite_database: str, tmp_path: Path, clock: Clock
) -> None:
    nlu = RasaClient(RasaAddress("http://127.0.0.1:9"), keywords_of_tests(), timeout=2)
    balai = service(sqlite_database, tmp_path, clock, nlu)
    checks = balai.health._checks.keys() - {WebChannel.name} | {TelegramChannel.name}
    assert asyncio.run(balai.health._checks[WebChannel.name]()) == "", "it has no alarm of its own"
    readme = (DATA.parent / "README.md").read_text(encoding="utf-8")
    alarms = readme.partition("`/siap` says")[2].partition("Also worth an alarm")[0]
    assert checks == set(re.findall(r"^\| `(\w+)` \|", alarms, re.MULTILINE))


async def test_what_must_run_for_ever_and_ended_is_not_alive(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    balai = service(database_url, tmp_path, clock)
    await balai.start()
    assert balai._jobs_task is not None
    balai._jobs_task.cancel()
    await asyncio.wait([balai._jobs_task])
    async with asked(balai.health) as client:
        assert (await client.get("/sehat")).status == 503
    await balai.stop()


async def found_by(sessions: Sessions, clock: Clock) -> Found:
    return await Health(database_checks(sessions, clock), lambda: True, none_aside).findings()


async def test_a_database_that_takes_no_write(sqlite_database: str, clock: Clock) -> None:
    engine = make_engine(sqlite_database, Vault(SECRET))

    @event.listens_for(engine.sync_engine, "connect")
    def only_reads(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    found = await found_by(make_sessions(engine), clock)
    await engine.dispose()
    assert found["database"] == "failed (SQLITE_READONLY)"
    assert found["inbox"] == ""


async def test_a_database_that_is_away(clock: Clock) -> None:
    engine = make_engine("postgresql+asyncpg://127.0.0.1:9/none", Vault(SECRET))
    found = await found_by(make_sessions(engine), clock)
    await engine.dispose()
    assert all(fault.startswith(("failed", "no answer")) for fault in found.values())


async def test_a_key_that_does_not_fit(
    database: Database, database_url: str, clock: Clock
) -> None:
    await database.file()
    engine = make_engine(database_url, Vault("another secret that is long enough"))
    found = await found_by(make_sessions(engine), clock)
    await engine.dispose()
    assert "does not open" in found["key"]


async def test_what_waits_too_long(sessions: Sessions, clock: Clock) -> None:
    async with sessions.begin() as session:
        await inbox.store(session, "tg", [said(1)], clock())
        queue_act(session, "tg:1", {"said": "x"}, clock())
    assert set((await found_by(sessions, clock)).values()) == {""}
    clock.now += timedelta(minutes=7)
    found = await found_by(sessions, clock)
    assert (found["inbox"], found["outbox"]) == ("the oldest has waited for 7 minutes", "")
    clock.now += timedelta(minutes=7)
    found = await found_by(sessions, clock)
    assert found["outbox"] == "nobody sends what is due, the oldest waits for 14 minutes"


async def test_a_chat_or_two_that_do_not_get_through_are_nobody_elses_trouble(
    sessions: Sessions, clock: Clock
) -> None:
    async def put_off(*chats: str) -> str:
        async with sessions.begin() as session:
            for chat in chats:
                queue_act(session, chat, {"said": "x"}, clock())
                queue_act(session, chat, {"said": "behind it"}, clock())
        clock.now += timedelta(minutes=14)
        async with sessions.begin() as session:
            until = clock() + timedelta(minutes=1)
            await outbox.claim(session, "tg:", now=clock(), until=until, limit=9)
        return (await found_by(sessions, clock))["outbox"]

    assert await put_off("tg:1", "tg:2") == ""
    told = await put_off("tg:3")
    assert told == "messages to 3 chats do not get through, the oldest waits for 28 minutes"


async def test_a_probe_leaves_nothing(sessions: Sessions, database: Database) -> None:
    await found_by(sessions, database.clock)
    assert await database.told() == []
    async with sessions() as session:
        assert await inbox.count_waiting(session) == 0


async def test_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await disk_check(tmp_path)() == ""
    monkeypatch.setattr("bot.health.LEAST_FREE", 2**60)
    assert "MB are left" in await disk_check(tmp_path)()


def overwrite_pages(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[8192:20480] = b"\xa5" * 12288
    path.write_bytes(raw)


async def test_a_damaged_file_is_found_at_the_start(
    sqlite_database: str, tmp_path: Path, clock: Clock
) -> None:
    overwrite_pages(Path(sqlite_database.partition("///")[2]))
    balai = service(sqlite_database, tmp_path, clock)
    await balai._integrity.look()
    async with asked(balai.health) as client:
        answer = await client.get("/siap")
        assert answer.status == 503
        assert "restore the last backup" in (await answer.json())["checks"]["integrity"]
    await balai.stop()


async def test_an_nlu_that_does_not_answer(
    sqlite_database: str, tmp_path: Path, clock: Clock
) -> None:
    away = RasaClient(RasaAddress("http://127.0.0.1:9"), keywords_of_tests(), timeout=2)
    balai = service(sqlite_database, tmp_path, clock, away)
    assert "does not answer" in (await balai.health.findings())["nlu"]
    await away.close()
    await balai.stop()


async def test_an_nlu_that_wants_another_token() -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=401)

    app = web.Application()
    app.router.add_get("/status", refuse)
    async with TestServer(app, host="127.0.0.1") as server:
        client = RasaClient(
            RasaAddress(str(server.make_url("/")), "x"), keywords_of_tests(), timeout=2
        )
        assert "NLU_TOKEN" in await client.fault()
        await client.close()


async def test_a_check_that_hangs_or_breaks_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def hang() -> str:
        await asyncio.Event().wait()
        raise AssertionError

    async def break_down() -> str:
        raise ZeroDivisionError("words of somebody")

    monkeypatch.setattr("bot.health.PATIENCE", 0.05)
    found = await Health({"hang": hang, "break": break_down}, lambda: True, none_aside).findings()
    assert found == {"hang": "no answer within 0 seconds", "break": "failed (ZeroDivisionError)"}


async def test_however_often_it_is_asked_it_looks_once() -> None:
    looked = []

    async def look() -> str:
        looked.append(1)
        await asyncio.sleep(0)
        return ""

    health = Health({"look": look}, lambda: True, none_aside)
    await asyncio.gather(*(health.findings() for _ in range(50)))
    assert looked == [1]
