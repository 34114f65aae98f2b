"""What one citizen does, and what a bot that never crashed answers to it."""

from __future__ import annotations

import re
import string
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.catalogue.reference import utc_now
from tests.storage.pictures import jpeg
from tests.support.databases import migrated, sqlite_url
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent
from tests.support.visit import ANSWERS, FIRST_WORDS, UNDERSTOOD

CODE = re.compile(r"SMJ-\w{3}-\w{3}")
PHOTO = jpeg((60, 40))
SEND = "Kirim"
Step = Callable[[Person], Awaitable[object]]
Line = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Story:
    """Several visits of one citizen; who has a photo sends it at the last question."""

    number: int
    visits: int
    with_photo: bool

    def name(self, visit: int) -> str:
        """The name given in a visit, like no other."""
        letters = ""
        number = self.number * self.visits + visit
        for _ in range(4):
            number, rest = divmod(number, 26)
            letters += string.ascii_lowercase[rest]
        return f"Siti {letters.title()}"

    def steps(self) -> list[Step]:
        """Everything the citizen does, one after the other."""
        return [step for visit in range(self.visits) for step in self._visit(visit)]

    def _visit(self, visit: int) -> list[Step]:
        name = self.name(visit)
        answers: list[Step] = [_write(FIRST_WORDS), _write(name)]
        answers += [
            _tap(answer[0]) if isinstance(answer, tuple) else _write(answer)
            for answer in ANSWERS[1:-1]
        ]
        answers.append(_send_photo if self.with_photo else _tap(ANSWERS[-1][0]))
        return [*answers, _tap(SEND)]

    def line(self, sent: Sent) -> Line:
        """A message as it would be for anybody."""
        text = CODE.sub("{kode}", sent.text)
        for visit in range(self.visits):
            text = text.replace(self.name(visit), "{nama}")
        return text, sent.first_labels


def _write(text: str) -> Step:
    return lambda person: person.writes(text)


def _tap(label: str) -> Step:
    return lambda person: person.taps(label)


async def _send_photo(person: Person) -> object:
    return await person.sends_photo(PHOTO)


@dataclass(frozen=True, slots=True)
class Reference:
    """What comes after each step (`until[n]` lines in all after step n)."""

    lines: tuple[Line, ...]
    until: tuple[int, ...]


async def reference(story: Story) -> Reference:
    """Let a bot that nobody kills tell how the story goes."""
    with TemporaryDirectory() as folder:
        api = BotApi(utc_now)
        await api.start()
        url = sqlite_url(Path(folder) / "reference.db")
        await migrated(url)
        bot = RunningBot(api, url, Path(folder), nlu=ScriptedNlu(UNDERSTOOD), clock=utc_now)
        await bot.start()
        try:
            until = [count async for count in _play(bot.citizen(), story)]
            messages = bot.citizen().chat.messages
            return Reference(tuple(story.line(sent) for sent in messages), tuple(until))
        finally:
            await bot.stop()
            await api.stop()


async def _play(person: Person, story: Story) -> AsyncIterator[int]:
    for step in story.steps():
        await step(person)
        yield len(person.chat.messages)
