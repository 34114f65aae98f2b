"""The edge of a turn, with a dialogue that only writes down what it was given."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from actions.domain.messages import FileFault, FileKind, FileNeeded, SentFile, UnderstandingNeeded
from actions.domain.understanding import Candidate, Understanding
from actions.storage.engine import make_engine, make_sessions
from actions.storage.files import MAX_SIZE
from actions.storage.vault import Vault
from bot.channels import OpenTurn
from bot.inbox_worker import TRY_AFTER, InboxWorker, NotStoredError
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.desk import Desk, Notes, said
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import dependencies

PRIVATE = "kata-kata rahasia"
Act = Callable[[OpenTurn, Any], Awaitable[None]]


@pytest.fixture
async def desk(database_url: str, clock: Clock, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(database_url, clock, tmp_path / "files")
    yield desk
    await desk.close()


async def test_what_is_received_is_handled_once_and_forgotten(desk: Desk) -> None:
    turns = desk.process(Notes())

    await turns.receive([said(1, "halo")])
    await turns.receive([said(1, "halo")])
    await turns.idle()

    assert await desk.said() == ["halo"]
    row = await desk.update()
    assert (row.payload, row.handled_at, row.failure) == (None, desk.clock(), None)


async def test_every_chat_is_answered_in_order_by_two_processes(desk: Desk) -> None:
    first, second = desk.process(Notes()), desk.process(Notes())
    chats = [f"tg:{number}" for number in range(1, 6)]
    for number in range(1, 41):
        turns = first if number % 3 else second
        await turns.receive([said(number, chat=chats[number % 5])])
    for turns in (first, second):
        await turns.sweep(timedelta(0))
        await turns.idle()
    await first.sweep(timedelta(0))
    await first.idle()

    for index, chat in enumerate(chats):
        assert await desk.said(chat) == [n for n in range(1, 41) if n % 5 == index]


async def test_the_nlu_is_asked_while_nothing_is_locked(desk: Desk) -> None:
    class WritesMeanwhile(ScriptedNlu):
        async def understand(self, text_: str) -> Understanding:
            async with asyncio.timeout(5), desk.sessions.begin() as session:
                await session.execute(text("UPDATE chats SET blocked = blocked"))
            return await super().understand(text_)

    async def act(turn: OpenTurn, payload: Any) -> None:
        if turn.fetched.understanding is None:
            raise UnderstandingNeeded(payload)

    nlu = WritesMeanwhile()
    turns = desk.process(Notes(act), nlu)
    await turns.receive([said(1, "ktp hilang")])
    await turns.idle()

    assert nlu.asked == ["ktp hilang"]
    assert await desk.said() == ["ktp hilang"], "what the first try had queued is rolled back"


async def test_what_was_understood_is_not_used_for_another_message(desk: Desk) -> None:
    """While one process asks the NLU, another handles that message."""
    other = desk.process(Notes())
    seen: list[tuple[Any, str]] = []

    class Slow(ScriptedNlu):
        async def understand(self, text_: str) -> Understanding:
            if text_ == "pertama":
                await other.drain("tg:1")
                await other.receive([said(2, "kedua")])
                other.hold()
            return Understanding(text_, (Candidate("sapa", 1.0),))

    async def act(turn: OpenTurn, payload: Any) -> None:
        if turn.fetched.understanding is None:
            raise UnderstandingNeeded(payload)
        seen.append((payload, turn.fetched.understanding.text))

    turns = desk.process(Notes(act), Slow())
    other.hold()
    await turns.receive([said(1, "pertama")])
    await turns.idle()

    assert seen in ([], [("kedua", "kedua")])
    assert sorted(await desk.said()) == ["kedua", "pertama"]


async def test_a_file_is_fetched_checked_and_stored(desk: Desk) -> None:
    files: list[Any] = []
    sizes = {"ok": 500, "broken": 500, "large": MAX_SIZE + 1}

    async def act(turn: OpenTurn, payload: Any) -> None:
        if turn.fetched.file is None:
            raise FileNeeded(SentFile(payload, FileKind.PHOTO, sizes[payload]))
        files.append(turn.fetched.file)

    source = Notes(act)
    turns = desk.process(source)
    await turns.receive([said(1, "ok")])
    await turns.idle()
    source.content = None
    await turns.receive([said(2, "broken"), said(3, "large")])
    await turns.idle()

    assert (desk.folder / files[0].name[:2] / files[0].name).exists()
    assert files[1:] == [FileFault("gagal_unduh"), FileFault("terlalu_besar")]
    assert source.fetched == ["ok", "broken"], "what is too large is not fetched at all"


async def test_an_update_that_always_fails_is_given_up_and_the_chat_goes_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(_: OpenTurn, payload: Any) -> None:
        if payload == PRIVATE:
            raise KeyError(payload)

    turns = desk.process(Notes(act))
    caplog.set_level(logging.DEBUG)
    await turns.receive([said(1, PRIVATE), said(2, "lalu")])
    for seconds in TRY_AFTER:
        assert await desk.said() == []
        desk.clock.now = desk.clock.now.replace(second=0) + timedelta(seconds=seconds)
        await turns.drain("tg:1")

    assert await desk.said() == [f"sorry: {PRIVATE}", "lalu"]
    row = await desk.update()
    assert (row.attempts, row.failure, row.payload) == (len(TRY_AFTER), "KeyError", None)
    assert "KeyError" in caplog.text + str([vars(record) for record in caplog.records])
    assert PRIVATE not in caplog.text + str([vars(record) for record in caplog.records])


async def test_an_update_that_fails_once_is_handled_in_the_end(desk: Desk) -> None:
    tries: list[int] = []

    async def act(_: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) == 1:
            raise ValueError

    turns = desk.process(Notes(act))
    await turns.receive([said(1)])
    await turns.idle()
    desk.clock.move(timedelta(seconds=TRY_AFTER[1]))
    await turns.drain("tg:1")

    assert await desk.said() == [1]
    assert (await desk.update()).failure is None


async def test_a_database_that_is_away_for_a_moment_is_nobodys_fault(desk: Desk) -> None:
    tries: list[int] = []

    async def act(_: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) < 3:
            raise ConnectionRefusedError

    turns = desk.process(Notes(act))
    await turns.receive([said(1)])
    await turns.idle()

    assert await desk.said() == [1]
    assert (await desk.update()).attempts == 0


async def test_a_row_that_somebody_else_changed_is_taken_anew(desk: Desk) -> None:
    async def act(turn: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) == 1:  # a code that was given to somebody else in this moment
            row = "INSERT INTO inbox SELECT * FROM inbox"
            await turn.session.execute(text(row))

    tries: list[int] = []
    turns = desk.process(Notes(act))
    await turns.receive([said(1)])
    await turns.idle()

    assert await desk.said() == [1]
    assert len(tries) == 2


async def test_what_cannot_be_stored_is_not_taken(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "not a folder").write_text("")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/empty.db", Vault(SECRET))
    deps = dependencies(make_sessions(engine), clock, tmp_path)
    turns = InboxWorker(deps, Notes(), lambda: None)

    with pytest.raises(NotStoredError):
        await turns.receive([said(1)])

    await turns.stop(1)
    await engine.dispose()


async def test_a_stop_ends_between_turns_and_the_next_start_goes_on(desk: Desk) -> None:
    async def act(_: OpenTurn, payload: Any) -> None:
        if payload == 1:
            begun.set()
            await may_end.wait()

    begun, may_end = asyncio.Event(), asyncio.Event()
    turns = desk.process(Notes(act))
    await turns.receive([said(1), said(2)])
    await begun.wait()
    stopping = asyncio.create_task(turns.stop(5))
    await asyncio.sleep(0)
    may_end.set()
    await stopping
    assert await desk.said() == [1], "the turn under way was finished, the next not begun"

    successor = desk.process(Notes())
    await successor.sweep(timedelta(0))
    await successor.idle()
    assert await desk.said() == [1, 2]


async def test_a_turn_that_hangs_is_rolled_back_at_the_stop(desk: Desk) -> None:
    async def act(_: OpenTurn, __: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    begun = asyncio.Event()
    turns = desk.process(Notes(act))
    await turns.receive([said(1)])
    await begun.wait()
    await turns.stop(0.01)

    assert await desk.said() == []
    assert (await desk.update()).handled_at is None


async def test_what_a_dead_process_left_is_swept_up(desk: Desk) -> None:
    dead, alive = desk.process(Notes()), desk.process(Notes())
    dead.hold()
    await dead.receive([said(1)])

    await alive.sweep()
    await alive.idle()
    assert await desk.said() == [], "a young update is still in the hands of its process"

    desk.clock.move(timedelta(seconds=4))
    await alive.sweep()
    await alive.idle()
    assert await desk.said() == [1]
