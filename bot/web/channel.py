"""The channel to browsers: what a page sends is stored like an update, replies become lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web

from actions.casework import web_chats, web_lines
from actions.casework.outbox import OutboxMessage
from actions.domain.bursts import Piece
from actions.domain.messages import (
    FileFault,
    FileKind,
    Incoming,
    Location,
    SentFile,
    StoredFile,
)
from bot.braking import file_is_too_much, message_is_too_much
from bot.channels import BlockedError, FetchError, OpenTurn, Part
from bot.dependencies import Dependencies
from bot.mailbox import Mailbox
from bot.web.listeners import Listeners
from bot.web.room import NAME, PROCESSES, Numbers, Room
from bot.web.routes import routes_of

SHOWN = ("text", "kind", "answers")
"""What the page shows of what was sent."""


class WebChannel:
    """Every chat that is held in a browser."""

    name = NAME

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._mailbox = Mailbox(deps, self)
        numbers = Numbers(deps.random.randrange(PROCESSES))
        listeners = Listeners(deps.sessions)
        self.room = Room(deps, self._mailbox.worker, listeners, numbers)

    def routes(self) -> list[web.RouteDef]:
        """The pages below /warga."""
        return routes_of(self.room)

    async def start(self) -> None:
        """Take up what waits."""
        async with self._deps.sessions() as session:
            await self.room.count_on(session)
        self._mailbox.start()

    async def stop(self, grace: float) -> None:
        """Finish the turns under way, and let the pages go."""
        await self.room.listeners.close()
        await self._mailbox.stop(grace)

    def wake(self) -> None:
        """Look into the outbox now."""
        self._mailbox.sender.wake()

    def is_alive(self) -> bool:
        """Whether worker and sender run."""
        return self._mailbox.is_alive()

    async def fault(self) -> str:
        """Nothing: who can ask a page can write."""
        return ""

    async def settle(self, within: float) -> None:
        """Wait until every turn under way is answered and the answers are shown."""
        await self._mailbox.settle(within)

    def piece(self, payload: Any) -> Piece | None:
        """What may have more behind it; a page without script shows the answer before that."""
        if payload.get("whole") or "button" in payload:
            return None
        return Piece(payload.get("text", ""), shares="kind" in payload)

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        """Show what was sent, and hand it to the dialogue, once."""
        shown = {key: payload[key] for key in SHOWN if payload.get(key)}
        at = datetime.fromisoformat(payload["at"])
        session, chat = turn.session, turn.chat
        number = await web_lines.note_sent(session, chat, payload["nonce"], shown, at)
        if number is None:
            return
        if "answers" in payload:
            line, place = map(int, payload["answers"].split("."))
            await web_lines.mark_chosen(session, chat, line, place)
        await web_chats.saw(session, chat, number, turn.now)
        words = payload.get("text") or ""
        if not await message_is_too_much(turn, words, at):
            await self._hear(turn, payload, at)

    async def _hear(self, turn: OpenTurn, payload: dict[str, Any], at: datetime) -> None:
        said = incoming(turn.chat, payload, at)
        if said.file is not None:
            if await file_is_too_much(turn, at):
                said = replace(said, file=None)
                if not said.text:
                    return
            kept = {**turn.fetched.files, payload["nonce"]: stored(payload["file"])}
            turn.fetched = replace(turn.fetched, files=kept)
        turn.hear(said)

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:  # noqa: ARG002  the protocol
        """Say that it could not be handled."""
        turn.say("umum.gangguan")

    async def fetch(self, file: SentFile) -> bytes:  # noqa: ARG002  the protocol
        """Nothing: what a page sends is checked and kept before it is stored."""
        raise FetchError

    def parts(self, message: OutboxMessage) -> Sequence[Part]:
        """Show the message."""
        return [partial(self._show, message)]

    async def _show(self, message: OutboxMessage) -> None:
        """Raises BlockedError for a chat that nobody can open any more."""
        async with self._deps.sessions.begin() as session:
            if not await web_chats.is_reachable(session, message.to):
                raise BlockedError
            await web_lines.deliver(session, message, self._deps.clock())
        self.room.listeners.wake(message.to)

    def pause(self, chat: str, payload: dict[str, Any]) -> float:  # noqa: ARG002  the protocol
        """A page has no limits."""
        return 0.0


def incoming(chat: str, payload: dict[str, Any], at: datetime) -> Incoming:
    """What was sent, as the dialogue takes it."""
    file, place = payload.get("file"), payload.get("location")
    kind = FileKind(payload["kind"]) if file else FileKind.PHOTO
    return Incoming(
        chat,
        at,
        chat,
        text=None if "button" in payload else payload.get("text"),
        button=payload.get("button"),
        file=SentFile(payload["nonce"], kind, file.get("size", 0)) if file else None,
        location=Location(*place) if place else None,
    )


def stored(file: dict[str, Any]) -> StoredFile | FileFault:
    """The file as it was kept, or why it was not."""
    if "fault" in file:
        return FileFault(file["fault"])
    place = Location(*file["place"]) if "place" in file else None
    return StoredFile(file["name"], file["mime"], file["size"], place=place)
