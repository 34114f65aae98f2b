"""What Telegram, or somebody who speaks in its name, should never send."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from yarl import URL

from actions.casework import quarantine
from bot.telegram.inbound import PATH, SECRET_HEADER, Batch, arrivals
from tests.support.running_bot import RunningBot
from tests.telegram.test_receiving import SECRET, Webhook, stored, webhook  # noqa: F401  a fixture

HALF = "\ud800"
TRIES, LONGEST_WAIT = 3, timedelta(seconds=15)
"""How often a turn is tried again, and a wait that is longer than any before that."""
PRIVATE = {"id": 5, "type": "private", "first_name": "Warga"}
SENDER = {"id": 5, "is_bot": False, "first_name": "Warga"}


def message(text: str = "menu", **more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": PRIVATE, "from": SENDER, "text": text} | more


async def set_aside(bot: RunningBot) -> int:
    async with bot.sessions() as session:
        return await quarantine.count(session)


BAD: list[tuple[str, Any]] = [
    ("message", message(HALF)),
    ("message", None),
    ("message", message(chat=None, **{"from": None}) | {"chat": "halo"}),
    ("message", message(chat=PRIVATE | {"id": 2**63})),
    ("message", message(chat=PRIVATE | {"id": float("nan")})),
    ("callback_query", []),
]


@pytest.mark.parametrize(("kind", "content"), BAD)
async def test_a_bad_update_stops_nobody_who_polls_with_it(
    bot: RunningBot, kind: str, content: Any
) -> None:
    people = [bot.citizen(600), bot.citizen(601)]
    for person in people:
        person._settle = None
    await people[0].writes("menu")
    await bot.api.world.happen(kind, content)
    await people[1].writes("menu")
    await bot.settle()

    assert [len(person.news) for person in people] == [1, 1]
    assert await set_aside(bot) == 1


async def test_a_button_below_no_message_is_answered(bot: RunningBot) -> None:
    bot.api.world.chat(5).open = True
    query = bot.api.world.new_query()
    pressed = {"id": query.id, "from": SENDER, "chat_instance": "1", "data": "menu:menu"}
    await bot.api.world.happen("callback_query", pressed | {"message": None})
    await bot.settle()

    assert await set_aside(bot) == 0
    assert len(bot.api.world.chat(5).messages) == 1


async def test_a_date_that_no_calendar_has_is_set_aside_and_the_chat_goes_on(
    bot: RunningBot,
) -> None:
    person = bot.citizen(5)
    await bot.api.world.happen("message", message(date=2**53))
    await bot.settle()
    for _ in range(TRIES):
        bot.clock.move(LONGEST_WAIT)
        bot.telegram.mailbox.worker.wake("tg:5")
        await bot.settle()

    assert await set_aside(bot) == 1
    assert len(await person.writes("menu")) == 1


def test_a_batch_is_confirmed_by_its_highest_number() -> None:
    assert Batch([{"update_id": 7}, {"update_id": float("nan")}]).update_id == 7
    assert arrivals([{"update_id": 8, "poll": {"id": "1"}}]) == []


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": message(HALF)},
        {"update_id": float("nan"), "message": message()},
        {"update_id": 2**63, "message": message()},
        {"update_id": "1", "message": message()},
        {"update_id": 1, "message": None},
    ],
)
async def test_a_webhook_says_that_it_has_what_it_set_aside(
    webhook: Webhook,  # noqa: F811
    update: dict[str, Any],
) -> None:
    assert await webhook.post(json.dumps(update)) == 200
    assert (await stored(webhook.bot), await set_aside(webhook.bot)) == (0, 1)


async def test_the_others_of_a_burst_of_webhooks_are_taken(webhook: Webhook) -> None:  # noqa: F811
    bad = {3, 7}
    bodies = [
        json.dumps({"update_id": n, "message": message(HALF if n in bad else "menu")})
        for n in range(1, 11)
    ]
    assert await asyncio.gather(*map(webhook.post, bodies)) == [200] * 10
    assert (await stored(webhook.bot), await set_aside(webhook.bot)) == (8, 2)


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"update_id":' * 50_000, "null", "7", '{"update_id": 1', "NaN"]
)
async def test_a_webhook_refuses_what_is_no_update(webhook: Webhook, body: str) -> None:  # noqa: F811
    assert await webhook.post(body) == 400
    assert (await stored(webhook.bot), await set_aside(webhook.bot)) == (0, 0)


async def test_bytes_that_are_no_text_know_no_secret(webhook: Webhook) -> None:  # noqa: F811
    url = URL(webhook.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{SECRET_HEADER}: "
    writer.write(head.encode() + b"\xff" + SECRET.encode() + b"\r\n\r\n{}")
    status = (await reader.readline()).split()[1]
    writer.close()
    await writer.wait_closed()

    assert status in {b"400", b"403"}
