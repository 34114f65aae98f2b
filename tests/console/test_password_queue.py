"""The slow work with passwords: bounded, and a flood leaves room for others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Event

import pytest

from actions.casework.passwords import NOBODY, PasswordHash
from bot.console.password_queue import MOST_EACH, MOST_WAITING, BusyError, Line, PasswordQueue
from tests.support.database import PASSWORD, password_hash


@pytest.fixture
async def held() -> AsyncIterator[tuple[Line, Event, list[asyncio.Task[bool]]]]:
    """A line in which an attacker's work never ends until the event says so."""
    line, done = Line(), Event()
    tasks = [asyncio.create_task(line.work("attacker", done.wait)) for _ in range(40)]
    await asyncio.sleep(0)
    yield line, done, tasks
    done.set()
    await asyncio.gather(*tasks, return_exceptions=True)


Held = tuple[Line, Event, list[asyncio.Task[bool]]]


async def test_one_address_has_few_places_and_the_rest_is_turned_away_at_once(held: Held) -> None:
    _, done, tasks = held
    done.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results.count(True) == MOST_EACH
    assert sum(isinstance(result, BusyError) for result in results) == 40 - MOST_EACH


async def test_somebody_else_waits_behind_few_and_comes_in(held: Held) -> None:
    line, done, _ = held
    officer = asyncio.create_task(line.work("officer", lambda: "in"))
    await asyncio.sleep(0)
    assert not officer.done()
    done.set()
    assert await officer == "in"


async def test_many_addresses_fill_the_line_but_no_more(held: Held) -> None:
    line, done, _ = held
    others = [
        asyncio.create_task(line.work(f"other {number}", done.wait))
        for number in range(MOST_WAITING - MOST_EACH)
    ]
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await line.work("one more", done.wait)
    done.set()
    assert all(await asyncio.gather(*others))


async def test_places_are_free_again_afterwards(held: Held) -> None:
    line, done, tasks = held
    done.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert await line.work("attacker", lambda: "again") == "again"


async def test_a_flood_of_strangers_does_not_hold_a_known_browser_up() -> None:
    queue = PasswordQueue()
    flood = [
        asyncio.create_task(queue.matches(NOBODY, "x", who=str(number), known=False))
        for number in range(MOST_WAITING)
    ]
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await queue.matches(NOBODY, "x", who="one more", known=False)
    stored = PasswordHash(password_hash())
    assert await queue.matches(stored, PASSWORD, who="rina's browser", known=True)
    assert not all(task.done() for task in flood), "it did not wait for the flood to end"
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
