"""Citizens who go through the one conversation, at a bot on Telegram or at Rasa's REST channel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Protocol

import aiohttp

from tests.bench.peers.conversation import Step
from tests.bench.people import PATIENCE, Tally
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person


class Guest(Protocol):
    """One citizen at one bot."""

    async def say(self, words: str, step: Step) -> float:
        """The seconds until the reply; raises TimeoutError without one."""
        ...


class OnTelegram:
    """A citizen at the fake Bot API."""

    def __init__(self, api: BotApi, number: int) -> None:
        self._api = api
        self._person = Person(api, 100_000 + number)

    async def say(self, words: str, step: Step) -> float:
        """See Guest; what else the bot says besides the reply is not waited for."""
        messages = self._person.chat.messages
        seen, clock = len(messages), asyncio.get_running_loop().time
        started = clock()
        await self._person.writes(words)
        while True:
            for message in messages[seen:]:
                seen += 1
                if step.is_answered_by(message.text):
                    return message.shown - started
            left = started + PATIENCE - clock()
            await self._api.world.chat_grows(self._person.chat.id, seen, left)


class OverRest:
    """A citizen at Rasa's REST channel, which answers a message in the same request."""

    def __init__(self, session: aiohttp.ClientSession, url: str, number: int) -> None:
        self._session, self._url, self._sender = session, url, f"warga-{number}"

    async def say(self, words: str, step: Step) -> float:
        """See Guest."""
        clock = asyncio.get_running_loop().time
        started = clock()
        body = {"sender": self._sender, "message": words}
        async with (
            asyncio.timeout(PATIENCE),
            self._session.post(self._url, json=body) as response,
        ):
            response.raise_for_status()
            replies = await response.json()
        if not any(step.is_answered_by(reply.get("text", "")) for reply in replies):
            raise TimeoutError
        return clock() - started


class Place:
    """A place in the queue: who is through, or was not answered, makes way for the next."""

    def __init__(
        self,
        steps: tuple[Step, ...],
        numbers: Iterator[int],
        arrive: Callable[[int], Guest],
    ) -> None:
        self._steps, self._numbers, self._arrive = steps, numbers, arrive
        self._come_in()

    def _come_in(self) -> None:
        self._number, self._step = next(self._numbers), 0
        self._guest = self._arrive(self._number)

    async def next(self, tally: Tally) -> None:
        """Say the next thing and wait for its reply."""
        if self._step == len(self._steps):
            self._come_in()
        step = self._steps[self._step]
        self._step += 1
        try:
            waited = await self._guest.say(step.said_by(self._number), step)
        except (TimeoutError, aiohttp.ClientError):
            tally.silent += 1
            self._come_in()
            return
        tally.waits.append(waited)
