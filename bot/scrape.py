"""`/metrics` for Prometheus: with a token, or without one from this machine alone."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from yarl import URL

from actions.casework import inbox, outbox
from actions.casework.queues import count_by_status
from actions.storage.engine import Sessions, reading
from bot.dependencies import Clock
from bot.metrics import CASES, CHECKS, OLDEST, REGISTRY, WAITING

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""What a proxy adds: behind one, everybody seems to be on this machine."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
COUNT_EVERY = 60.0

Findings = Callable[[], Awaitable[dict[str, str]]]


class Scrape:
    """Answers Prometheus; what the database knows is looked up then."""

    def __init__(self, sessions: Sessions, clock: Clock, findings: Findings, token: str) -> None:
        self._sessions, self._clock = sessions, clock
        self._findings, self._token = findings, token
        self._counted_until = 0.0

    def routes(self) -> list[web.RouteDef]:
        """For a machine."""
        return [web.get("/metrics", self._metrics)]

    async def _metrics(self, request: web.Request) -> web.Response:
        if not _may_read(request, self._token):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        for check, fault in (await self._findings()).items():
            CHECKS.labels(check).set(not fault)
        try:
            async with reading(self._sessions) as session:
                await self._look(session)
        except (SQLAlchemyError, OSError):
            self._forget()
        headers = {"Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=generate_latest(REGISTRY), headers=headers)

    def _forget(self) -> None:
        """Show rather nothing of what the database knows than what was true before."""
        for gauge in (OLDEST, WAITING, CASES):
            gauge.clear()
        self._counted_until = 0.0

    async def _look(self, session: AsyncSession) -> None:
        for name, queue in (("inbox", inbox), ("outbox", outbox)):
            since = await queue.oldest_waiting(session)
            age = (self._clock() - since).total_seconds() if since else 0.0
            OLDEST.labels(name).set(max(age, 0.0))
            WAITING.labels(name).set(await queue.count_waiting(session))
        await self._count_cases(session)

    async def _count_cases(self, session: AsyncSession) -> None:
        """Now and then: it reads a whole index."""
        loop_now = asyncio.get_running_loop().time()
        if loop_now < self._counted_until:
            return
        CASES.clear()
        for status, count in (await count_by_status(session)).items():
            CASES.labels(status).set(count)
        self._counted_until = loop_now + COUNT_EVERY


def _may_read(request: web.Request, token: str) -> bool:
    if token:
        given = request.headers.get("Authorization", "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    forwarded = any(name in request.headers for name in FORWARDED)
    return not forwarded and _is_local(request.remote) and _host(request) in LOCAL_NAMES


def _is_local(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def _host(request: web.Request) -> str:
    try:
        return URL(f"http://{request.host}").host or ""
    except ValueError:
        return ""
