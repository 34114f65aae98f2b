"""Pages and jobs ask the database beside the turns of citizens, and end what takes too long."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from actions.casework.desk import Tray
from actions.casework.staff import Role
from actions.storage.engine import A_PAGE, engine_beside, make_sessions
from bot.console import make_console
from bot.console.routes import ROUTES
from bot.dependencies import Dependencies
from bot.jobs import Jobs
from tests.console.conftest import LogIn, Woken
from tests.console.test_routes import address
from tests.support.database import Database
from tests.support.databases import ON_BOTH
from tests.support.plans import statements, walks
from tests.support.running_bot import dependencies

ENDLESS = """
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT 1 FROM n)
SELECT x AS id, x AS case_id, x AS staff_id, '' AS text, '' AS at FROM n ORDER BY x"""


@pytest.fixture
async def deps(database: Database, patience: float) -> AsyncIterator[Dependencies]:
    beside = engine_beside(database.sessions.kw["bind"], patience=patience)
    office = make_sessions(beside)
    yield dependencies(database.sessions, database.clock, database.folder, office=office)
    await beside.dispose()


@pytest.fixture
async def server(deps: Dependencies, woken: Woken) -> AsyncIterator[TestServer]:
    """The console on both engines, as it is served."""
    server = TestServer(make_console(deps, woken, secure_cookies=False))
    await server.start_server()
    yield server
    await server.close()


@ON_BOTH
async def test_no_page_and_no_job_asks_where_turns_do(
    log_in: LogIn, database: Database, deps: Dependencies
) -> None:
    """Nor does any walk through a table that grows, whoever asks."""
    case = await database.file()
    await database.escalation(case=case)
    seats = [("admin", Role.ADMIN), ("rina", Role.OFFICER, case.unit)]
    seats += [("kepala", Role.SUPERVISOR, case.unit)]
    people = [await log_in(*seat) for seat in seats]
    turns = statements(database.sessions.kw["bind"])
    office = statements(deps.office.kw["bind"])

    pages = [route for route in ROUTES if route.method == "GET" and not route.polls]
    trays = [f"/meja?baki={tray}" for tray in Tray]
    for somebody in people:
        for page in (*map(address, pages), *trays, "/percakapan?selesai=1"):
            await somebody.open(page.replace("999", str(case.id)))
    await Jobs(deps, lambda: None).run_due()

    assert turns == []
    assert len(office) > len(pages)
    assert await walks(office, database.sessions.kw["bind"]) == ""


@pytest.fixture
def patience() -> float:
    """Seconds for a statement of a page."""
    return A_PAGE


@pytest.mark.parametrize("patience", [0.05])
async def test_a_page_that_takes_too_long_is_ended_and_says_what_to_do(
    log_in: LogIn, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    case, rina = await database.file(), await log_in("rina")
    async with database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE case_notes RENAME TO notes_away"))
        await session.execute(text(f"CREATE VIEW case_notes AS {ENDLESS}"))

    await rina.open(f"/permohonan/{case.id}")

    assert rina.status == 503
    assert "Terlalu lama" in rina.words
    assert [r.levelno for r in caplog.records if "too long" in r.message] == [logging.WARNING]
    await rina.open("/panduan")
    assert rina.status == 200
