"""Golden conversations, each on one running Balai and again with a restart between all turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.conftest import OpenDoor
from tests.support.golden.player import Player
from tests.support.golden.script import Script, read_scripts

SCRIPTS = read_scripts(Path(__file__).parent)
BY_NAME = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)


@BY_NAME
@pytest.mark.parametrize("rebuilding", [False, True], ids=["running", "rebuilt"])
async def test_conversation(script: Script, open_door: OpenDoor, *, rebuilding: bool) -> None:
    door = await open_door(script.start)
    await Player(script, door, rebuilding=rebuilding).play()
    assert door.complaints() == []
