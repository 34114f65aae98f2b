"""The stock Rasa assistant: trained from the project's own sentences, and run as Rasa says."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy.engine import make_url

from tests.bench.peers.conversation import HERE
from tests.bench.peers.environments import python_of
from tests.crash.process import INHERITED, ROOT, free_port

PROJECT = HERE / "rasa"
PIPELINES = ("diet", "light")
SENTENCES = (ROOT / "data" / "language" / "intents", ROOT / "data" / "complaints")
MOST = 200
"""Sentences of an intent: evenly chosen of those that we have."""
QUIET = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


@dataclass(frozen=True, slots=True)
class Assistant:
    """A running one: where it is spoken to, and its two processes."""

    url: str
    pids: tuple[int, int]


def sentences() -> dict[str, list[str]]:
    """What each intent of the domain is learnt from: the same sentences as ours."""
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    return {intent: _examples(intent) for intent in domain["intents"]}


def _examples(name: str) -> list[str]:
    file = next(file for folder in SENTENCES if (file := folder / f"{name}.yml").exists())
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    examples = [" ".join(str(one).split()) for one in data["contoh"]]
    return examples[:: -(-len(examples) // MOST)]


async def train(pipeline: str, folder: Path) -> Path:
    """The model of a pipeline; kept in the folder for the next run."""
    model = folder / f"{pipeline}.tar.gz"
    if model.exists():
        return model
    (folder / "nlu.yml").write_text(_training_file(), encoding="utf-8")
    process = await _start(
        folder / f"train-{pipeline}.log",
        *("-m", "rasa", "train", "--config", PROJECT / f"{pipeline}.yml"),
        *("--domain", PROJECT / "domain.yml", "--data", folder / "nlu.yml", PROJECT / "rules.yml"),
        *("--out", folder, "--fixed-model-name", pipeline),
    )
    assert await process.wait() == 0, (folder / f"train-{pipeline}.log").read_text()[-2000:]
    return model


def _training_file() -> str:
    nlu = [
        {"intent": intent, "examples": "".join(f"- {_plain(one)}\n" for one in examples)}
        for intent, examples in sentences().items()
    ]
    return str(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000))


def _plain(sentence: str) -> str:
    """Without the signs that mark entities in Rasa's format."""
    return sentence.translate(dict.fromkeys(map(ord, "[](){}"), " "))


@contextlib.asynccontextmanager
async def assistant(model: Path, url: str, folder: Path) -> AsyncIterator[Assistant]:
    """Core with its REST channel, and the action server, on one tracker store."""
    port, actions = free_port(), free_port()
    endpoints = folder / "endpoints.yml"
    store = {"type": "SQL", **_store(url)}
    hook = {"url": f"http://127.0.0.1:{actions}/webhook"}
    endpoints.write_text(yaml.safe_dump({"tracker_store": store, "action_endpoint": hook}))
    log = folder / "assistant.log"
    started = [
        await _start(log, "-m", "rasa_sdk", "--actions", "actions", "--port", actions),
        await _start(
            log,
            *("-m", "rasa", "run", "-i", "127.0.0.1", "--port", port, "--model", model),
            *("--credentials", PROJECT / "credentials.yml", "--endpoints", endpoints),
        ),
    ]
    try:
        server, other = (process.pid for process in started)
        yield Assistant(f"http://127.0.0.1:{port}/webhooks/rest/webhook", (server, other))
    finally:
        for process in started:
            await end(process)


def _store(url: str) -> dict[str, object]:
    """A database's address as Rasa's endpoints name it."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return {"dialect": "sqlite", "db": parts.database}
    return {
        "dialect": "postgresql",
        "url": parts.host,
        "port": parts.port,
        "db": parts.database,
        "username": parts.username or os.environ.get("PGUSER", "postgres"),
    }


async def end(process: asyncio.subprocess.Process) -> None:
    """SIGTERM, and harder when that is not heard."""
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(20):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _start(log: Path, *words: object) -> asyncio.subprocess.Process:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            python_of("rasa"),
            *map(str, words),
            cwd=log.parent,
            env={**inherited, **QUIET, "PYTHONPATH": str(PROJECT)},
            stdout=output,
            stderr=output,
            stdin=asyncio.subprocess.DEVNULL,
        )
