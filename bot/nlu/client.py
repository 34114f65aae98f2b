"""Asks the Rasa server; when it is down or slow, words carry on, and it comes back by itself.

No message and no crowd makes it slow: of a long message the server reads the beginning and the
end, and who finds many waiting is understood by words at once instead of after `timeout`.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

from actions.domain.understanding import Candidate, Entity, Understanding, Understands, Wish
from bot.nlu.kept import KeptAnswers
from bot.settings import Settings

log = logging.getLogger(__name__)

BEGINNING, ENDING = 700, 300
"""What is read of a message longer than both: what is wanted mostly stands in one of them."""
PLACED = ("entities", "wishes", "besides", "denied")
"""The parts of an answer that stand somewhere in the text."""
MOST_WAITING = 40
"""So many of the longest messages are answered within the usual timeout on one core."""
FAILURES_TO_OPEN = 3
RETRY_AFTER = 5.0


class Breaker:
    """Stops asking a server that failed several times in a row; tries again after a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server is left alone at this moment."""
        return self._clock() < self._open_until

    def succeeded(self) -> None:
        """Count an answer."""
        if self._failures >= FAILURES_TO_OPEN:
            log.info("nlu is back")
        self._failures = 0

    def failed(self) -> None:
        """Count a failure."""
        self._failures += 1
        if self._failures == FAILURES_TO_OPEN:
            log.warning("nlu does not answer, keywords carry on")
        if self._failures >= FAILURES_TO_OPEN:
            self._open_until = self._clock() + RETRY_AFTER


@dataclass(frozen=True, slots=True)
class RasaAddress:
    """Where a Rasa server answers, and the token that it wants, if it wants one."""

    url: str
    token: str = field(default="", repr=False)

    def to(self, path: str) -> URL:
        """The address of one of its resources."""
        url = URL(self.url.rstrip("/") + path)
        return url.with_query(token=self.token) if self.token else url


def address_in(settings: Settings) -> RasaAddress:
    """The server that NLU_URL names."""
    return RasaAddress(settings.nlu_url, settings.nlu_token.get_secret_value())


class RasaClient:
    """Understands by a Rasa server's HTTP API, else by `fallback`; asks nothing that is `kept`."""

    def __init__(
        self,
        address: RasaAddress,
        fallback: Understands,
        *,
        timeout: float,
        breaker: Breaker | None = None,
        kept: KeptAnswers | None = None,
    ) -> None:
        self._kept = kept
        self.move_to(address)
        self._fallback = fallback
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._breaker = breaker or Breaker()
        self._session: aiohttp.ClientSession | None = None
        self._waiting = 0

    def move_to(self, address: RasaAddress) -> None:
        """Ask the server there from now on."""
        self._url, self._status = address.to("/model/parse"), address.to("/status")
        if self._kept is not None:
            self._kept.forget()

    async def understand(self, text: str) -> Understanding:
        """Parse a text; never raises."""
        kept = self._kept.find(text) if self._kept is not None else None
        if kept is not None:
            return kept
        asked = self._url
        if self._breaker.is_open or self._waiting >= MOST_WAITING:
            return await self._fallback.understand(text)
        try:
            known = read_answer(text, await self._ask(shortened(text)))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.info("nlu failed", extra={"failure": type(error).__name__})
            self._breaker.failed()
            return await self._fallback.understand(text)
        self._breaker.succeeded()
        if self._kept is not None and asked == self._url:
            self._kept.keep(known)
        return known

    async def _ask(self, text: str) -> dict[str, Any]:
        self._waiting += 1
        try:
            async with self._connected().post(self._url, json={"text": text}) as response:
                response.raise_for_status()
                answer: dict[str, Any] = await response.json()
                return answer
        finally:
            self._waiting -= 1

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self._session

    async def fault(self) -> str:
        """What keeps the server from answering, in words; words carry on meanwhile."""
        try:
            async with self._connected().get(self._status) as response:
                if response.ok:
                    return ""
                refused = response.status == HTTPStatus.UNAUTHORIZED
                return "NLU_TOKEN is not its token" if refused else f"it answers {response.status}"
        except (aiohttp.ClientError, TimeoutError):
            return "it does not answer, so words carry on"

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            await asyncio.sleep(0)


def shortened(text: str) -> str:
    """What the server reads of a text: its beginning and its end, as two sentences."""
    if len(text) <= BEGINNING + ENDING:
        return text
    return f"{text[:BEGINNING]}\n{text[-ENDING:]}"


def read_answer(text: str, answer: dict[str, Any]) -> Understanding:
    """Make an Understanding of what /model/parse returns for `shortened` of the text.

    Raises KeyError or ValueError.
    """
    answer = _placed(answer, len(text)) if shortened(text) != text else answer
    ranking = answer["intent_ranking"] or [answer["intent"]]
    return Understanding(
        text=text,
        intents=tuple(_candidate(entry) for entry in ranking),
        targets=tuple(_candidate(entry) for entry in answer.get("targets", ())),
        entities=tuple(_entity(text, entry) for entry in answer.get("entities", ())),
        normalised=answer.get("normalised", ""),
        wishes=tuple(_wish(entry) for entry in answer.get("wishes", ())),
        besides=tuple(_wish(entry) for entry in answer.get("besides", ())),
        denied=tuple((int(part["start"]), int(part["end"])) for part in answer.get("denied", ())),
        roles={str(role): float(share) for role, share in answer.get("roles", {}).items()},
    )


def _placed(answer: dict[str, Any], length: int) -> dict[str, Any]:
    """The answer with places of the whole text; what reaches over the gap is nowhere in it."""
    end_at = BEGINNING + 1
    moved = length - ENDING - end_at

    def one(part: dict[str, Any]) -> dict[str, Any]:
        behind = moved if int(part["start"]) >= end_at else 0
        return {**part, "start": int(part["start"]) + behind, "end": int(part["end"]) + behind}

    kinds = {kind: answer.get(kind, ()) for kind in PLACED}
    whole = {
        kind: [one(p) for p in parts if p["end"] <= BEGINNING or p["start"] >= end_at]
        for kind, parts in kinds.items()
    }
    return {**answer, **whole}


def _candidate(entry: dict[str, Any]) -> Candidate:
    return Candidate(str(entry["name"]), float(entry["confidence"]))


def _entity(text: str, entry: dict[str, Any]) -> Entity:
    start, end = int(entry["start"]), int(entry["end"])
    return Entity(str(entry["entity"]), str(entry.get("value") or text[start:end]), start, end)


def _wish(entry: dict[str, Any]) -> Wish:
    target = entry.get("target")
    return Wish(
        Candidate(str(entry["intent"]), float(entry["confidence"])),
        Candidate(str(target), float(entry["target_confidence"])) if target else None,
        int(entry["start"]),
        int(entry["end"]),
    )
