"""Pauses for whoever guesses, which nobody can impose on somebody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from actions.casework import login_limits
from actions.casework.login_limits import (
    FIRST_PAUSE,
    KEPT,
    LONGEST_PAUSE,
    Lane,
    by_address,
    by_code,
    by_device,
    count_failure,
    forgive,
)
from actions.storage.login_tables import LoginLane
from tests.support.database import Database

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
SECOND = timedelta(seconds=1)


async def fail(database: Database, lanes: list[Lane], times: int) -> list[bool]:
    """Wrong tries, as fast as the clock stands still; whether each began a pause."""
    begun = []
    for _ in range(times):
        async with database.sessions.begin() as session:
            begun.append(await count_failure(session, lanes, database.clock.now))
    return begun


async def pause(database: Database, lanes: list[Lane]) -> timedelta:
    async with database.sessions() as session:
        return await login_limits.pause(session, lanes, database.clock.now)


async def test_pauses_begin_after_a_few_failures_double_and_stay_short(
    database: Database,
) -> None:
    rina = by_address("rina", HERE)
    assert await fail(database, rina, 5) == [False] * 4 + [True]
    seen = [await pause(database, rina)]
    for _ in range(5):
        database.clock.move(seen[-1])
        assert await pause(database, rina) == timedelta()
        await fail(database, rina, 1)
        seen.append(await pause(database, rina))
    assert seen == [timedelta(seconds=s) for s in (5, 10, 20, 40, 60, 60)]


async def test_a_pause_runs_off_and_a_clock_that_was_set_back_makes_none(
    database: Database,
) -> None:
    rina = by_address("rina", HERE)
    await fail(database, rina, 5)
    database.clock.move(FIRST_PAUSE - SECOND)
    assert await pause(database, rina) == SECOND
    database.clock.move(SECOND)
    assert await pause(database, rina) == timedelta()
    database.clock.move(-timedelta(days=1))
    assert await pause(database, rina) == timedelta()
    await fail(database, rina, 1)
    assert await pause(database, rina) == FIRST_PAUSE * 2


async def test_a_failure_is_forgiven_each_quarter_of_an_hour(database: Database) -> None:
    rina = by_address("rina", HERE)
    await fail(database, rina, 6)
    database.clock.move(timedelta(minutes=45))
    await fail(database, rina, 1)
    assert await pause(database, rina) == timedelta()
    await fail(database, rina, 1)
    assert await pause(database, rina) == FIRST_PAUSE


async def test_strangers_elsewhere_slow_only_themselves(database: Database) -> None:
    await fail(database, by_address("rina", ELSEWHERE), 40)
    assert await pause(database, by_address("rina", ELSEWHERE)) == LONGEST_PAUSE
    assert await pause(database, by_address("rina", HERE)) == timedelta()


async def test_an_address_that_tries_many_names_is_slowed_for_all_but_known_browsers(
    database: Database,
) -> None:
    for number in range(30):
        await fail(database, by_address(f"nama {number}", HERE), 1)
    assert await pause(database, by_address("rina", HERE)) == FIRST_PAUSE
    assert await pause(database, by_device("known")) == timedelta()
    assert await pause(database, by_address("rina", ELSEWHERE)) == timedelta()


async def test_a_network_of_one_customer_counts_as_one_address(database: Database) -> None:
    await fail(database, by_address("rina", "2001:db8:1:2::a"), 5)
    assert await pause(database, by_address("rina", "2001:db8:1:2:ffff::b")) == FIRST_PAUSE
    assert await pause(database, by_address("rina", "2001:db8:1:3::a")) == timedelta()


async def test_a_known_browser_is_slowed_by_its_own_failures_alone(database: Database) -> None:
    await fail(database, by_device("known"), 5)
    assert await pause(database, by_device("known")) == FIRST_PAUSE
    assert await pause(database, by_device("other")) == timedelta()
    assert await pause(database, by_address("rina", HERE)) == timedelta()


async def test_codes_are_counted_for_all_strangers_together(database: Database) -> None:
    for number in range(10):
        await fail(database, [*by_address("rina", f"203.0.113.{number}"), by_code(1)], 1)
    assert await pause(database, [*by_address("rina", ELSEWHERE), by_code(1)]) == FIRST_PAUSE
    assert await pause(database, [by_code(2)]) == timedelta()
    await fail(database, [by_code(1)], 20)
    assert await pause(database, [by_code(1)]) == timedelta(minutes=15)


async def test_coming_in_forgives_the_own_failures_and_not_those_of_the_address(
    database: Database,
) -> None:
    rina = by_address("rina", HERE)
    for number in range(25):
        await fail(database, by_address(f"nama {number}", HERE), 1)
    await fail(database, rina, 5)
    async with database.sessions.begin() as session:
        await forgive(session, rina)
    assert await pause(database, rina[:1]) == timedelta()
    assert await pause(database, rina) == FIRST_PAUSE


async def test_lanes_tell_neither_names_nor_addresses_and_are_forgotten(
    database: Database,
) -> None:
    await fail(database, by_address("rina", HERE), 1)
    async with database.sessions() as session:
        stored = (await session.scalars(text("SELECT lane FROM login_lanes"))).all()
    assert len(stored) == 2
    assert not [lane for lane in stored if "rina" in lane or "203" in lane]
    database.clock.move(KEPT + SECOND)
    await fail(database, by_device("known"), 1)
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(LoginLane)) == 1


@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1"])
async def test_any_address_has_its_lanes(address: str | None, database: Database) -> None:
    await fail(database, by_address("rina", address), 5)
    assert await pause(database, by_address("rina", address)) == FIRST_PAUSE


async def test_failures_at_once_are_all_counted(database: Database) -> None:
    rina = by_address("rina", HERE)
    begun = await asyncio.gather(*(fail(database, rina, 1) for _ in range(7)))
    assert sorted(begun) == [[False]] * 6 + [[True]]
    assert await pause(database, rina) == FIRST_PAUSE * 4
