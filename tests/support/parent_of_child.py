"""Starts the idle child as the bot starts its own, and then does nothing more."""

from __future__ import annotations

import asyncio
import os
import sys

from bot.nlu.process import start_child


async def main() -> None:
    """Never return; the child writes where we do."""
    command = (sys.executable, "-m", "tests.support.idle_child")
    await start_child(command, output=sys.stdout.fileno(), env=os.environ)
    await asyncio.Event().wait()


asyncio.run(main())
