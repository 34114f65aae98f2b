"""An installation with a demo, opened whole: bot, console, fake Telegram, officers."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from asyncpg import connect
from rich.console import Console
from sqlalchemy import func, select, text

from actions.casework.staff import Role
from actions.catalogue.reference import utc_now
from actions.storage.case_indexes import OPEN, RUNNING
from actions.storage.engine import A_COUNT, reading
from actions.storage.migrate import migrate
from actions.storage.tables import Case, Staff
from bot.app import Balai, build, reference_for
from bot.console import make_console
from bot.demo.command import make_demo
from bot.dependencies import Clocks
from bot.jobs import JOBS, Job, Jobs
from bot.nlu.keywords import Keywords
from bot.settings import Settings
from tests.bench.usage import cpu_seconds
from tests.support.clock import Clock
from tests.support.database import KTP, Database
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.people import Person

OK, ENDED = 200, 503
SERVER = "postgresql://postgres@127.0.0.1:5432/"
UNIT, UNITED, HEAD = "disdukcapil", "bench.kantor", "bench.kepala"
"""An officer of the unit that has most to do, and its head."""
ROLES = {"admin": Role.ADMIN, UNITED: Role.OFFICER, HEAD: Role.SUPERVISOR}


@dataclass
class Cost:
    """What something took, time after time: seconds of the clock, and of all processors."""

    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """Milliseconds when nobody was in the way."""
        return min(self.walls) * 1000

    @property
    def cpu(self) -> float:
        """Milliseconds of processors, on average: those of PostgreSQL count in hundredths."""
        return sum(self.cpus) / len(self.cpus) * 1000


@dataclass
class Installation:
    """What is measured. `costs` by the name of what was asked.

    `case` is open, `united` one of the officer of one unit; `deep` says where the middle of a tray
    is, `nik` is of somebody with one case, `ended` what took longer than a page may.
    """

    kind: str
    size: int
    balai: Balai
    browsers: dict[str, TestClient[Any, Any]]
    citizen: Person
    case: Case
    united: Case
    deep: str
    nik: str
    costs: dict[str, Cost] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)

    async def measure(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Note what something costs."""
        pids = await self._backends()
        cpu, wall = time.process_time() + cpu_seconds(pids), time.perf_counter()
        await work()
        cost = self.costs.setdefault(name, Cost())
        cost.walls.append(time.perf_counter() - wall)
        cost.cpus.append(time.process_time() + cpu_seconds(pids) - cpu)

    async def _backends(self) -> list[int]:
        """The processes of PostgreSQL that work for us."""
        if self.kind == "sqlite":
            return []
        async with self.balai.deps.office() as session:
            mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            return list((await session.scalars(text(mine))).all())

    async def open(self, who: str, address: str, form: dict[str, str] | None = None) -> None:
        """Load a page, or send a form of search."""
        browser = self.browsers[who]
        if form is None:
            answer = await browser.get(address)
        else:
            proof = re.search(r'name="csrf" value="([^"]+)"', await self._words(browser, address))
            assert proof is not None
            answer = await browser.post(address, data={**form, "csrf": proof[1]})
        await answer.read()
        assert answer.status in {OK, ENDED}, f"{address} answered {answer.status}"
        if answer.status == ENDED:
            self.ended.append(address)

    @staticmethod
    async def _words(browser: TestClient[Any, Any], address: str) -> str:
        return await (await browser.get(address)).text()


async def fill(kind: str, size: int, folder: Path, screen: Console) -> Settings:
    """The settings of an installation in `folder`, filled unless it was before."""
    database = f"flat_bench_{size}"
    url = f"postgresql+asyncpg://postgres@127.0.0.1:5432/{database}" if kind != "sqlite" else ""
    settings = Settings(
        _env_file=None, var_dir=folder / f"{kind}{size}", database_url=url, telegram_token=TOKEN
    )
    if (settings.var_dir / "filled").exists():
        return settings
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    if url:
        server = await connect(f"{SERVER}postgres")
        await server.execute(f'DROP DATABASE IF EXISTS "{database}"')
        await server.execute(f'CREATE DATABASE "{database}"')
        await server.close()
    began = time.perf_counter()
    code = await make_demo(settings, screen, cases=size, seed=1, present=utc_now())
    assert code == 0
    screen.print(f"{kind}, {size} cases: filled in {time.perf_counter() - began:.0f} s")
    (settings.var_dir / "filled").touch()
    return settings


