"""The conversations marked `langsung`, again with the trained model in place of the script."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.nlu_client import RasaClient
from tests.conversations.conftest import OpenDoor, keywords
from tests.conversations.live import serve
from tests.conversations.test_conversations import SCRIPTS
from tests.support.golden.nlu import LiveNlu
from tests.support.golden.player import Player
from tests.support.golden.script import Script

pytestmark = [pytest.mark.live_nlu, pytest.mark.xdist_group("live_nlu")]
LIVE = [script for script in SCRIPTS if script.live]
PATIENCE = 10.0


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def model_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where the model answers."""
    server = await serve(tmp_path_factory.mktemp("nlu"))
    yield server.url
    await server.stop()


@pytest.fixture
async def model(model_url: str) -> AsyncIterator[RasaClient]:
    """The client that production uses."""
    client = RasaClient(model_url, keywords(), timeout=PATIENCE)
    yield client
    await client.close()


@pytest.mark.parametrize("script", LIVE, ids=lambda script: script.id)
async def test_live_conversation(script: Script, open_door: OpenDoor, model: RasaClient) -> None:
    door = await open_door(script.start, LiveNlu(model))
    await Player(script, door).play()
    assert door.complaints() == []
