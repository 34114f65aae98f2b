"""Starts everything: model, NLU server, database, bot, console; and ends it in good order."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator
from threading import Timer

from aiohttp import web
from rich.console import Console

from actions.casework import templates
from actions.catalogue.reference import ReferenceData
from actions.storage.migrate import migrate
from actions.storage.scrubber import weakness
from bot.app import Balai, build, reference_for
from bot.console.app import make_console
from bot.keys import unlock
from bot.logs import set_up_logs
from bot.nlu.bringup import NluBringup
from bot.nlu.client import RasaClient, address_in
from bot.nlu.kept import KeptAnswers
from bot.nlu.keywords import Keywords
from bot.settings import Settings
from bot.terminal import TerminalChannel
from bot.web.room import PATH

log = logging.getLogger(__name__)
COLLECT_AFTER = (10_000, 20, 20)
STOP_WITHIN = 8.0
ENDED_HARD = 1
WEB_PATIENCE = 1.0
"""Seconds for pages that are being answered."""
screen = Console(stderr=True, highlight=False)


async def run_everything(settings: Settings, *, terminal: bool) -> None:
    """Serve until stopped; without a token, and unless told otherwise, chat right here."""
    chats_here = terminal and not settings.telegram_token.get_secret_value()
    _set_up_logs(settings, chats_here=chats_here)
    here = screen if chats_here else None
    told = None if chats_here else _told_to_stop()
    async with _service(settings, here) as balai, _web(settings, balai):
        await (_chat(balai) if told is None else _until(told))
        _end_hard_after(STOP_WITHIN)


async def chat_here(settings: Settings) -> None:
    """Only the chat at the keyboard: no Telegram, no web server."""
    off = {"telegram_token": type(settings.telegram_token)(""), "web_chat": False}
    alone = settings.model_copy(update=off)
    _set_up_logs(settings, chats_here=True)
    async with _service(alone, screen) as balai:
        await _chat(balai)
        _end_hard_after(STOP_WITHIN)


async def _chat(balai: Balai) -> None:
    for channel in balai.channels:
        if isinstance(channel, TerminalChannel):
            await channel.chat()


def _end_hard_after(seconds: float) -> None:
    """End the process then, whatever hangs: what is not finished is done after the next start."""
    timer = Timer(seconds, os._exit, (ENDED_HARD,))
    timer.daemon = True
    timer.start()


def _set_up_logs(settings: Settings, *, chats_here: bool) -> None:
    """While a person chats here, the screen is theirs."""
    beside = settings.var_dir / "log" / "balai.log" if chats_here else None
    file = settings.log_file or beside
    set_up_logs(settings.log_level, file, as_json=settings.log_format == "json")


@contextlib.asynccontextmanager
async def _service(settings: Settings, here: Console | None) -> AsyncIterator[Balai]:
    """The bot with its NLU, started and, at the end, stopped; `here` is where to chat."""
    reference = reference_for(settings)
    if lacking := weakness():
        log.warning(lacking)
    await unlock(settings)
    async with _nlu(settings, reference) as (client, bringup):
        balai = build(settings, nlu=client, reference=reference, screen=here, bringup=bringup)
        await migrate(balai.engine)
        async with balai.deps.sessions.begin() as session:
            await templates.seed(session, reference, balai.deps.clock())
        await balai.start()
        _settle_memory()
        try:
            yield balai
        finally:
            await balai.stop()


def _settle_memory() -> None:
    """Look no more through what stays for ever: it held turns up for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@contextlib.asynccontextmanager
async def _nlu(
    settings: Settings, reference: ReferenceData
) -> AsyncIterator[tuple[RasaClient, NluBringup | None]]:
    """A client of the server that NLU_URL names, or of our own child process."""
    bringup = None if settings.nlu_url else NluBringup(settings)
    if bringup is not None:
        bringup.start()
    address = bringup.address if bringup else address_in(settings)
    keywords = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    kept = KeptAnswers(reference)
    client = RasaClient(address, keywords, timeout=settings.nlu_timeout, kept=kept)
    if bringup is not None:
        bringup.on_move = client.move_to
    try:
        yield client, bringup
    finally:
        await client.close()
        if bringup is not None:
            await bringup.stop()


@contextlib.asynccontextmanager
async def _web(settings: Settings, balai: Balai) -> AsyncIterator[None]:
    """The staff console, and Telegram's webhook beside it."""
    https = settings.public_url.startswith("https://")
    app = make_console(
        balai.deps,
        balai.wake,
        secure_cookies=https,
        proxies=settings.trusted_proxies,
        others=balai.routes(),
        bot_name=balai.bot_name,
        workshop=balai.workshop,
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=WEB_PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        _tell_addresses(settings)
    except OSError:
        screen.print(
            f"Port {settings.port} is taken, so there is no console. Set PORT to another one.",
            style="red",
            markup=False,
        )
        if settings.public_url and any(channel.routes() for channel in balai.channels):
            raise
    try:
        yield
    finally:
        await runner.cleanup()


def _tell_addresses(settings: Settings) -> None:
    """Where officers and citizens go in a browser."""
    address = f"http://{settings.host}:{settings.port}"
    screen.print(f"Console: {address}", markup=False)
    if settings.web_chat:
        screen.print(f"Web chat for citizens: {address}{PATH}", markup=False)


def _told_to_stop() -> asyncio.Event:
    """Set by a signal, also while the start is under way: what it began is ended in order."""
    told = asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            _end_hard_after(STOP_WITHIN)
        told.set()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop)
    return told


async def _until(told: asyncio.Event) -> None:
    log.info("balai is up")
    await told.wait()
    log.info("balai goes down")
