"""The chat at the keyboard: what is typed is stored like an update, replies come by the outbox."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console

from actions.casework import outbox
from actions.casework.inbox import Received, newest
from actions.domain.messages import Reply
from bot.dependencies import Tools
from bot.inbox_worker import Turns
from bot.nlu.bringup import NluBringup, Stage
from bot.terminal.screen import Screen
from bot.terminal.source import CHAT, TerminalSource, payload_of

PROMPT = "» "
POLL_SECONDS = 0.5
LEASE = timedelta(seconds=10)
AT_ONCE = 20
LEAVE = {"/keluar", "/quit", "/exit"}


class TerminalChat:
    """One person, one chat; the conversation goes on where it was left."""

    def __init__(self, tools: Tools, console: Console, bringup: NluBringup | None = None) -> None:
        self._tools = tools
        self._bringup = bringup
        texts = tools.reference.texts
        hints = {kind: texts.plain(f"terminal.{kind}") for kind in ("kontak", "lokasi")}
        self._screen = Screen(console, hints)
        self._console = console
        self._news = asyncio.Event()
        self._turns = Turns(tools, TerminalSource(), self._news.set)

    async def run(self) -> None:
        """Read lines until the person leaves."""
        self._console.print(self._tools.reference.texts.plain("terminal.sambutan"), style="dim")
        post = asyncio.create_task(self._deliver())
        prompt: PromptSession[str] = PromptSession(
            bottom_toolbar=self._toolbar, refresh_interval=POLL_SECONDS
        )
        try:
            await self.say("/start")
            with patch_stdout(raw=True):
                while True:
                    line = await prompt.prompt_async(PROMPT)
                    if line.strip().casefold() in LEAVE:
                        return
                    await self.say(line)
        except (EOFError, KeyboardInterrupt):
            return
        finally:
            post.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await post
            await self._turns.stop(grace=5)

    def _toolbar(self) -> str | None:
        """How far the language model is; nothing once it is ready."""
        if self._bringup is None or self._bringup.stage is Stage.READY:
            return None
        key = f"terminal.nlu.{self._bringup.stage}"
        return self._tools.reference.texts.plain(
            key, tahap=self._bringup.progress.partition(" ")[0]
        )

    async def say(self, line: str) -> None:
        """Store a line, take its turn, and show the answer."""
        try:
            payload = payload_of(line, self._screen.buttons)
        except ValueError:
            payload = {"text": line}
        async with self._tools.sessions() as session:
            number = await newest(session, TerminalSource.name) + 1
        await self._turns.receive([Received(number, CHAT, payload)])
        await self._turns.idle()
        await self.show_waiting()

    async def _deliver(self) -> None:
        """Show what others write: officers, notices."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._news.wait()
            self._news.clear()
            await self.show_waiting()

    async def show_waiting(self) -> None:
        """Show and mark every message that waits for this chat."""
        while await self._show_some():
            pass

    async def _show_some(self) -> bool:
        now = self._tools.clock()
        async with self._tools.sessions.begin() as session:
            letters = await outbox.claim(session, CHAT, now=now, until=now + LEASE, limit=AT_ONCE)
            await outbox.mark_sent(session, [letter.id for letter in letters], now)
        for letter in letters:
            self._screen.show(Reply.from_json(letter.payload))
        return bool(letters)
