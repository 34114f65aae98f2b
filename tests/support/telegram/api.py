"""The fake Bot API over HTTP: polling, webhook, files, and answers that go wrong on demand."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

from tests.support.telegram import strict
from tests.support.telegram.faults import Fault, Faults
from tests.support.telegram.profile import Profile
from tests.support.telegram.screen import Refusal, Screen
from tests.support.telegram.world import Update, World

TOKEN = "4711:a-token-of-tests"
REPEAT_AFTER = 0.05
Params = dict[str, Any]


class BotApi:
    """Serves one bot; `world` is what people see, `faults` what goes wrong, `calls` a count."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.world = World(clock)
        self.profile = Profile()
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self.webhooks: list[str] = []
        self._secret = ""
        self._allowed: list[str] = []
        self._again: set[int] = set()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._poller: asyncio.Event | None = None
        self._posts: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None
        self.url = ""
        self._methods: dict[str, Callable[[Params], Awaitable[Any]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            **Screen(self.world).methods(),
            "setMyCommands": self.profile.set_commands,
            "setMyDescription": self.profile.set_description,
            "setMyShortDescription": self.profile.set_short,
        }

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback."""
        app = web.Application(client_max_size=2 * strict.MAX_DOCUMENT)
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self._serve)
        app.router.add_get(f"/file/bot{TOKEN}/{{file}}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close everything."""
        await self._end_posts()
        if self._poller is not None:
            self._poller.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = dict(await request.post())
        if request.content_type == "application/json":
            params = await request.json()
        self.calls[method] += 1
        fault = self.faults.next(method, params)
        if fault is not None and fault.hang:
            await asyncio.Event().wait()
        if fault is not None and not fault.after:
            return self._fail(request, fault)
        try:
            strict.check_call(method, params)
            result = await self._methods[method](params)
        except strict.BadRequest as error:
            self.world.violations.append(str(error))
            return _answer(400, str(error))
        except Refusal as refusal:
            return _answer(refusal.status, refusal.text)
        if fault is not None:
            return self._fail(request, fault)
        return web.json_response({"ok": True, "result": result})

    @staticmethod
    def _fail(request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.status == 0:
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        return web.json_response(fault.body(), status=fault.status)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.next("download", {})
        if fault is not None:
            return self._fail(request, fault)
        return web.Response(body=self.world.files[request.match_info["file"]])

    async def _get_me(self, _: Params) -> Any:
        return {"id": 4711, "is_bot": True, "first_name": "Balai", "username": "balai_bot"}

    async def _get_updates(self, params: Params) -> Any:
        if self.webhooks:
            raise Refusal(409, "can't use getUpdates method while webhook is active")
        if self._poller is not None:
            self._poller.set()
        self._poller = mine = asyncio.Event()
        self._confirm_until(int(params.get("offset", 0)))
        await self.world.note()
        await self._until_updates(float(params.get("timeout", 0)), mine)
        if mine.is_set():
            raise Refusal(409, "terminated by other getUpdates request")
        return self._take(int(params.get("limit", 100)), json.loads(params["allowed_updates"]))

    async def _until_updates(self, seconds: float, mine: asyncio.Event) -> None:
        world = self.world
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), world.changed:
                await world.changed.wait_for(lambda: bool(world.waiting) or mine.is_set())

    def _confirm_until(self, offset: int) -> None:
        """Forget what the bot has; what was given a second time is not given a third time."""
        for number in [u["update_id"] for u in self.world.waiting]:
            if number in self._again or (number < offset and number not in self.world.confirmed):
                self.world.confirm(number)
        self._again.clear()

    def _take(self, limit: int, allowed: list[str]) -> list[Update]:
        waiting = sorted(self.world.waiting, key=lambda update: int(update["update_id"]))
        given = [update for update in waiting if update.keys() & set(allowed)][:limit]
        numbers = {int(update["update_id"]) for update in given}
        self._again |= numbers & self.world.confirmed
        return given

    async def _set_webhook(self, params: Params) -> Any:
        await self._end_posts()
        self._secret = params.get("secret_token", "")
        self._allowed = json.loads(params["allowed_updates"])
        self.webhooks = [params["url"]] if params["url"] else []
        if self.webhooks:
            self._posts = asyncio.create_task(self._post_all())
        await self.world.note()
        return True

    async def _delete_webhook(self, _: Params) -> Any:
        await self._end_posts()
        self.webhooks = []
        return True

    async def _end_posts(self) -> None:
        if self._posts is not None:
            self._posts.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._posts
            self._posts = None

    async def _post_all(self) -> None:
        """Deliver to the webhook: chats beside each other, in order within a chat."""
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    for update in list(self.world.waiting):
                        self._begin_post(session, update)
                    async with self.world.changed:
                        await self.world.changed.wait_for(self._can_post)
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)
                self._busy.clear()

    def _begin_post(self, session: aiohttp.ClientSession, update: Update) -> None:
        chat = _chat_of(update)
        if chat not in self._busy and update.keys() & set(self._allowed):
            self._busy[chat] = asyncio.create_task(self._post(session, update))

    def _can_post(self) -> bool:
        """Whether a chat waits whose last update is delivered."""
        return any(_chat_of(update) not in self._busy for update in self.world.waiting)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Post one update until it is taken; several addresses take turns."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret}
        number = update["update_id"]
        for tries in count(number):
            url = self.webhooks[tries % len(self.webhooks)]
            try:
                async with session.post(url, json=update, headers=headers) as response:
                    taken = response.ok
            except (aiohttp.ClientError, TimeoutError):
                taken = False
            if taken:
                self.world.confirm(number)
                del self._busy[_chat_of(update)]
                await self.world.note()
                return
            await asyncio.sleep(REPEAT_AFTER)


def _answer(status: int, text: str) -> web.Response:
    return web.json_response(
        {"ok": False, "error_code": status, "description": text}, status=status
    )


def _chat_of(update: Update) -> int:
    inner = next(value for key, value in update.items() if key != "update_id")
    return int(inner.get("message", inner)["chat"]["id"])
