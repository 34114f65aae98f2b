"""Looks at everything an installation needs and says in plain words what is wrong and where."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from actions.catalogue.facts import doubts
from actions.catalogue.reading import Problem, ProblemsError
from actions.catalogue.reference import read_reference
from actions.catalogue.texts import Texts, UnknownTextError, read_texts
from actions.storage.engine import engine_at
from actions.storage.keys import KeyProblemError
from actions.storage.migrate import is_current
from actions.storage.scrubber import unread_sample, weakness
from bot.keys import unlock
from bot.nlu.client import RasaAddress, address_in
from bot.nlu.process import NluMissingError, python_of_nlu
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `fault` is empty when it is in order."""

    subject: str
    fault: str = ""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check catalogue and texts, database, files, model, Telegram's settings, one by one."""
    for step in (check_data, check_database, check_files, check_model, check_telegram):
        for finding in await step(settings):
            yield finding


async def check_data(settings: Settings) -> list[Finding]:
    """Every mistake in data/, explained."""
    try:
        reference = read_reference(settings.data_dir)
    except ProblemsError as error:
        return [Finding("data", line) for line in explain(error.problems, settings)]
    found = reference.catalogue
    services, complaints = len(found.services), len(found.complaints)
    what = f"{services} services, {complaints} complaints, {len(found.intents)} intents"
    return [Finding(f"data: {what}")]


def check_facts(settings: Settings, present: datetime) -> list[str]:
    """What nobody vouches for of what is said about services, explained; a list of work."""
    reference = read_reference(settings.data_dir)
    today = reference.today(present)
    found = tuple(doubts(settings.data_dir, reference.catalogue, today))
    return explain(found, settings)


def explain(problems: tuple[Problem, ...], settings: Settings) -> list[str]:
    """Mistakes in the words of data/texts/periksa.yml; bare when even that cannot be read."""
    try:
        texts = read_texts(settings.data_dir / "texts")
        return [_explained(problem, texts) for problem in problems]
    except (ProblemsError, UnknownTextError):
        return [str(problem) for problem in problems]


def _explained(problem: Problem, texts: Texts) -> str:
    fault = texts.plain(f"periksa.{problem.key}", 0, **problem.params)
    return texts.plain("periksa.tempat", berkas=problem.path, baris=problem.line, sebab=fault)


async def check_database(settings: Settings) -> list[Finding]:
    """Whether the key fits, the database answers and is migrated."""
    try:
        async with engine_at(settings.database, await unlock(settings)) as engine:
            current = await is_current(engine)
    except KeyProblemError as error:
        return [Finding("key", str(error))]
    except (SQLAlchemyError, OSError) as error:
        fault = f"does not answer ({type(error).__name__}); check DATABASE_URL"
        return [Finding("database", fault)]
    fault = "" if current else "is not up to date; run: python -m bot migrate"
    return [Finding("database", fault)]


async def check_files(_: Settings) -> list[Finding]:
    """Whether citizens' photos and documents can be read, and how well that is fenced in."""
    if kind := await unread_sample():
        return [Finding("files", f"not even the smallest one ({kind}) can be read")]
    return [Finding(f"files: {weakness() or 'read in a process that reaches nothing else'}")]


async def check_model(settings: Settings) -> list[Finding]:
    """Whether there is a server or a trained model to understand with."""
    if settings.nlu_url:
        return [await _answers(address_in(settings))]
    try:
        python_of_nlu()
    except NluMissingError:
        return [Finding("nlu", "its environment .venv-nlu is missing; run: make run")]
    if not list(settings.models_dir.glob("*.tar.gz")):
        return [Finding("nlu", "there is no trained model; run: python -m bot train")]
    return [Finding("nlu: model trained")]


async def _answers(address: RasaAddress) -> Finding:
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address.to("/status")) as response,
        ):
            if response.status == HTTPStatus.UNAUTHORIZED:
                return Finding("nlu", "NLU_TOKEN is not the one that the server at NLU_URL has")
            response.raise_for_status()
    except (aiohttp.ClientError, TimeoutError):
        return Finding("nlu", f"nothing answers at NLU_URL {address.url}")
    return Finding("nlu: server answers")


async def check_telegram(settings: Settings) -> list[Finding]:
    """Whether the settings for Telegram fit together; Telegram itself is not asked."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return [Finding("telegram: no token, the chat opens in the terminal")]
    if ":" not in token:
        return [Finding("telegram", "TELEGRAM_TOKEN does not look like a token of BotFather")]
    if settings.public_url and not settings.public_url.startswith("https://"):
        return [Finding("telegram", "PUBLIC_URL must begin with https://, Telegram wants it so")]
    return [Finding("telegram: token set, " + ("webhook" if settings.public_url else "polling"))]
