"""The edge of a turn, with a dialogue that only writes down what it was given."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from actions.domain.messages import UnderstandingNeeded
from actions.domain.understanding import Candidate, Understanding
from actions.storage.engine import make_engine, make_sessions
from actions.storage.vault import Vault
from bot.attempts import TRY_AFTER
from bot.channels import OpenTurn
from bot.inbox_worker import InboxWorker, NotStoredError
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.nlu import ScriptedNlu
from tests.support.processes import PRIVATE, Notes, WorkerProcesses, said
from tests.support.running_bot import dependencies

HEARD_BEFORE = "akta anak"


async def test_what_is_received_is_handled_once_and_forgotten(processes: WorkerProcesses) -> None:
    worker = processes.process(Notes())

    await worker.receive([said(1, "halo")])
    await worker.receive([said(1, "halo")])
    await worker.idle()

    assert await processes.said() == ["halo"]
    row = await processes.update()
    assert (row.payload, row.handled_at, row.failure) == (None, processes.clock(), None)


async def test_every_chat_is_answered_in_order_by_two_processes(
    processes: WorkerProcesses,
) -> None:
    first, second = processes.process(Notes()), processes.process(Notes())
    chats = [f"tg:{number}" for number in range(1, 6)]
    for number in range(1, 41):
        worker = first if number % 3 else second
        await worker.receive([said(number, chat=chats[number % 5])])
    for worker in (first, second):
        await worker.sweep(timedelta(0))
        await worker.idle()
    await first.sweep(timedelta(0))
    await first.idle()

    for index, chat in enumerate(chats):
        assert await processes.said(chat) == [n for n in range(1, 41) if n % 5 == index]


async def test_the_nlu_is_asked_while_nothing_is_locked(processes: WorkerProcesses) -> None:
    class WritesMeanwhile(ScriptedNlu):
        async def understand(self, text_: str) -> Understanding:
            async with asyncio.timeout(5), processes.sessions.begin() as session:
                await session.execute(text("UPDATE chats SET blocked = blocked"))
            return await super().understand(text_)

    async def act(turn: OpenTurn, _: Any) -> None:
        if turn.fetched.understanding_of(HEARD_BEFORE) is None:
            raise UnderstandingNeeded(HEARD_BEFORE)

    nlu = WritesMeanwhile()
    worker = processes.process(Notes(act), nlu)
    await worker.receive([said(1, "ktp hilang")])
    await worker.idle()

    assert nlu.asked == ["ktp hilang", HEARD_BEFORE]
    assert await processes.said() == ["ktp hilang"], "what the first try had queued is rolled back"


async def test_what_was_understood_is_not_used_for_another_message(
    processes: WorkerProcesses,
) -> None:
    """While one process asks the NLU, another handles that message."""
    other = processes.process(Notes())
    seen: list[tuple[Any, str]] = []

    class Slow(ScriptedNlu):
        async def understand(self, text_: str) -> Understanding:
            if text_ == "pertama":
                await other.drain("tg:1")
                await other.receive([said(2, "kedua")])
                other.hold()
            return Understanding(text_, (Candidate("sapa", 1.0),))

    async def act(turn: OpenTurn, payload: Any) -> None:
        known = turn.fetched.understanding_of(payload)
        if known is None:
            raise UnderstandingNeeded(payload)
        seen.append((payload, known.text))

    worker = processes.process(Notes(act), Slow())
    other.hold()
    await worker.receive([said(1, "pertama")])
    await worker.idle()

    assert seen in ([], [("kedua", "kedua")])
    assert sorted(await processes.said()) == ["kedua", "pertama"]


async def test_an_update_that_always_fails_is_given_up_and_the_chat_goes_on(
    processes: WorkerProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(_: OpenTurn, payload: Any) -> None:
        if payload == PRIVATE:
            raise KeyError(payload)

    worker = processes.process(Notes(act))
    caplog.set_level(logging.DEBUG)
    await worker.receive([said(1, PRIVATE), said(2, "lalu")])
    for seconds in TRY_AFTER:
        assert await processes.said() == []
        processes.clock.now = processes.clock.now.replace(second=0) + timedelta(seconds=seconds)
        await worker.drain("tg:1")

    assert await processes.said() == [f"sorry: {PRIVATE}", "lalu"]
    row = await processes.update()
    assert (row.attempts, row.failure, row.payload) == (len(TRY_AFTER), "KeyError", None)
    assert "KeyError" in caplog.text + str([vars(record) for record in caplog.records])
    assert PRIVATE not in caplog.text + str([vars(record) for record in caplog.records])


async def test_an_update_that_failed_by_a_wrong_clock_keeps_nobody_waiting(
    processes: WorkerProcesses,
) -> None:
    async def act(_: OpenTurn, __: Any) -> None:
        if processes.clock() > right:
            raise ValueError

    right = processes.clock()
    processes.clock.jump(timedelta(days=1))
    worker = processes.process(Notes(act))
    await worker.receive([said(1)])
    await worker.idle()
    processes.clock.jump(timedelta(days=-1))
    await worker.sweep()
    await worker.idle()

    assert await processes.said() == [1]


async def test_an_update_that_fails_once_is_handled_in_the_end(processes: WorkerProcesses) -> None:
    tries: list[int] = []

    async def act(_: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) == 1:
            raise ValueError

    worker = processes.process(Notes(act))
    await worker.receive([said(1)])
    await worker.idle()
    processes.clock.move(timedelta(seconds=TRY_AFTER[1]))
    await worker.drain("tg:1")

    assert await processes.said() == [1]
    assert (await processes.update()).failure is None


async def test_a_database_that_is_away_for_a_moment_is_nobodys_fault(
    processes: WorkerProcesses,
) -> None:
    tries: list[int] = []

    async def act(_: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) < 3:
            raise ConnectionRefusedError

    worker = processes.process(Notes(act))
    await worker.receive([said(1)])
    await worker.idle()

    assert await processes.said() == [1]
    assert (await processes.update()).attempts == 0


async def test_a_row_that_somebody_else_changed_is_taken_anew(processes: WorkerProcesses) -> None:
    async def act(turn: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if len(tries) == 1:  # a code that was given to somebody else in this moment
            row = "INSERT INTO inbox SELECT * FROM inbox"
            await turn.session.execute(text(row))

    tries: list[int] = []
    worker = processes.process(Notes(act))
    await worker.receive([said(1)])
    await worker.idle()

    assert await processes.said() == [1]
    assert len(tries) == 2


async def test_what_cannot_be_stored_is_not_taken(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "not a folder").write_text("")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/empty.db", Vault(SECRET))
    deps = dependencies(make_sessions(engine), clock, tmp_path)
    worker = InboxWorker(deps, Notes(), lambda: None)

    with pytest.raises(NotStoredError):
        await worker.receive([said(1)])

    await worker.stop(1)
    await engine.dispose()


async def test_a_stop_ends_between_turns_and_the_next_start_goes_on(
    processes: WorkerProcesses,
) -> None:
    async def act(_: OpenTurn, payload: Any) -> None:
        if payload == 1:
            begun.set()
            await may_end.wait()

    begun, may_end = asyncio.Event(), asyncio.Event()
    worker = processes.process(Notes(act))
    await worker.receive([said(1), said(2)])
    await begun.wait()
    stopping = asyncio.create_task(worker.stop(5))
    await asyncio.sleep(0)
    may_end.set()
    await stopping
    assert await processes.said() == [1], "the turn under way was finished, the next not begun"

    successor = processes.process(Notes())
    await successor.sweep(timedelta(0))
    await successor.idle()
    assert await processes.said() == [1, 2]


async def test_a_turn_that_hangs_is_rolled_back_at_the_stop(processes: WorkerProcesses) -> None:
    async def act(_: OpenTurn, __: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    begun = asyncio.Event()
    worker = processes.process(Notes(act))
    await worker.receive([said(1)])
    await begun.wait()
    await worker.stop(0.01)

    assert await processes.said() == []
    assert (await processes.update()).handled_at is None


async def test_what_a_dead_process_left_is_swept_up(processes: WorkerProcesses) -> None:
    dead, alive = processes.process(Notes()), processes.process(Notes())
    dead.hold()
    await dead.receive([said(1)])

    await alive.sweep()
    await alive.idle()
    assert await processes.said() == [], "a young update is still in the hands of its process"

    processes.clock.move(timedelta(seconds=4))
    await alive.sweep()
    await alive.idle()
    assert await processes.said() == [1]
