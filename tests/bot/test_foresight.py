"""What is asked of the NLU before a turn begins, and what never is."""

from __future__ import annotations

from typing import Any

import pytest

from actions.domain.messages import UnderstandingNeeded
from bot.channels import OpenTurn
from bot.foresight import MANY
from tests.support.nlu import ScriptedNlu
from tests.support.processes import Notes, WorkerProcesses, said


async def test_what_is_written_is_understood_before_the_only_try(
    processes: WorkerProcesses,
) -> None:
    tries: list[str] = []

    async def act(turn: OpenTurn, payload: Any) -> None:
        tries.append(payload)
        if turn.fetched.understanding_of(payload) is None:
            raise UnderstandingNeeded(payload)

    nlu = ScriptedNlu()
    worker = processes.process(Notes(act), nlu)
    await worker.receive([said(1, "ktp hilang")])
    await worker.idle()

    assert (tries, nlu.asked) == (["ktp hilang"], ["ktp hilang"])


@pytest.mark.parametrize(
    "words", ["3578014507900001", "SMJ-7F3-KQ9", "/menu", "menu", "12.30", "?"]
)
async def test_numbers_codes_and_words_that_always_work_are_not_asked_about(
    processes: WorkerProcesses, words: str
) -> None:
    nlu = ScriptedNlu()
    worker = processes.process(Notes(), nlu)
    await worker.receive([said(1, words)])
    await worker.idle()

    assert nlu.asked == []
    assert await processes.said() == [words]


async def test_a_flood_of_one_chat_asks_for_nothing_before_it_is_looked_at(
    processes: WorkerProcesses,
) -> None:
    nlu = ScriptedNlu()
    worker = processes.process(Notes(), nlu)
    await worker.receive([said(number, f"ktp {number}") for number in range(1, 31)])
    await worker.idle()

    assert len(nlu.asked) <= MANY
    assert len(await processes.said()) == 30
