"""`/metrics` tells Prometheus how the service does, and tells it to nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from actions.domain.understanding import Candidate, Understanding
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.vault import Vault
from bot.channels import BlockedError, LaterError, RefusedError
from bot.metrics import REGISTRY, count_turn
from bot.scrape import Scrape
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import SECRET
from tests.support.processes import SenderProcesses

TOKEN = "a token of thirty-two characters"
Client = TestClient[web.Request, web.Application]


@asynccontextmanager
async def scraped(sessions: Sessions, clock: Clock, token: str = "") -> AsyncIterator[Client]:
    async def findings() -> dict[str, str]:
        return {"disk": "", "nlu": "away"}

    app = web.Application()
    app.add_routes(Scrape(sessions, clock, findings, token).routes())
    async with TestServer(app, host="127.0.0.1") as server, TestClient(server) as client:
        yield client


async def read(client: Client, **headers: str) -> dict[str, float]:
    answer = await client.get("/metrics", headers=headers)
    assert answer.status == 200
    families = text_string_to_metric_families(await answer.text())
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


async def test_queues_cases_and_checks(database: Database, sessions: Sessions) -> None:
    await database.file()
    await database.draft("ktp_rusak")
    await database.escalation()  # its alert waits in the outbox
    database.clock.move(timedelta(seconds=90))
    async with scraped(sessions, database.clock) as client:
        found = await read(client)
    assert found["balai_cases diajukan"] == 1
    assert found["balai_cases draf"] == 1
    assert found["balai_oldest_seconds outbox"] == 90
    assert found["balai_waiting outbox"] >= 1
    assert (found["balai_oldest_seconds inbox"], found["balai_waiting inbox"]) == (0, 0)
    assert (found["balai_check_ok disk"], found["balai_check_ok nlu"]) == (1, 0)
    assert found["process_resident_memory_bytes"] > 0


async def test_a_database_that_is_away_takes_nothing_else_away(clock: Clock) -> None:
    engine = make_engine("postgresql+asyncpg://127.0.0.1:9/none", Vault(SECRET))
    async with scraped(make_sessions(engine), clock) as client:
        found = await read(client)
    await engine.dispose()
    assert "balai_check_ok nlu" in found
    assert not [name for name in found if name.startswith(("balai_cases", "balai_waiting"))]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Host": "balai.example.go.id"},
        {"Host": "127.0.0.1.example.org"},
        {"Host": "[::"},
    ],
)
async def test_without_a_token_a_proxy_gets_nothing(
    headers: dict[str, str], sessions: Sessions, clock: Clock
) -> None:
    async with scraped(sessions, clock) as client:
        assert (await client.get("/metrics", headers=headers)).status in {400, 403}


@pytest.mark.parametrize("given", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, "Bearer \udcff"])
async def test_with_a_token_only_who_knows_it_reads(
    given: str, sessions: Sessions, clock: Clock
) -> None:
    async with scraped(sessions, clock, TOKEN) as client:
        assert (await client.get("/metrics", headers={"Authorization": given})).status == 403
        away = {"Host": "balai.example.go.id", "Authorization": f"Bearer {TOKEN}"}
        assert await read(client, **away)


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        (["status.kosong"], "served"),
        (["umum.tidak_paham"], "missed"),
        (["umum.salam+umum.maksud_mana"], "offered"),
        ([], "served"),
    ],
)
def test_what_became_of_words(keys: list[str], outcome: str) -> None:
    known = Understanding("x", (Candidate("sapa", 0.9),), source="words")
    labels = {"by": "words", "outcome": outcome}
    before = counted("balai_understood_total", **labels), counted("balai_reply_seconds_count")
    count_turn(timedelta(seconds=-5), known, keys)
    after = counted("balai_understood_total", **labels), counted("balai_reply_seconds_count")
    assert [new - old for old, new in zip(before, after, strict=True)] == [1, 1]


@pytest.mark.parametrize(
    ("trouble", "result"),
    [
        ([], "sent"),
        ([LaterError(3600)], "postponed"),
        ([BlockedError()], "blocked"),
        ([RefusedError("BadRequest")], "refused"),
        ([ZeroDivisionError()], "failed"),
    ],
)
async def test_what_became_of_a_message(
    trouble: list[Exception], result: str, sqlite_database: str, clock: Clock
) -> None:
    before = counted("balai_sends_total", result=result)
    processes = SenderProcesses(sqlite_database, clock)
    processes.wire.trouble["halo"] = trouble
    await processes.queue("tg:1", "halo")
    await processes.sender().flush(20)
    await processes.close()
    assert counted("balai_sends_total", result=result) == before + 1
