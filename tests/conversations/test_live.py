"""The conversations marked `langsung`, again with the trained model in place of the script."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.nlu.client import RasaAddress, RasaClient
from tests.conversations.conftest import StartClient
from tests.conversations.test_conversations import SCRIPTS
from tests.support.golden.nlu import LiveNlu
from tests.support.golden.player import Player
from tests.support.golden.script import Script
from tests.support.nlu_inside import TRAIN_WITHIN
from tests.support.running_bot import keywords_of_tests

pytestmark = [
    pytest.mark.live_nlu,
    pytest.mark.xdist_group("live_nlu"),
    pytest.mark.timeout(TRAIN_WITHIN),
]
LIVE = [script for script in SCRIPTS if script.live]
PATIENCE = 10.0


@pytest.fixture
async def nlu(rasa_model: RasaAddress) -> AsyncIterator[RasaClient]:
    """The client that production uses."""
    client = RasaClient(rasa_model, keywords_of_tests(), timeout=PATIENCE)
    yield client
    await client.close()


@pytest.mark.parametrize("script", LIVE, ids=lambda script: script.id)
async def test_live_conversation(
    script: Script, start_client: StartClient, nlu: RasaClient
) -> None:
    client = await start_client(script.start, LiveNlu(nlu))
    await Player(script, client).play()
    assert client.complaints() == []
