"""The trained model, served once for all live conversations."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp
import pytest

from bot.nlu_process import ROOT, NluMissingError, NluServer, free_port, python_of_nlu

MODELS = ROOT / "var" / "models"
START_WITHIN = 90.0
ASK_EVERY = 0.2


def newest_model() -> Path:
    """The model trained last; without one the test is skipped, in CI failed."""
    try:
        python_of_nlu()
    except NluMissingError:
        _missing("no environment of the NLU: run make install")
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        _missing("no trained model: run make train")
    return models[-1]


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


async def serve(folder: Path) -> NluServer:
    """Start the server on a free port, and wait until it answers."""
    server = NluServer(newest_model(), free_port(0), folder / "nlu.log")
    server.start()
    async with asyncio.timeout(START_WITHIN), aiohttp.ClientSession() as session:
        while not await _answers(session, f"{server.url}/version"):  # noqa: ASYNC110
            await asyncio.sleep(ASK_EVERY)
    return server


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.ok
    except aiohttp.ClientConnectionError:
        return False
