"""Composition root: wires everything from the settings; tests pass their own parts."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom

from aiohttp import web
from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.catalogue.reference import ReferenceData, read_reference
from actions.domain.understanding import Understands
from actions.storage.engine import engine_beside, make_engine, make_sessions
from actions.storage.files import Files
from actions.storage.vault import Vault
from bot.channels import Channel
from bot.dependencies import REAL_CLOCKS, Clocks, Dependencies, end
from bot.health import Check, Health, Integrity, database_checks, disk_check, set_aside_count
from bot.jobs import Jobs
from bot.keys import read_vault
from bot.live_settings import refresh
from bot.nlu.bringup import NluBringup
from bot.nlu.client import RasaClient
from bot.nlu.workshop import Workshop
from bot.scrape import Scrape
from bot.settings import Settings
from bot.telegram.channel import Access, TelegramChannel
from bot.telegram.rate_limits import Limits
from bot.terminal import TerminalChannel
from bot.transcriber import transcriber_for
from bot.web.channel import WebChannel

STOP_WITHIN = 5.0


@dataclass
class Balai:
    """The service in one process."""

    engine: AsyncEngine
    deps: Dependencies
    channels: list[Channel]
    checks: dict[str, Check]
    metrics_token: str = field(default="", repr=False)
    workshop: Workshop | None = None
    jobs: Jobs = field(init=False)
    health: Health = field(init=False)
    scrape: Scrape = field(init=False)
    _jobs_task: asyncio.Task[None] | None = field(default=None, init=False)
    _looking: asyncio.Task[None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.jobs = Jobs(self.deps, self.wake)
        self._integrity = Integrity(self.engine)
        more = {channel.name: channel.fault for channel in self.channels}
        checks = {**self.checks, "integrity": self._integrity.check, **more}
        self.health = Health(checks, self.is_alive, set_aside_count(self.deps.office))
        findings = self.health.findings
        self.scrape = Scrape(self.deps.office, self.deps.clock, findings, self.metrics_token)

    def wake(self) -> None:
        """Look into the outbox now; the console calls it after each change."""
        for channel in self.channels:
            channel.wake()

    def routes(self) -> list[web.RouteDef]:
        """What machines call on the web server."""
        of_channels = (route for channel in self.channels for route in channel.routes())
        return [*of_channels, *self.health.routes(), *self.scrape.routes()]

    def bot_name(self) -> str:
        """The user name of the bot on Telegram; empty while it is not known."""
        found = (channel for channel in self.channels if isinstance(channel, TelegramChannel))
        return next((channel.handle for channel in found), "")

    def is_alive(self) -> bool:
        """Whether nothing has ended that runs until `stop`."""
        jobs = self._jobs_task is None or not self._jobs_task.done()
        return jobs and all(channel.is_alive() for channel in self.channels)

    async def start(self) -> None:
        """Begin to receive, answer and send; raises TokenRefusedError."""
        await refresh(self.deps)
        for channel in self.channels:
            await channel.start()
        self._jobs_task = asyncio.create_task(self.jobs.run(), name="jobs")
        self._looking = asyncio.create_task(self._integrity.look(), name="integrity")

    async def stop(self, grace: float = STOP_WITHIN) -> None:
        """Finish what is under way, as far as the time allows, then close everything."""
        await end(self._jobs_task)
        await end(self._looking)
        if self.workshop is not None:
            await self.workshop.stop()
        await asyncio.gather(*(channel.stop(grace) for channel in self.channels))
        await self.deps.office.kw["bind"].dispose()
        await self.engine.dispose()


def reference_for(settings: Settings) -> ReferenceData:
    """All of data/, with what an installation has set."""
    return read_reference(
        settings.data_dir,
        staff_chat=settings.staff_chat,
        limits=settings.chat_limits,
        console_url=settings.console_url or settings.public_url,
        public_list=settings.web_chat,
    )


def build(
    settings: Settings,
    *,
    nlu: Understands,
    clocks: Clocks = REAL_CLOCKS,
    random: Random | None = None,
    reference: ReferenceData | None = None,
    files: Files | None = None,
    screen: Console | None = None,
    bringup: NluBringup | None = None,
) -> Balai:
    """Wire the service; raises ProblemsError when data/ has mistakes.

    With a `screen` one chat is held there, which shows how far the `bringup` of the NLU is.
    """
    vault = read_vault(settings)
    engine = make_engine(settings.database, vault, power_safe=settings.power_safe)
    deps = Dependencies(
        sessions=make_sessions(engine),
        office=make_sessions(engine_beside(engine, power_safe=settings.power_safe)),
        reference=reference or reference_for(settings),
        nlu=nlu,
        files=files or Files(settings.files_dir, vault),
        clock=clocks.now,
        random=random or SystemRandom(),
        ticks=clocks.ticks,
        quiet_window=timedelta(seconds=settings.quiet_window),
        transcriber=transcriber_for(settings.whisper_model),
    )
    channels = list(_channels(settings, deps, vault))
    if screen is not None:
        channels.append(TerminalChannel(deps, screen, bringup))
    token = settings.metrics_token.get_secret_value()
    workshop = Workshop(settings, bringup) if bringup else None
    return Balai(engine, deps, channels, _checks(settings, deps), token, workshop)


def _channels(settings: Settings, deps: Dependencies, vault: Vault) -> Iterator[Channel]:
    """Every way to citizens from afar; a new one is added here."""
    if settings.telegram_token.get_secret_value():
        limits = Limits.at_rate(settings.messages_per_second)
        yield TelegramChannel(deps, _access(settings, vault), limits)
    if settings.web_chat:
        yield WebChannel(deps)


def _checks(settings: Settings, deps: Dependencies) -> dict[str, Check]:
    """What must be right for the service to be ready, besides its channels; one function each."""
    checks = database_checks(deps.sessions, deps.clock)
    checks["disk"] = disk_check(settings.var_dir)
    if isinstance(deps.nlu, RasaClient):
        checks["nlu"] = deps.nlu.fault
    return checks


def _access(settings: Settings, vault: Vault) -> Access:
    token = settings.telegram_token.get_secret_value()
    secret = settings.webhook_secret.get_secret_value() or vault.fingerprint("telegram webhook")
    return Access(token, settings.telegram_api, settings.public_url, secret)