@contextlib.asynccontextmanager
async def opened(kind: str, size: int, settings: Settings) -> AsyncIterator[Installation]:
    """Serve an installation."""
    clock = Clock(utc_now())
    api = BotApi(clock)
    await api.start()
    own = settings.model_copy(update={"telegram_api": api.url, "messages_per_second": 1e9})
    reference = reference_for(own)
    words = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    balai = build(own, nlu=words, reference=reference, clocks=Clocks(clock, clock.ticks))
    await migrate(balai.engine)
    await balai.start()
    server = TestServer(make_console(balai.deps, balai.wake, secure_cookies=False))
    await server.start_server()
    browsers = {who: await _seated(balai, server, clock, who) for who in ROLES}

    async def settle() -> None:
        async with asyncio.timeout(60):
            await api.world.until(lambda: not api.world.waiting)
            await balai.channels[0].mailbox.settle(20)  # type: ignore[attr-defined]

    found = await _find(balai, clock)
    try:
        yield Installation(kind, size, balai, browsers, Person(api, 500, settle), *found)
    finally:
        for browser in browsers.values():
            await browser.close()
        await balai.stop()
        await api.stop()


async def _find(balai: Balai, clock: Clock) -> tuple[Case, Case, str, str]:
    """An open case, one of the unit, where the middle of the late ones is, and a NIK of one."""
    late = select(Case).where(RUNNING, Case.due_on < balai.deps.reference.today(clock()))
    async with reading(balai.deps.office, patience=A_COUNT) as session:
        number = await session.scalar(select(func.count()).select_from(late.subquery())) or 0
        middle = late.order_by(Case.due_on, Case.id).offset(number // 2).limit(1)
        one = (await session.scalars(middle)).one()
        ours = select(Case).where(OPEN, Case.unit == UNIT).order_by(Case.id).limit(1)
        united = (await session.scalars(ours)).one()
    database = Database(balai.deps.sessions, balai.deps.reference, clock)
    nik = "3578014507900001"
    await database.file(answers={**KTP, "nik": nik}, chat="demo:bench")
    return one, united, f"{one.due_on}~{one.id}", nik


async def _seated(
    balai: Balai, server: TestServer, clock: Clock, who: str
) -> TestClient[Any, Any]:
    deps = balai.deps
    database = Database(deps.sessions, deps.reference, clock)
    async with reading(deps.office) as session:
        known = await session.scalar(select(Staff.id).where(Staff.username == who))
    if known is None:
        unit = None if who == "admin" else UNIT
        await database.account(who, ROLES[who], unit, sees_secret=unit is None)
    browser = TestClient(server)
    token = await database.token(who)
    browser.session.cookie_jar.update_cookies({"balai_sesi": token}, server.make_url("/"))
    return browser


def jobs_of(installation: Installation) -> dict[str, Callable[[], Awaitable[object]]]:
    """Each job by name. Those of the database alone are undone, and can be measured again."""
    deps = installation.balai.deps
    jobs, now = Jobs(replace(deps, ticks=time.monotonic), lambda: None), deps.clock()

    def undone(job: Job) -> Callable[[], Awaitable[object]]:
        async def work() -> None:
            async with deps.office() as session:
                await job.work(session, deps.reference, now)
                await session.rollback()

        return work

    named: dict[str, Callable[[], Awaitable[object]]] = {job.name: undone(job) for job in JOBS}
    for name, (_, clear) in jobs._clearing.items():
        named[name] = partial(clear, now)
    return named
