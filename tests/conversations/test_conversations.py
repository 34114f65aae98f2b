"""Golden conversations, each on one running Balai and again with a restart between all turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.conftest import StartClient
from tests.support.golden.player import Player
from tests.support.golden.script import Script, read_scripts

SCRIPTS = read_scripts(Path(__file__).parent)
LONGEST = {script.path.parent: script for script in sorted(SCRIPTS, key=lambda s: len(s.steps))}
"""Of each folder the one with most steps."""
BY_NAME = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)


@BY_NAME
@pytest.mark.parametrize("rebuilding", [False, True], ids=["running", "rebuilt"])
async def test_conversation(
    script: Script, start_client: StartClient, *, rebuilding: bool
) -> None:
    client = await start_client(script.start)
    await Player(script, client, rebuilding=rebuilding).play()
    assert client.complaints() == []
    assert await client.walks() == ""


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("script", LONGEST.values(), ids=lambda script: script.id)
async def test_conversation_on_postgres(script: Script, start_client: StartClient) -> None:
    client = await start_client(script.start)
    await Player(script, client).play()
    assert await client.walks() == ""
