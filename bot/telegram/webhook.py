"""The webhook: Telegram posts an update, and 200 says that it is stored."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.inbox_worker import NotStoredError
from bot.telegram.inbound import Receive, received

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_webhook(secret: str, receive: Receive) -> Handler:
    """The handler of `POST /telegram`; only who knows the secret gets past it."""

    async def webhook(request: web.Request) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            updates = received([json.loads(await request.read())])
        except (ValueError, KeyError, TypeError, AttributeError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await receive(updates)
        except NotStoredError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    return webhook
