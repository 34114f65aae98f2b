"""The channel at the keyboard: what is typed is stored like an update, replies are printed.

Buttons are pressed by their number or their label.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from actions.casework.inbox import Received, newest
from actions.casework.messages import without_markup
from actions.casework.outbox import OutboxMessage
from actions.domain.messages import Contact, FileKind, Incoming, Location, Reply, SentFile
from bot.channels import FetchError, OpenTurn, Part
from bot.dependencies import Dependencies
from bot.mailbox import Mailbox
from bot.nlu.bringup import NluBringup, Stage

NAME = "term"
CHAT = f"{NAME}:warga"
SUFFIXES = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic"), FileKind.PHOTO),
    **dict.fromkeys((".ogg", ".oga", ".opus"), FileKind.VOICE),
}
PROMPT = "» "
REFRESH_SECONDS = 0.5
SHOWN_WITHIN = 10.0
LEAVE = {"/keluar", "/quit", "/exit"}
BOLD = re.compile(r"<b>((?:(?!<b>).)*?)</b>", re.DOTALL)
ITALIC = re.compile(r"<i>((?:(?!<i>).)*?)</i>", re.DOTALL)


class TerminalChannel:
    """One person, one chat; the conversation goes on where it was left."""

    name = NAME

    def __init__(
        self, deps: Dependencies, console: Console, bringup: NluBringup | None = None
    ) -> None:
        self._deps, self._console, self._bringup = deps, console, bringup
        self._texts = deps.reference.texts
        self._mailbox = Mailbox(deps, self)
        self._buttons: dict[str, str] = {}

    def routes(self) -> list[web.RouteDef]:
        """Nobody calls."""
        return []

    async def start(self) -> None:
        """Take turns and print replies, also those of officers."""
        self._mailbox.start()

    async def stop(self, grace: float) -> None:
        """Finish the turn under way."""
        await self._mailbox.stop(grace)

    def wake(self) -> None:
        """Look into the outbox now."""
        self._mailbox.sender.wake()

    def is_alive(self) -> bool:
        """Whether worker and sender run."""
        return self._mailbox.is_alive()

    async def fault(self) -> str:
        """Nothing: whoever sits here sees for themselves."""
        return ""

    async def chat(self) -> None:
        """Read lines until the person leaves."""
        self._console.print(self._texts.plain("terminal.sambutan"), style="dim")
        prompt: PromptSession[str] = PromptSession(
            bottom_toolbar=self._toolbar, refresh_interval=REFRESH_SECONDS
        )
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            await self.say("/start")
            with patch_stdout(raw=True):
                while (line := await prompt.prompt_async(PROMPT)).strip().casefold() not in LEAVE:
                    await self.say(line)

    def _toolbar(self) -> str | None:
        """How far the language model is; nothing once it is ready."""
        if self._bringup is None or self._bringup.stage is Stage.READY:
            return None
        step = self._bringup.progress.partition(" ")[0]
        return self._texts.plain(f"terminal.nlu.{self._bringup.stage}", tahap=step)

    async def say(self, line: str) -> None:
        """Store a line, take its turn, and show the answer."""
        try:
            payload = payload_of(line, self._buttons)
        except ValueError:
            payload = {"text": line}
        async with self._deps.sessions() as session:
            number = await newest(session, NAME) + 1
        await self._mailbox.worker.receive([Received(number, CHAT, payload)])
        await self._mailbox.settle(SHOWN_WITHIN)

    def piece(self, payload: Any) -> None:  # noqa: ARG002  the protocol
        """Nothing: whoever types here has ended the line."""
        return

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        """Hand one stored line to the dialogue."""
        turn.hear(incoming(payload, turn.now))

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:  # noqa: ARG002  the protocol
        """Say that the line could not be handled."""
        turn.say("umum.gangguan")

    async def fetch(self, file: SentFile) -> bytes:
        """Read a file of this machine."""
        try:
            return Path(file.ref).read_bytes()  # noqa: ASYNC240  a local file at a keyboard
        except OSError as error:
            raise FetchError from error

    def parts(self, message: OutboxMessage) -> Sequence[Part]:
        """Print the message."""
        return [partial(self._show, Reply.from_json(message.payload))]

    def pause(self, chat: str, payload: dict[str, Any]) -> float:  # noqa: ARG002  the protocol
        """A screen has no limits."""
        return 0.0

    async def _show(self, reply: Reply) -> None:
        """Print a message with its buttons, and remember those."""
        self._console.print()
        self._console.print(Padding(Text.from_markup(rich_markup(reply.text)), (0, 0, 0, 2)))
        if reply.file is not None:
            told = self._texts.plain("terminal.berkas", nama=reply.file.called)
            self._console.print(f"  {told}", style="dim", markup=False)
        if reply.hand_over is not None:
            given = reply.hand_over
            told = self._texts.plain("terminal.tanda_terima", kode=given.code, pin=given.pin)
            self._console.print(f"  {told}", style="dim", markup=False)
        if reply.buttons:
            self._buttons = {}
        number = 0
        for row in reply.buttons:
            line = Text("  ")
            for button in row:
                number += 1
                self._buttons |= {str(number): button.data, button.label.casefold(): button.data}
                line.append(f" {number} ", style="bold reverse").append(f" {button.label}   ")
            self._console.print(line)
        if reply.ask is not None:
            hint = self._texts.plain(f"terminal.{reply.ask}")
            self._console.print(f"  {hint}", style="dim", markup=False)


def rich_markup(text: str) -> str:
    """The tags of a reply as rich's markup; everything else stays literal."""
    marked = BOLD.sub("\x01\\1\x02", ITALIC.sub("\x03\\1\x02", text))
    plain = escape(without_markup(marked))
    return plain.replace("\x01", "[bold]").replace("\x03", "[dim]").replace("\x02", "[/]")


def payload_of(line: str, buttons: Mapping[str, str]) -> dict[str, Any]:
    """What a typed line is: a button's number or label, a command, or words."""
    said = line.strip()
    pressed = buttons.get(said.casefold())
    if pressed is not None:
        return {"button": pressed}
    command, _, rest = said.partition(" ")
    if command == "/foto" and rest:
        return {"file": str(Path(rest).expanduser())}
    if command == "/lokasi" and "," in rest:
        latitude, longitude = rest.split(",", 1)
        return {"location": [float(latitude), float(longitude)]}
    if command == "/kontak" and rest:
        return {"contact": rest}
    return {"text": line}


def incoming(payload: dict[str, Any], now: datetime) -> Incoming:
    """The stored line as the dialogue takes it."""
    return Incoming(
        chat=CHAT,
        at=now,
        sender=CHAT,
        text=payload.get("text"),
        button=payload.get("button"),
        file=_file(payload.get("file")),
        location=Location(*payload["location"]) if "location" in payload else None,
        contact=Contact(payload["contact"], own=True) if "contact" in payload else None,
    )


def _file(path: str | None) -> SentFile | None:
    if path is None:
        return None
    file = Path(path)
    size = file.stat().st_size if file.exists() else 0
    return SentFile(path, SUFFIXES.get(file.suffix.lower(), FileKind.DOCUMENT), size)
