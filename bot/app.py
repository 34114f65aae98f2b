"""Composition root: wires everything from the settings; tests pass their own parts."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from random import Random, SystemRandom

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.catalogue.reference import ReferenceData, read_reference, utc_now
from actions.domain.understanding import Understands
from actions.storage.engine import make_engine, make_sessions
from actions.storage.files import Files
from actions.storage.vault import Vault
from bot.dependencies import Clock, Tools
from bot.jobs import Jobs
from bot.rate_limits import Limits
from bot.settings import Settings
from bot.telegram.inbound import PREFIX
from bot.telegram.service import Access, Telegram
from bot.telegram.webhook import PATH

STOP_WITHIN = 8.0


@dataclass
class Balai:
    """The service in one process; `telegram` is None without a token."""

    engine: AsyncEngine
    tools: Tools
    telegram: Telegram | None
    jobs: Jobs
    _clockwork: asyncio.Task[None] | None = field(default=None, init=False)

    def wake(self) -> None:
        """Look into the outbox now; the console calls it after each change."""
        if self.telegram is not None:
            self.telegram.outbox.wake()

    def routes(self) -> list[web.RouteDef]:
        """What Telegram calls on the web server; nothing without a token."""
        return [] if self.telegram is None else [web.post(PATH, self.telegram.webhook())]

    async def start(self) -> None:
        """Begin to receive, answer and send; raises TokenRefusedError."""
        if self.telegram is not None:
            await self.telegram.start()
        self._clockwork = asyncio.create_task(self.jobs.run(), name="jobs")

    async def stop(self, grace: float = STOP_WITHIN) -> None:
        """Finish what is under way, then close everything."""
        if self._clockwork is not None:
            self._clockwork.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._clockwork
        if self.telegram is not None:
            await self.telegram.stop(grace)
        await self.engine.dispose()


def build(
    settings: Settings,
    *,
    nlu: Understands,
    clock: Clock = utc_now,
    random: Random | None = None,
    reference: ReferenceData | None = None,
    files: Files | None = None,
    limits: Limits | None = None,
) -> Balai:
    """Wire the service; raises ProblemsError when data/ has mistakes."""
    vault = Vault(settings.secret())
    engine = make_engine(settings.database, vault, power_safe=settings.power_safe)
    group = settings.staff_group
    staff_chat = None if group is None else f"{PREFIX}{group}"
    tools = Tools(
        sessions=make_sessions(engine),
        reference=reference or read_reference(settings.data_dir, staff_chat=staff_chat),
        nlu=nlu,
        files=files or Files(settings.files_dir),
        clock=clock,
        random=random or SystemRandom(),
    )
    telegram = _telegram(settings, tools, vault, limits)
    wake = telegram.outbox.wake if telegram else _nothing
    return Balai(engine, tools, telegram, Jobs(tools, wake))


def _telegram(
    settings: Settings, tools: Tools, vault: Vault, limits: Limits | None
) -> Telegram | None:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    secret = settings.webhook_secret.get_secret_value() or vault.fingerprint("telegram webhook")
    access = Access(token, settings.telegram_api, settings.public_url, secret)
    usual = Limits.at_rate(settings.messages_per_second)
    return Telegram(tools, access, limits or usual)


def _nothing() -> None:
    """No outbox to wake: the terminal looks by itself."""
