"""Requests as no well-behaved client would send them, written byte by byte."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from random import Random
from urllib.parse import quote, urlencode

from aiohttp.test_utils import TestServer

from actions.casework.staff import Role
from actions.casework.staff_sessions import csrf_of
from bot.console.cookies import LOGIN_PROOF, SESSION
from bot.console.render import HERE
from bot.console.routes import ROUTES
from bot.telegram.inbound import SECRET_HEADER
from bot.web.door import OPEN
from bot.web.routes import TABLE
from tests.fuzz import odd
from tests.support.database import Database

PATIENCE = 10.0
WEBHOOK_SECRET = "a-secret-of-the-webhook-of-the-tests"
MACHINES = (("POST", "/telegram"), ("GET", "/sehat"), ("GET", "/siap"), ("GET", "/metrics"))
MARK = '<fz onload="x">'
FIELDS = sorted(
    {
        name
        for page in (HERE / "templates").glob("*.html")
        for name in re.findall(r'name="(\w+)"', page.read_text(encoding="utf-8"))
    }
    | {"hal", "lanjut", "arti", "jenis", "unit", "terlambat", "semua"}
)
PAGES = tuple(route for route in ROUTES if route.name != "kabar")
"""All but the stream, which has no end."""
WEB = tuple(entry for entry in TABLE if not entry[1].endswith("/aliran"))
WEB_FIELDS = ("teks", "pilih", "lokasi", "kunci", "kode", "bersama", "contoh", "sebelum")
NUMBERS = ("1", "2", "3", "0", "999", "9" * 15, "9" * 16, "-1", "x", "%00", "..%2f..%2f", "٣")
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X" * 40, "get")
PATHS = (
    *("/static/../../secret.key", "/static/%2e%2e/%2e%2e/.env", "//evil.example/", "/%ff", "*"),
    *("/" + "a" * 7000, "/permohonan/1/berkas/" + "9" * 15, "/?" + "a=1&" * 900, "/\0", "/;"),
)
CHUNKED = "Transfer-Encoding: chunked"
HEADERS = (
    *("Origin: https://evil.example", "Origin: null", "Origin: [", "Sec-Fetch-Site: cross-site"),
    *("Host: evil.example", "Host: [", "X-Forwarded-For: 1.2.3.4", "Accept-Encoding: gzip, x"),
    *("Cookie: \xff=\xff", "Cookie: balai_kabar=<fz>", "Cookie: balai_sesi=" + "a" * 4000),
    *(
        "If-None-Match: *",
        "If-Modified-Since: never",
        "Range: bytes=0-,-5",
        "Expect: 100-continue",
    ),
    *(
        "Content-Encoding: gzip",
        "Upgrade: websocket",
        "Transfer-Encoding: chunked",
        "X: " + "y" * 9000,
    ),
    *("Accept-Language: \xc3\xa9", "Referer: http://x/\x7f", "Authorization: Bearer \xff", ": "),
)
TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"),
    *("application/json", "multipart/form-data", "application/x-www-form-urlencoded; charset=x"),
)
UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "text": "menu",
        "chat": {"id": 5, "type": "private", "first_name": "W"},
        "from": {"id": 5, "is_bot": False, "first_name": "W"},
    },
}
NOISES = (*(b"--b\r\n", b"[" * 9000, b"\x1f\x8b", b"a=" + b"b" * 300_000, b"%", b"--b--", b"=&"),)
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes over the line; `whole` says that nothing of it is missing."""

    method: str
    path: str
    raw: bytes
    role: Role | None = None
    whole: bool = True

    @property
    def what(self) -> str:
        """For the report."""
        return f"{self.method[:8]} {self.path[:60]!r} as {self.role or 'nobody'}"


@dataclass
class Seat:
    """Somebody who is logged in: the cookie, and what the forms of this session carry."""

    token: str
    csrf: str


