"""Nothing is acknowledged to Telegram before it lies in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import func, select

from actions.casework.inbox import Arrival
from actions.storage.tables import Inbox
from bot.inbox_worker import NotStoredError
from bot.telegram.inbound import (
    PATH,
    SECRET_HEADER,
    Batch,
    DurableQueue,
    UpdatesNotStoredError,
    chat_of,
)
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi

SECRET = "a webhook secret that Telegram knows"


class Shelf:
    """A database that can be away."""

    def __init__(self) -> None:
        self.away = False
        self.stored: list[int] = []
        self.tried = asyncio.Event()

    async def receive(self, received: Sequence[Arrival]) -> None:
        self.tried.set()
        if self.away:
            raise NotStoredError
        self.stored += [one.external_id or 0 for one in received]


async def stored(bot: RunningBot) -> int:
    async with bot.sessions() as session:
        return await session.scalar(select(func.count()).select_from(Inbox)) or 0


async def test_a_batch_is_stored_as_a_whole() -> None:
    shelf = Shelf()
    chat = {"id": 5, "type": "private"}
    updates = [{"update_id": n, "message": {"chat": chat}} for n in (7, 8)]

    await DurableQueue(shelf.receive).put(Batch(updates))

    assert shelf.stored == [7, 8]
    assert Batch(updates).update_id == 8


async def test_a_put_that_cannot_store_raises_what_the_updater_repeats() -> None:
    shelf = Shelf()
    shelf.away = True

    with pytest.raises(UpdatesNotStoredError):
        await DurableQueue(shelf.receive).put(Batch([{"update_id": 7, "poll": {}}]))


async def test_an_update_that_was_not_stored_is_not_acknowledged(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The updater asks for it again, and the citizen is answered when the database is back."""
    shelf = Shelf()
    shelf.away = True
    queue = bot.telegram.application.update_queue
    assert isinstance(queue, DurableQueue)
    receive = queue._receive
    monkeypatch.setattr(queue, "_receive", shelf.receive)
    citizen = bot.citizen()
    citizen._settle = None
    await citizen.writes("/start")
    await shelf.tried.wait()

    assert len(bot.api.world.waiting) == 1
    assert not bot.api.world.confirmed

    monkeypatch.setattr(queue, "_receive", receive)
    await bot.settle()
    assert bot.api.world.confirmed
    assert len(citizen.news) == 1


async def test_many_updates_of_one_call_are_all_answered(bot: RunningBot) -> None:
    people = [bot.citizen(600 + number) for number in range(12)]
    for person in people:
        person._settle = None
    await asyncio.gather(*(person.writes("/start") for person in people))
    await bot.settle()

    assert [len(person.news) for person in people] == [1] * 12


async def test_two_messages_in_a_row_are_answered_in_order(bot: RunningBot) -> None:
    citizen = bot.citizen()
    citizen._settle = None
    for words in ("menu", "bantuan", "menu"):
        await citizen.writes(words)
    await bot.settle()

    async with bot.sessions() as session:
        handled = (await session.scalars(select(Inbox).order_by(Inbox.external_id))).all()
    assert all(row.handled_at for row in handled)
    first, help_text, last = (message.text for message in citizen.chat.messages)
    assert "petugas otomatis" in help_text
    assert "petugas otomatis" not in first + last


async def test_what_waited_while_the_bot_was_down_is_answered_at_the_start(
    bot: RunningBot,
) -> None:
    await bot.stop()
    citizen = bot.citizen()
    citizen._settle = None
    await citizen.writes("/start")
    bot.balai = bot._build()
    await bot.start()
    await bot.settle()

    assert len(citizen.news) == 1


def test_an_update_of_a_kind_that_was_not_asked_for_has_no_chat() -> None:
    assert chat_of({"update_id": 1, "poll": {"id": "1"}}) is None
    assert chat_of({"update_id": 1, "message": {}}) is None
    pressed_long_ago = {"id": "1", "from": {"id": 4}}
    assert chat_of({"update_id": 1, "callback_query": pressed_long_ago}) == "tg:4"


class Webhook:
    """A bot behind a web server, as Telegram reaches it."""

    def __init__(self, bot: RunningBot, url: str) -> None:
        self.bot, self.url = bot, url

    async def post(self, body: bytes | str, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + PATH, data=body, headers=headers) as answer,
        ):
            return answer.status


@pytest.fixture
async def webhook(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[Webhook]:
    app = web.Application()
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    router = web.RouteTableDef()
    late: list[RunningBot] = []

    @router.post(PATH)
    async def handle(request: web.Request) -> web.StreamResponse:
        route = late[0].balai.routes()[0]
        return await route.handler(request)

    app.add_routes(router)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    bot = RunningBot(
        api, sqlite_database, tmp_path, nlu=nlu, clock=clock, public_url=url, webhook_secret=SECRET
    )
    late.append(bot)
    await bot.start()
    yield Webhook(bot, url)
    await bot.stop()
    await runner.cleanup()


async def test_a_citizen_is_answered_by_webhook(webhook: Webhook) -> None:
    citizen = webhook.bot.citizen()

    assert await citizen.writes("menu")
    assert await citizen.taps("Lapor masalah")
    assert webhook.bot.api.calls["getUpdates"] == 0


async def test_an_update_posted_twice_is_answered_once(webhook: Webhook) -> None:
    citizen = webhook.bot.citizen()
    await citizen.writes("menu")

    assert await citizen.again() == []


@pytest.mark.parametrize("secret", [None, "", "guessed", SECRET + "x", "ü"])
async def test_who_does_not_know_the_secret_is_turned_away(
    webhook: Webhook, secret: str | None
) -> None:
    body = '{"update_id": 1, "message": {"chat": {"id": 1}}}'

    assert await webhook.post(body, secret) == 403
    assert await stored(webhook.bot) == 0


@pytest.mark.parametrize(
    "body", ["", "[]", "{", "{}", '{"message": {"chat": {"id": 5}}}', b"\xff"]
)
async def test_what_is_no_update_is_refused(webhook: Webhook, body: bytes | str) -> None:
    status = await webhook.post(body)

    assert (status, await stored(webhook.bot)) in {(400, 0), (200, 0)}


async def test_what_cannot_be_stored_is_answered_with_503(
    webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    shelf.away = True
    monkeypatch.setattr(webhook.bot.telegram.mailbox.worker, "receive", shelf.receive)

    assert await webhook.post('{"update_id": 1, "message": {"chat": {"id": 1}}}') == 503


async def test_without_a_secret_of_its_own_the_key_makes_one(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> None:
    bot = RunningBot(
        api, sqlite_database, tmp_path, nlu=nlu, clock=clock, public_url="https://balai.example"
    )

    assert len(bot.telegram._access.secret) >= 32
    await bot.stop()
