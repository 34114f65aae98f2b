"""What runs in the NLU's own environment: small programs, the training, the server."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.nlu.process import (
    ROOT,
    NluMissingError,
    NluServer,
    RasaAddress,
    environment,
    local_address,
    python_of_nlu,
)

TRAIN_WITHIN = 800
START_WITHIN = 180.0
ASK_EVERY = 0.2


def python() -> Path:
    """The NLU's Python; without it the test is skipped, in CI failed."""
    try:
        return python_of_nlu()
    except NluMissingError:
        reason = "no environment of the NLU: run make test"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def inside(program: str, given: object) -> Any:
    """Run a program on the NLU's Python: `given` is JSON on its input, the answer JSON too."""
    return json.loads(_output("-W", "ignore", "-c", program, given=json.dumps(given)))


def trained_model() -> Path:
    """The model of today's data in var/models, trained first where it is missing."""
    last = _output("-W", "ignore", "-m", "nlu.train").splitlines()[-1]
    return Path(last.removeprefix("model "))


def evaluated(model: Path, folder: Path) -> dict[str, Any]:
    """What `nlu.evaluate report` says of a model, without the sentences written elsewhere."""
    arguments = ("--model", model, "--out", folder, "--datasets", folder / "none")
    _output("-W", "ignore", "-m", "nlu.evaluate", "report", *arguments)
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


async def serve(model: Path, folder: Path) -> NluServer:
    """Start a server on a free port, with the oddest of tokens, and wait until it answers."""
    address = RasaAddress(local_address(0).url, "-t" + secrets.token_urlsafe(32))
    server = NluServer(model, address, folder / "nlu.log")
    server.start()
    async with asyncio.timeout(START_WITHIN), aiohttp.ClientSession() as session:
        while not await _answers(session, server.address.to("/version")):  # noqa: ASYNC110
            await asyncio.sleep(ASK_EVERY)
    return server


async def _answers(session: aiohttp.ClientSession, url: URL) -> bool:
    try:
        async with session.get(url) as response:
            return response.ok
    except aiohttp.ClientConnectionError:
        return False


def _output(*arguments: str | Path, given: str | None = None) -> str:
    done = subprocess.run(
        [python(), *arguments],
        cwd=ROOT,
        env=environment(),
        input=given,
        capture_output=True,
        text=True,
        timeout=TRAIN_WITHIN,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
