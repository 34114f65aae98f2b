"""A few cases that two officers press at once, as `make crash TRIAL=officers` does 500."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.crash.officers import race


async def test_two_officers_have_one_effect_and_lose_no_words(
    database_url: str, tmp_path: Path
) -> None:
    tally = await race(database_url, tmp_path, 5, Random(7))
    assert tally.faults == []
    assert tally.statuses[200] + tally.statuses[409] == 10
    assert tally.statuses[409] > 0
