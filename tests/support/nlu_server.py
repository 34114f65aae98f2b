"""A Rasa server that knows what the script says: `/model/parse` as Rasa answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web


class NluServer:
    """Answers on the loopback; anything that is not in the script is out of scope."""

    def __init__(self, script: Mapping[str, str]) -> None:
        self._script = dict(script)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        app.router.add_get("/status", self._status)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _status(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"num_active_training_jobs": 0})

    async def _parse(self, request: web.Request) -> web.StreamResponse:
        text = (await request.json())["text"]
        intent, *targets = self._script.get(text, "di_luar_cakupan").split()
        answer: dict[str, Any] = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.95},
            "intent_ranking": [{"name": intent, "confidence": 0.95}],
            "targets": [{"name": target, "confidence": 0.9} for target in targets],
            "entities": [],
        }
        return web.json_response(answer)
