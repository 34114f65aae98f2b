"""No child outlives the bot, however the bot ends."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from bot.nlu.process import HIDDEN, ROOT, environment, local_address

WITHIN = 60


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGABRT])
async def test_a_child_ends_with_its_parent(way: signal.Signals) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.support.parent_of_child"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    async with asyncio.timeout(WITHIN):
        assert await parent.stdout.readline() == b"running\n"
        parent.send_signal(way)
        await parent.wait()
        # The child writes there too: that it ends is what ends the pipe.
        assert await parent.stdout.read() == b""


def test_a_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = sorted(HIDDEN)
    for name in secrets:
        monkeypatch.setenv(name, "x")
    assert not environment().keys() & set(secrets)


def test_each_start_of_our_own_server_has_another_token() -> None:
    tokens = {local_address(0).token for _ in range(3)}
    assert len(tokens) == 3
    assert min(map(len, tokens)) >= 32
    assert not any(token in repr(local_address(0)) for token in tokens)
