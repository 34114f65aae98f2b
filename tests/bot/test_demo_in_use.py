"""A demo in use: casework agrees with its rows, officers look at it, time goes on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import cases, proof, search_terms
from actions.casework.cases import By
from actions.casework.desk import Tray
from actions.casework.returned import form_of_case
from actions.domain.memory import ChatMemory
from actions.domain.status import Actor, Status, status_of
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Case, Chat, SearchTerm
from actions.storage.vault import Vault
from bot.commands import cli
from bot.console import make_console
from bot.demo.fill import NotEmptyError
from bot.jobs import JOBS
from bot.terminal import CHAT
from tests.bot.demo_database import PASSWORD, make, reference, rows_of
from tests.console.officer import Officer
from tests.support.clock import FRIDAY_MORNING, Clock
from tests.support.database import PHOTO
from tests.support.databases import SECRET
from tests.support.running_bot import dependencies

MOVED = ("status", "due_on", "paused_on", "closed_at", "updated_at")


@pytest.fixture
async def filled(database_url: str, tmp_path: Path) -> AsyncIterator[Sessions]:
    """Sessions on a demo with little more than one case a status."""
    await make(database_url, tmp_path / "files", cases=60)
    engine = make_engine(database_url, Vault(SECRET))
    yield make_sessions(engine)
    await engine.dispose()


async def test_casework_moving_a_case_alike_ends_with_the_same_case(filled: Sessions) -> None:
    async with filled() as session:
        for case in (await session.scalars(select(Case))).all():
            again = await _again(session, case)
            found = {name: getattr(again, name) for name in MOVED}
            assert found == {name: getattr(case, name) for name in MOVED}, case.status
            assert form_of_case(again) == form_of_case(case)


async def test_its_cases_are_found_at_once(filled: Sessions) -> None:
    async with filled() as session:
        sent = (await session.scalars(select(Case).where(Case.code.is_not(None)))).all()
        today = search_terms.stamp(Vault(SECRET).current.id)
        assert {case.indexed_with for case in sent} == {today}
        for case in sent:
            mine = select(func.count(SearchTerm.id)).where(SearchTerm.case_id == case.id)
            assert await session.scalar(mine) == len(search_terms.terms_of(case))
        named = next(case for case in sent if search_terms.terms_of(case))
        kind, term = search_terms.terms_of(named)[0]
        same = select(SearchTerm.case_id).where(SearchTerm.kind == kind, SearchTerm.term == term)
        assert named.id in set(await session.scalars(same))


async def _again(session: AsyncSession, case: Case) -> Case:
    """Another case of the same kind, moved as the history of this one says."""
    form, item = form_of_case(case), reference().catalogue.item(case.slug)
    asked = [field for field in form.fields if not field.key.startswith("tambahan")]
    again = await cases.open_draft(
        session,
        chat=case.chat,
        slug=case.slug,
        item=item,
        form=type(form)(form.slug, tuple(asked)),
        answers=case.answers,
        now=case.created_at,
    )
    for event in await cases.history(session, case):
        if event.from_status == Status.DRAFT and event.at == case.submitted_at:
            await cases.submit(session, reference(), again, event.at, Random(case.id))
            continue
        target = status_of(event.to_status or "")
        if proof.is_asked(reference(), again, target):
            proof.attach(session, again, PHOTO, event.at)
            await session.flush()
        await cases.move(
            session,
            reference(),
            again,
            target,
            by=By(Actor(event.actor), event.staff_id),
            now=event.at,
            reason=event.reason,
        )
    return again


async def test_time_goes_on_for_a_demo_as_for_anybody(filled: Sessions, clock: Clock) -> None:
    for job in JOBS:
        async with filled.begin() as session:
            await job.work(session, reference(), clock())
    async with filled() as session:
        for chat in (await session.scalars(select(Chat))).all():
            assert ChatMemory.from_json(chat.state).to_json() == chat.state


async def test_new_cases_are_numbered_after_those_of_a_demo(filled: Sessions) -> None:
    item = reference().catalogue.item("ktp_hilang")
    async with filled.begin() as session:
        newest = await session.scalar(select(func.max(Case.id)))
        one = await session.scalar(select(Case).limit(1))
        assert one is not None
        case = await cases.open_draft(
            session,
            chat=one.chat,
            slug="ktp_hilang",
            item=item,
            form=form_of_case(one),
            answers={},
            now=FRIDAY_MORNING,
        )
        assert case.id == (newest or 0) + 1


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation of its own, without a database yet."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def balai(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


async def add(url: str, *rows: object) -> None:
    """Put rows into a database as the service would."""
    engine = make_engine(url, Vault(SECRET))
    async with make_sessions(engine).begin() as session:
        session.add_all(rows)
    await engine.dispose()


@pytest.mark.usefixtures("installation")
def test_the_command_says_that_all_is_invented_and_who_can_log_in() -> None:
    result = balai("demo", "--cases", "5")
    assert result.exit_code == 0, result.stderr
    assert "invented" in result.stderr
    assert "http://127.0.0.1:8080" in result.stderr
    for role in ("petugas", "pengawas", "admin"):
        assert re.search(rf"demo\.\w+ +\S{{12}} +{role}", result.stderr), role


@pytest.mark.usefixtures("installation")
def test_a_second_demo_is_refused() -> None:
    assert balai("demo", "--cases", "5").exit_code == 0
    again = balai("demo", "--cases", "9")
    assert again.exit_code == 1
    assert "holds a demo already" in again.stderr
    assert "balai.db" in again.stderr


async def test_a_demo_stays_out_of_a_database_with_a_real_case(
    database_url: str, tmp_path: Path
) -> None:
    chat = Chat(id="tg:1001", state={}, updated_at=FRIDAY_MORNING)
    await add(database_url, chat)
    await add(database_url, _case(chat.id))
    before = await rows_of(database_url)
    with pytest.raises(NotEmptyError, match="real"):
        await make(database_url, tmp_path, cases=5)
    assert await rows_of(database_url) == before


@pytest.mark.parametrize("chat", ["tg:1001", "wa:7"])
async def test_a_demo_stays_out_of_a_database_with_a_real_chat(
    chat: str, sqlite_database: str, tmp_path: Path
) -> None:
    await add(sqlite_database, Chat(id=chat, state={}, updated_at=FRIDAY_MORNING))
    with pytest.raises(NotEmptyError, match="real"):
        await make(sqlite_database, tmp_path, cases=5)


async def test_whoever_only_said_hello_in_the_terminal_gets_a_demo(
    sqlite_database: str, tmp_path: Path
) -> None:
    await add(sqlite_database, Chat(id=CHAT, state={}, updated_at=FRIDAY_MORNING))
    await make(sqlite_database, tmp_path, cases=5)
    assert len((await rows_of(sqlite_database))["cases"]) == 5


async def test_a_case_filed_in_the_terminal_is_real(sqlite_database: str, tmp_path: Path) -> None:
    await add(sqlite_database, Chat(id=CHAT, state={}, updated_at=FRIDAY_MORNING))
    await add(sqlite_database, _case(CHAT))
    with pytest.raises(NotEmptyError, match="real"):
        await make(sqlite_database, tmp_path, cases=5)


async def test_an_interrupted_demo_is_known_as_such(sqlite_database: str, tmp_path: Path) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await make(sqlite_database, tmp_path, cases=400, progress=interrupt)
    with pytest.raises(NotEmptyError, match="unfinished"):
        await make(sqlite_database, tmp_path, cases=5)


def _case(chat: str) -> Case:
    return Case(
        kind="permohonan",
        slug="ktp_hilang",
        unit="disdukcapil",
        chat=chat,
        status="draf",
        answers={},
        form={},
        created_at=FRIDAY_MORNING,
        updated_at=FRIDAY_MORNING,
    )


@pytest.fixture
async def visitor(sqlite_database: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Officer]:
    """Somebody in front of the console of a demo."""
    await make(sqlite_database, tmp_path / "files", cases=60)
    engine = make_engine(sqlite_database, Vault(SECRET))
    deps = dependencies(make_sessions(engine), clock, tmp_path / "files")
    app = make_console(deps, lambda: None, secure_cookies=False)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Officer(client, clock)
    await engine.dispose()


async def test_every_page_of_the_console_shows_a_demo(visitor: Officer) -> None:
    await visitor.log_in("demo.admin", PASSWORD)
    assert visitor.address == "/verifikasi"
    await visitor.set_up_second_factor()
    await visitor.open(visitor.links["Sudah saya simpan, lanjut"])
    assert visitor.address == "/meja"
    shown = set()
    for tray in Tray:
        await visitor.open(f"/meja?baki={tray}")
        assert visitor.status == 200
        shown |= {link for link in visitor.links.values() if link.startswith("/permohonan/")}
    await visitor.open("/percakapan")
    assert "menunggu" in visitor.words.lower()
    shown |= {link for link in visitor.links.values() if link.startswith("/percakapan/")}
    assert len(shown) > 12
    for address in sorted(shown):
        await visitor.open(address)
        assert visitor.status == 200
    for page in ("/laporan", "/laporan/terlambat", "/unit", "/akun", "/belajar", "/pengaturan"):
        await visitor.open(page)
        assert visitor.status == 200