class Client:
    """Everybody who sends requests to one server."""

    def __init__(self, server: TestServer, database: Database, random: Random) -> None:
        self._server, self._database, self._random = server, database, random
        self._seats: dict[Role, Seat] = {}
        self._accounts = 0

    async def request(self) -> Request:
        """The next one."""
        kind, random = self._random.random(), self._random
        if kind < 0.12:
            return self._machine(*random.choice(MACHINES))
        if kind < 0.2:
            return self._built(random.choice(METHODS), random.choice(PATHS), [], b"")
        if kind < 0.3:
            return self._browser()
        role = random.choice((None, *Role))
        route = random.choice(PAGES)
        path = re.sub(r"\{\w+:[^}]*\}\}?|\{\w+\}", lambda _: random.choice(NUMBERS), route.path)
        method = random.choice(METHODS) if random.random() < 0.05 else route.method
        return await self._page(method, path, role)

    def _machine(self, method: str, path: str) -> Request:
        random, lines = self._random, []
        if random.random() < 0.7:
            lines.append(f"{SECRET_HEADER}: {WEBHOOK_SECRET}")
        content = UPDATE | {"update_id": random.randrange(10**6)}
        if random.random() < 0.8:
            content = odd.misshapen(random, content)
        body = json.dumps(content).encode() if random.random() < 0.9 else self._noise()
        return self._built(method, path, [*lines, "Content-Type: application/json"], body)

    def _browser(self) -> Request:
        """Something for the web chat, from one of few browsers; nobody waits for a stream."""
        random, token = self._random, f"browser-{self._random.randrange(3)}"
        method, path, _ = random.choice(WEB)
        path = re.sub(r"\{\w+:[^}]*\}\}?|\{\w+:.*\}", lambda _: random.choice(NUMBERS), path)
        lines = ["X-Skrip: 1", f"Cookie: {OPEN.name}={token}"]
        values = [(name, self._value()) for name in random.choices(WEB_FIELDS, k=3)]
        if method == "GET":
            return self._built(method, f"{path}?{_encoded(values)}", lines, b"")
        values.append(("csrf", csrf_of(token) if random.random() < 0.8 else "x"))
        body = _encoded(values).encode() if random.random() < 0.9 else self._noise()
        kind = random.choice(TYPES) if random.random() < 0.2 else TYPES[0]
        return self._built(method, path, [*lines, f"Content-Type: {kind}"], body)

    async def _page(self, method: str, path: str, role: Role | None) -> Request:
        random, lines, csrf = self._random, [], "x"
        if role is not None:
            seat = self._seats.get(role) or await self._sit_down(role)
            lines.append(f"Cookie: {SESSION.name}={seat.token}")
            csrf = seat.csrf
        elif random.random() < 0.3:
            lines.append(f"Cookie: {LOGIN_PROOF.name}={csrf}")
        values = [(name, self._value()) for name in random.choices(FIELDS, k=random.randrange(6))]
        if method != "POST":
            return self._built(method, f"{path}?{_encoded(values)}", lines, b"", role)
        if random.random() < 0.8:
            values.append(("csrf", csrf))
        kind = random.choice(TYPES) if random.random() < 0.2 else TYPES[0]
        body = _encoded(values).encode() if random.random() < 0.9 else self._noise()
        return self._built(method, path, [*lines, f"Content-Type: {kind}"], body, role)

    async def _sit_down(self, role: Role) -> Seat:
        """A new account, since the last one may have been closed, and its session."""
        self._accounts += 1
        name = f"fuzz.{role.value}.{self._accounts}"  # nobody else is called so
        await self._database.account(name, role)
        token = await self._database.token(name)
        line = f"Cookie: {SESSION.name}={token}"
        _, page = await self.send(self._built("GET", "/meja", [line], b"", odd_lines=False))
        found = CSRF.search(page.decode(errors="replace"))
        assert found is not None, "no form on the first page"
        self._seats[role] = Seat(token, found[1])
        return self._seats[role]

    def _value(self) -> str:
        random = self._random
        choices = (MARK, random.choice(NUMBERS), odd.text(random)[:5000], odd.HALF, "selesai", "1")
        return random.choice(choices)

    def _noise(self) -> bytes:
        random = self._random
        parts = (
            b"--b\r\n",
            b"[" * 9000,
            b"\x1f\x8b",
            b"a=" + b"b" * 300_000,
            b"%",
            b"--b--",
            b"=&",
        )
        return random.choice(parts) + random.randbytes(random.randrange(60))

    def _built(
        self,
        method: str,
        path: str,
        lines: list[str],
        body: bytes,
        role: Role | None = None,
        *,
        odd_lines: bool = True,
    ) -> Request:
        random = self._random
        added = random.choices(HEADERS, k=random.choice((0, 0, 0, 1, 2))) if odd_lines else []
        length = len(body)
        if odd_lines and body and random.random() < 0.03:
            length = random.choice((0, length // 2, length * 2, 10**12))
        whole = length <= len(body) and CHUNKED not in added
        host = f"Host: 127.0.0.1:{self._server.port}"
        head = [f"{method} {path} HTTP/1.1", host, "Connection: close", *lines, *added]
        head += [f"Content-Length: {length}"] if body or method == "POST" else []
        raw = "\r\n".join(head).encode("latin-1", errors="replace") + b"\r\n\r\n" + body
        return Request(method, path, raw, role, whole=whole)

    async def send(self, request: Request) -> tuple[int, bytes]:
        """The status (0 where the line was closed without one) and the body."""
        answer = await self._exchanged(request)
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/1.") else 0
        if request.whole and not status:
            raise AssertionError("no answer")
        if request.role is not None and status in {303, 401}:
            del self._seats[request.role]  # perhaps the session has ended; it costs little
        return status, body

    async def _exchanged(self, request: Request) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._server.port)
        try:
            async with asyncio.timeout(PATIENCE):
                writer.write(request.raw)
                await writer.drain()
                if not request.whole:
                    writer.write_eof()
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()


def _encoded(values: list[tuple[str, str]]) -> str:
    return urlencode(values, quote_via=quote, errors="surrogatepass")
