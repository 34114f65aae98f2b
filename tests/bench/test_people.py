"""The benchmark's citizens go through a whole visit, and its figures are right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.people import VISIT, Tally, Visitor, as_fast_as_possible, at_rate, settle_in
from tests.bench.usage import cpu_seconds, memory, percentile
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi

UNDERSTOOD = {
    "mau bikin surat domisili": "ajukan_layanan domisili",
    "ini berapa lama ya jadinya?": "tanya_lama",
    "ktp saya kok belum jadi juga ya pak": "cek_status",
    "makasih banyak ya": "terima_kasih",
}


async def test_visits_go_from_the_first_word_to_thanks(
    clock: Clock, sqlite_database: str, tmp_path: Path
) -> None:
    api = BotApi(clock)
    await api.start()
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=ScriptedNlu(UNDERSTOOD), clock=clock)
    await bot.start()
    try:
        visitor, tally = Visitor(api, 1), Tally()
        for _ in VISIT:
            await visitor.next(tally)
        visitors = [Visitor(api, number) for number in range(2, 6)]
        others = [
            await settle_in(visitors, 2),
            await as_fast_as_possible(visitors, 0.2),
            await at_rate(visitors, 20, 0.3),
        ]
        await bot.settle()
    finally:
        await bot.stop()
        await api.stop()

    assert (tally.silent, tally.strayed, len(tally.waits)) == (0, 0, len(VISIT))
    assert all(other.waits and not other.silent and not other.strayed for other in others)
    assert api.world.violations == []


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_the_value_below_which_that_share_lies(share: float, value: int) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def test_what_a_process_uses_is_read_from_the_system() -> None:
    assert 10 < memory([os.getpid()]) < 4000
    assert cpu_seconds([os.getpid()]) > 0
    assert cpu_seconds([2**22 + 1]) == memory([2**22 + 1]) == 0
