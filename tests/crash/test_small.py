"""A few kills, as `make crash` does hundreds: polling on SQLite, webhook on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.trial import VISITS, Plan, Trial

FEW = 2


@pytest.mark.timeout(280)
async def test_nothing_is_lost_or_done_twice(database_url: str, tmp_path: Path) -> None:
    database = "sqlite" if database_url.startswith("sqlite") else "postgres"
    way = "polling" if database == "sqlite" else "webhook"

    plan = Plan(database, way, database_url, 4, FEW, seed=7)
    outcome = await Trial(plan, tmp_path, print).run()

    assert outcome.faults == []
    assert outcome.kills == FEW
    assert outcome.turns == (4 + 1) * 16 + VISITS  # one of them in a browser
