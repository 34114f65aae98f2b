"""Requests of any kind, to every address of the web server, by nobody, an officer and an admin."""

from __future__ import annotations

from random import Random
from shutil import copyfile
from typing import Self

from aiohttp.test_utils import TestServer

from bot.console import make_console
from bot.telegram.inbound import PATH
from bot.web.channel import WebChannel
from tests.fuzz.requests import MARK, WEBHOOK_SECRET, Client
from tests.fuzz.tally import Fuzzer, Tally
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.database import LAMP, Database
from tests.support.databases import migrated, sqlite_url
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi

TRIES = 200
SET_ASIDE = "update set aside"
"""What may be logged of the webhook's updates, most of which Telegram would never send."""
NOT_READY = {"/siap": 503}
"""What may be answered: the bot of these tests never reached Telegram, and says so."""


class Http(Fuzzer):
    """Each round is a web server on a database with some cases, and people of each role."""

    async def __aenter__(self) -> Self:
        """One server for all, and what its database holds before each round."""
        self._place, self._first = self._folder / "balai.db", self._folder / "first.db"
        await migrated(sqlite_url(self._place))
        clock = Clock()
        self._bot = RunningBot(
            BotApi(clock),
            sqlite_url(self._place),
            self._folder,
            nlu=ScriptedNlu(),
            clock=clock,
            webhook_secret=WEBHOOK_SECRET,
        )
        balai = self._bot.balai
        for channel in balai.channels:
            if isinstance(channel, WebChannel):
                channel.room.worker.hold()  # what browsers send is stored, and no turn is taken
        routes = balai.routes()
        app = make_console(balai.deps, balai.wake, secure_cookies=False, others=routes)
        self._server = TestServer(app)
        await self._server.start_server()
        files = self._folder / "files"
        self._database = Database(balai.deps.sessions, balai.deps.reference, clock, files)
        await self._fill()
        await self._closed_database()
        copyfile(self._place, self._first)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the server."""
        await self._server.close()
        await self._bot.stop()

    async def _fill(self) -> None:
        picture = await self._database.picture(jpeg((40, 30)))
        case = await self._database.file(file=picture)
        await self._database.file("lampu_jalan", LAMP, chat="tg:2")
        await self._database.escalation(case=case)

    async def _closed_database(self) -> None:
        """Let the file hold everything: the last connection writes it back."""
        await self._bot.balai.engine.dispose()
        await self._bot.balai.deps.office.kw["bind"].dispose()

    async def round(self, random: Random, tally: Tally) -> None:
        """Requests of people who are new."""
        await self._closed_database()
        copyfile(self._first, self._place)
        client = Client(self._server, self._database, random)
        for _ in range(TRIES):
            await self._try(client, tally)
            if tally.is_done:
                break

    async def _try(self, client: Client, tally: Tally) -> None:
        request = await client.request()
        with tally.one(request.what):
            status, body = await client.send(request)
            tally.outcomes[f"{request.method[:8]} {status or 'closed'}"] += 1
            if status >= 500 and NOT_READY.get(request.path) != status:
                tally.fault(request.what, f"status {status}")
            if MARK.encode() in body:
                tally.fault(request.what, "what was sent stands in the page as it came")
        for line in self._watch.take():
            if request.path == PATH and line.startswith(SET_ASIDE):
                continue
            tally.fault(request.what, line)
