"""Updates that arrive together are stored together; each is acknowledged only when it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from actions.casework.inbox import Arrival, Received
from bot.inbox_writer import InboxWriter


class Shelf:
    """A store that waits to be let go, and can fail."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def store(self, received: Sequence[Arrival]) -> None:
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        self.batches.append([one.external_id or 0 for one in received])

    async def set_aside(self, _: Arrival, error: Exception) -> None:
        raise AssertionError("nothing of this is bad") from error


def one(number: int) -> list[Received]:
    return [Received(number, "tg:1", {})]


async def test_who_comes_meanwhile_shares_the_next_transaction() -> None:
    shelf = Shelf()
    writer = InboxWriter(shelf.store, shelf.set_aside)
    puts = [asyncio.create_task(writer.put(one(number))) for number in range(5)]
    await asyncio.sleep(0)
    late = asyncio.create_task(writer.put(one(9)))
    for _ in range(3):
        await asyncio.sleep(0)
    assert not any(put.done() for put in puts), "nobody is told before it is stored"
    puts += [late, asyncio.create_task(writer.put(one(10)))]
    shelf.gate.set()
    await asyncio.gather(*puts)

    assert sorted(number for batch in shelf.batches for number in batch) == [0, 1, 2, 3, 4, 9, 10]
    assert len(shelf.batches) < len(puts)


async def test_everybody_hears_of_a_failure_and_the_next_try_is_a_new_one() -> None:
    shelf = Shelf()
    shelf.gate.set()
    shelf.error = ConnectionRefusedError()
    writer = InboxWriter(shelf.store, shelf.set_aside)
    results = await asyncio.gather(writer.put(one(1)), writer.put(one(2)), return_exceptions=True)
    assert [type(result) for result in results] == [ConnectionRefusedError] * 2

    shelf.error = None
    await writer.put(one(1))
    assert shelf.batches == [[1]]


async def test_who_stops_waiting_does_not_disturb_the_others() -> None:
    shelf = Shelf()
    writer = InboxWriter(shelf.store, shelf.set_aside)
    gone, stays = (asyncio.create_task(writer.put(one(number))) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    shelf.gate.set()
    await stays

    assert shelf.batches[0][0] == 1
    with pytest.raises(asyncio.CancelledError):
        gone.result()
