"""What cannot be stored or handled is set aside alone, with what it says, and waits for a look."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from actions.casework import erasure, quarantine
from actions.casework.inbox import Unreadable
from actions.storage.tables import Inbox, Quarantined
from bot.attempts import TRY_AFTER
from bot.channels import OpenTurn
from bot.inbox_worker import InboxWorker
from bot.quarantine import drop, retry, show
from tests.support.processes import PRIVATE, Notes, WorkerProcesses, said

HALF = "setengah huruf \ud800"
"""Half of a character: JSON can say it, no database can keep it."""


async def aside(processes: WorkerProcesses) -> list[Quarantined]:
    async with processes.sessions() as session:
        return list((await session.scalars(select(Quarantined).order_by(Quarantined.id))).all())


async def tried_in_vain(processes: WorkerProcesses, worker: InboxWorker) -> None:
    """Let all tries of the first update go by."""
    start = processes.clock.now
    for seconds in TRY_AFTER:
        processes.clock.now = start + timedelta(seconds=seconds)
        await worker.drain("tg:1")


async def test_one_of_a_batch_that_cannot_be_stored_stops_no_other(
    processes: WorkerProcesses,
) -> None:
    worker = processes.process(Notes())
    await worker.receive(
        [
            said(1, "satu", "tg:1"),
            said(2, {"text": HALF}, "tg:2"),
            said(2**63, "tiga", "tg:3"),
            Unreadable(4, {"message": None}),
            said(5, "lima", "tg:5"),
        ]
    )
    await worker.idle()

    assert [await processes.said(f"tg:{n}") for n in (1, 2, 3, 5)] == [["satu"], [], [], ["lima"]]
    kept = {row.external_id: (row.chat, row.failure) for row in await aside(processes)}
    assert kept.keys() == {2, None, 4}
    assert kept[2] == ("tg:2", "UnicodeEncodeError")
    assert kept[4] == (None, "unreadable")


async def test_of_many_at_once_only_the_bad_ones_are_set_aside(
    processes: WorkerProcesses,
) -> None:
    worker = processes.process(Notes())
    bad = {50, 100, 150, 200}
    puts = [
        worker.receive([said(n, {"text": HALF if n in bad else "baik"}, f"tg:{n}")])
        for n in range(1, 201)
    ]
    await asyncio.gather(*puts)
    await worker.idle()

    async with processes.sessions() as session:
        stored = await session.scalar(select(func.count()).select_from(Inbox))
    assert stored == 196
    assert {row.external_id for row in await aside(processes)} == bad


async def test_the_same_update_twice_is_set_aside_once(processes: WorkerProcesses) -> None:
    worker = processes.process(Notes())
    for _ in range(2):
        await worker.receive([said(1, {"text": HALF}), Unreadable(2, {"message": None})])

    assert len(await aside(processes)) == 2


async def test_what_cannot_even_be_written_down_is_counted(processes: WorkerProcesses) -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    await processes.process(Notes()).receive([said(1, {"text": deep})])

    assert [(row.external_id, row.payload) for row in await aside(processes)] == [(1, None)]


class Speechless(Notes):
    """A channel that cannot even say that something went wrong."""

    async def apologise(self, turn: OpenTurn, _: Any) -> None:
        await turn.session.execute(text("SELECT * FROM nowhere"))


async def test_an_apology_that_fails_keeps_the_chat_from_nothing(
    processes: WorkerProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(_: OpenTurn, payload: Any) -> None:
        if payload == PRIVATE:
            raise KeyError(payload)

    caplog.set_level(logging.DEBUG)
    worker = processes.process(Speechless(act))
    await worker.receive([said(1, PRIVATE), said(2, "lalu")])
    await tried_in_vain(processes, worker)

    assert await processes.said() == ["lalu"]
    (row,) = await aside(processes)
    assert (row.chat, row.failure, row.payload) == ("tg:1", "KeyError", PRIVATE)
    assert PRIVATE not in caplog.text + str([vars(record) for record in caplog.records])


async def test_a_row_that_cannot_be_opened_is_set_aside_and_the_chat_goes_on(
    processes: WorkerProcesses,
) -> None:
    worker = processes.process(Notes())
    worker.hold()
    await worker.receive([said(1, "rusak"), said(2, "lalu")])
    async with processes.sessions.begin() as session:
        damage = text("UPDATE inbox SET payload = 'gAAAAA' WHERE external_id = 1")
        await session.execute(damage)
    await tried_in_vain(processes, worker)

    assert await processes.said() == ["sorry: {}", "lalu"]
    async with processes.sessions() as session:
        (row,) = await quarantine.everything(session)
        assert row.failure == "WrongKeyError"


def update(number: int, words: str) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": number}, "text": words}}


async def test_what_a_new_version_can_handle_is_handled_after_a_retry(
    processes: WorkerProcesses,
) -> None:
    async def act(_: OpenTurn, __: Any) -> None:
        if processes.clock.now < mended:
            raise KeyError

    mended = processes.clock.now + timedelta(hours=1)
    odd, never = update(1, "aneh"), update(2, HALF)
    worker = processes.process(Notes(act))
    await worker.receive([said(1, odd), said(2, never, "tg:2"), Unreadable(3, {"message": None})])
    await tried_in_vain(processes, worker)

    processes.clock.now = mended
    done = await retry(processes.sessions, [], processes.clock())
    await worker.sweep(timedelta(0))
    await worker.idle()

    assert (await processes.said())[-1] == odd
    assert done.status == 1
    assert [row.external_id for row in await aside(processes)] == [2, 3], "these stay as they are"


async def test_what_is_set_aside_is_shown_without_its_words_and_dropped(
    processes: WorkerProcesses,
) -> None:
    worker = processes.process(Notes())
    await worker.receive([said(1, {"text": PRIVATE + HALF})])
    (line,) = (await show(processes.sessions, [], processes.clock())).lines
    assert "tg:1" in line
    assert "UnicodeEncodeError" in line
    assert PRIVATE not in line

    number = int(line.split()[0])
    assert (await drop(processes.sessions, [number], processes.clock())).lines == ["Dropped: 1"]
    assert await aside(processes) == []


async def test_who_erases_the_data_of_a_chat_erases_what_was_set_aside(
    processes: WorkerProcesses,
) -> None:
    await processes.process(Notes()).receive([said(1, {"text": HALF})])
    async with processes.sessions.begin() as session:
        await erasure.erase_chat(session, "tg:1", processes.clock())

    assert await aside(processes) == []


async def test_what_nobody_looked_at_for_long_goes(processes: WorkerProcesses) -> None:
    await processes.process(Notes()).receive([said(1, {"text": HALF})])
    async with processes.sessions.begin() as session:
        later = processes.clock() + timedelta(days=91)
        await quarantine.prune(session, later, timedelta(days=90))

    assert await aside(processes) == []
