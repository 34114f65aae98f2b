"""Calls of the Bot API over aiohttp, which takes a third of the time that httpx does."""

import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

KEEP_ALIVE = 30.0


class AiohttpRequest(BaseRequest):
    """The library's way to Telegram; times are seconds."""

    def __init__(self, api: str, *, connections: int, read_timeout: float = 20.0) -> None:
        self._proxy = _proxy(api)
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the connections."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector, proxy=self._proxy, headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  one limit for both ways
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  part of connecting
    ) -> tuple[int, bytes]:
        """The status and the body; raises TimedOut and NetworkError without their words."""
        if self._session is None:
            raise RuntimeError("not initialised")
        limits = aiohttp.ClientTimeout(
            connect=_given(connect_timeout, self._read_timeout),
            sock_read=_given(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=limits
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; what cannot be read is not logged, since it may hold words."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError:
            raise TelegramError("unreadable answer") from None
        return answer


def _proxy(api: str) -> str | None:
    """The machine's proxy for this address; aiohttp would look it up in a thread each time."""
    address = urlsplit(api)
    if proxy_bypass(address.hostname or ""):
        return None
    return getproxies().get(address.scheme)


def _given(timeout: Any, otherwise: float) -> float | None:
    """A timeout of the call: None is no limit, the library's default is ours."""
    return otherwise if timeout is BaseRequest.DEFAULT_NONE else timeout


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
