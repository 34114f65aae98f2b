"""Files are fetched beside the turns: who waits for one keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from actions.domain.messages import FileFault, FileKind, FileNeeded, SentFile
from actions.storage.files import MAX_SIZE
from bot.channels import OpenTurn
from bot.file_fetcher import AT_ONCE as FILES_AT_ONCE
from bot.inbox_worker import AT_ONCE
from tests.support.processes import Notes, WorkerProcesses, said


async def finished(processes: WorkerProcesses, chat: str) -> None:
    """Wait until something was said in a chat."""
    async with asyncio.timeout(20):
        while not await processes.said(chat):
            pass


async def test_a_file_is_fetched_checked_and_stored(processes: WorkerProcesses) -> None:
    files: list[Any] = []
    sizes = {"ok": 500, "broken": 500, "large": MAX_SIZE + 1}

    async def act(turn: OpenTurn, payload: Any) -> None:
        if not turn.fetched.files:
            raise FileNeeded([SentFile(payload, FileKind.PHOTO, sizes[payload])])
        files.extend(turn.fetched.files.values())

    channel = Notes(act)
    worker = processes.process(channel)
    await worker.receive([said(1, "ok")])
    await worker.idle()
    channel.content = None
    await worker.receive([said(2, "broken"), said(3, "large")])
    await worker.idle()

    assert (processes.folder / files[0].name[:2] / files[0].name).exists()
    assert files[1:] == [FileFault("gagal_unduh"), FileFault("terlalu_besar")]
    assert channel.fetched == ["ok", "broken"], "what is too large is not fetched at all"


async def photo_or_word(turn: OpenTurn, payload: Any) -> None:
    """Words that begin with "foto" are pictures."""
    if payload.startswith("foto") and not turn.fetched.files:
        raise FileNeeded([SentFile(payload, FileKind.PHOTO, 500)])


async def test_downloads_that_hang_keep_no_other_chat_waiting(processes: WorkerProcesses) -> None:
    channel = Notes(photo_or_word)
    channel.line.clear()
    worker = processes.process(channel)
    hanging = [f"tg:{number}" for number in range(1, AT_ONCE + 4)]
    await worker.receive(
        [said(number, f"foto {chat}", chat) for number, chat in enumerate(hanging)]
    )
    await worker.receive([said(100, "lalu", hanging[0]), said(101, "halo", "tg:99")])
    for _ in range(FILES_AT_ONCE):
        await channel.begun.get()

    await finished(processes, "tg:99")
    assert len(channel.fetched) == FILES_AT_ONCE, "and no more are under way"
    assert await processes.said(hanging[0]) == [], "what follows a photo waits for it"

    channel.line.set()
    await worker.idle()
    assert await processes.said(hanging[0]) == [f"foto {hanging[0]}", "lalu"]
    assert sorted(channel.fetched) == sorted(f"foto {chat}" for chat in hanging)


async def test_a_download_that_never_ends_is_given_up(
    processes: WorkerProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[Any] = []

    async def act(turn: OpenTurn, payload: Any) -> None:
        await photo_or_word(turn, payload)
        files.extend(turn.fetched.files.values())

    monkeypatch.setattr("bot.file_fetcher.FETCH_WITHIN", 0.01)
    channel = Notes(act)
    channel.line.clear()
    worker = processes.process(channel)
    await worker.receive([said(1, "foto")])
    await worker.idle()

    assert files == [FileFault("gagal_unduh")]
