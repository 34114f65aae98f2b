"""Citizens in browsers among those of Telegram: they send a form again until it is taken."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import utc_now
from actions.storage.tables import Case, CaseEvent
from tests.crash.citizens import PATIENCE, Progress
from tests.crash.story import CODE, SEND, Story
from tests.support.databases import migrated, sqlite_url
from tests.support.nlu import ScriptedNlu
from tests.support.visit import ANSWERS, FIRST_WORDS, UNDERSTOOD
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen

AGAIN = 0.2
FIRST_NUMBER = 5000
"""Of their stories: names that nobody on Telegram has."""
OF_WEB = "web:%"
Line = tuple[str, tuple[str, ...]]
Act = tuple[str, str]


def acts_of(story: Story) -> list[Act]:
    """What a citizen does: "write" with words, or "tap" with the label of a button."""
    acts: list[Act] = []
    for visit in range(story.visits):
        acts += [("write", FIRST_WORDS), ("write", story.name(visit))]
        acts += [
            ("tap", answer[0]) if isinstance(answer, tuple) else ("write", answer)
            for answer in ANSWERS[1:]
        ]
        acts.append(("tap", SEND))
    return acts


class Player:
    """One browser; `faults` is what went otherwise than in the reference."""

    def __init__(
        self, number: int, base: str, expected: Sequence[Line], random: Random, visits: int = 2
    ) -> None:
        self.story = Story(FIRST_NUMBER + number, visits, with_photo=False)
        self.faults: list[str] = []
        self.seen: list[Line] = []
        self._base, self._expected, self._random = base, expected, random

    @property
    def steps(self) -> int:
        """How much there is to do."""
        return len(acts_of(self.story))

    async def play(self, progress: Progress) -> None:
        """Do every step when it is allowed, and send each form until it is taken."""
        acts = acts_of(self.story)
        jar, wait = CookieJar(unsafe=True), ClientTimeout(total=20)
        async with ClientSession(cookie_jar=jar, timeout=wait) as session:
            citizen = WebCitizen(session, self._base)
            for number, act in enumerate(acts):
                await progress.wait_for((number + self._random.random()) / len(acts))
                try:
                    async with asyncio.timeout(PATIENCE):
                        await self._do(citizen, act, number + 1)
                except TimeoutError:
                    self.faults.append(f"{self._who}: step {number} was not answered")
                    return
                progress.done += 1
            self.seen = [self._line(said.words, said.labels) for said in citizen.replies]
        if self.seen != list(self._expected):
            self.faults.append(f"{self._who}: {len(self.seen)} replies, not as in the reference")
        sent = sum(line.mine for line in citizen.lines)
        if sent != len(acts):
            self.faults.append(f"{self._who}: {sent} lines of {len(acts)} that were sent")

    async def _do(self, citizen: WebCitizen, act: Act, replies: int) -> None:
        kind, what = act
        await self._until(citizen, lambda: kind == "write" or what in citizen.buttons)
        form = citizen.prepare(what) if kind == "tap" else citizen.form() | {"teks": what}
        await self._taken(citizen, form)
        await self._until(citizen, lambda: len(citizen.replies) >= replies)

    async def _until(self, citizen: WebCitizen, true: Any) -> None:
        """Look at the page until it is so; while nobody answers, ask again."""
        while True:
            try:
                await citizen.open()
            except (ClientError, TimeoutError):
                await asyncio.sleep(AGAIN)
                continue
            if citizen.status == 200 and true():
                return
            await asyncio.sleep(AGAIN)

    async def _taken(self, citizen: WebCitizen, form: dict[str, str]) -> None:
        """Send the same form until somebody has taken it."""
        while True:
            with contextlib.suppress(ClientError, TimeoutError):
                await citizen.post(form)
                if citizen.status == 200:
                    return
            await asyncio.sleep(AGAIN)

    @property
    def _who(self) -> str:
        return f"browser {self.story.number}"

    def _line(self, words: str, labels: tuple[str, ...]) -> Line:
        """A line as it would be for anybody."""
        text = CODE.sub("{kode}", words)
        for visit in range(self.story.visits):
            text = text.replace(self.story.name(visit), "{nama}")
        return text, labels


async def reference(visits: int) -> list[Line]:
    """What a bot that nobody kills answers."""
    with TemporaryDirectory() as folder:
        url = sqlite_url(Path(folder) / "reference.db")
        await migrated(url)
        limits = {"chat_messages_per_minute": 100_000}
        nlu = ScriptedNlu(UNDERSTOOD)
        clock: Any = utc_now
        bot = WebBot(url, Path(folder), nlu=nlu, clock=clock, **limits)
        await bot.start()
        try:
            player = Player(0, bot.base, (), Random(0), visits)
            await player.play(Progress(allowed=1.0))
            return player.seen
        finally:
            await bot.stop()


async def faults(session: AsyncSession, players: Sequence[Player]) -> list[str]:
    """Requests of the browsers that were lost or doubled."""
    rows = (await session.scalars(select(Case).where(Case.chat.like(OF_WEB)))).all()
    names = Counter((row.answers.get("nama"), row.status) for row in rows)
    wanted = Counter(
        (player.story.name(visit), "diajukan")
        for player in players
        for visit in range(player.story.visits)
    )
    found = [f"browser's request missing: {name}" for name in (wanted - names).elements()]
    found += [f"browser's request too much: {name}" for name in (names - wanted).elements()]
    events = Counter((await session.scalars(select(CaseEvent.case_id))).all())
    found += [
        f"request {row.id} has {events[row.id]} events" for row in rows if events[row.id] != 1
    ]
    return found + [fault for player in players for fault in player.faults]
