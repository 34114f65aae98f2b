"""What holds for all pages: headers, errors, health, the guide."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from actions.catalogue.reading import ProblemsError
from bot.console import make_console
from bot.console.app import read_guide
from tests.console.conftest import LogIn, NewOfficer
from tests.support.database import KTP, Database
from tests.support.running_bot import dependencies


async def test_every_page_keeps_scripts_frames_and_caches_out(log_in: LogIn) -> None:
    rina = await log_in("rina")
    for path in ("/meja", "/panduan", "/tidak/ada"):
        await rina.open(path)
        policy = rina.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert rina.headers["X-Frame-Options"] == "DENY"
        assert rina.headers["X-Content-Type-Options"] == "nosniff"
        assert rina.headers["Referrer-Policy"] == "same-origin"
        assert rina.headers["Cache-Control"] == "no-store"


async def test_static_files_are_kept_until_they_change(new_officer: NewOfficer) -> None:
    somebody = new_officer()
    await somebody.open("/masuk")
    style = re.search(r'rel="stylesheet" href="([^"]+)"', somebody.html)
    assert style is not None
    answer = await somebody.client.get(style[1])
    assert answer.content_type == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    missing = await somebody.client.get("/static/tidak-ada.css?v=1")
    assert (missing.status, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"]
)
async def test_nothing_but_static_files_is_served(path: str, server: TestServer) -> None:
    async with TestClient(server) as client:
        address = URL(f"http://{server.host}:{server.port}{path}", encoded=True)
        answer = await client.session.get(address)
        assert answer.status in {403, 404}


async def test_a_page_that_fails_says_so_and_logs_no_words(
    database: Database, log_in: LogIn, caplog: pytest.LogCaptureFixture
) -> None:
    """A stored answer of a shape that no kind of question ever made."""
    case = await database.file(answers={**KTP, "hp": "rahasia Bu Siti"})
    rina = await log_in("rina")
    with caplog.at_level(logging.ERROR):
        await rina.open(f"/permohonan/{case.id}")
    assert (rina.status, "Ada yang rusak" in rina.words) == (500, True)
    record = next(r for r in caplog.records if r.name == "bot.console.errors")
    assert record.__dict__["page"] == "permohonan_satu"
    assert "Siti" not in "".join(str(value) for value in record.__dict__.values())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/permohonan/0", 404),
        ("GET", "/permohonan/99999999999999999999", 404),
        ("GET", "/apa/ini", 404),
        ("PUT", "/cari", 405),
        ("PUT", "/meja", 405),
    ],
)
async def test_wrong_addresses_lead_back_to_the_list(
    method: str, path: str, status: int, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    answer = await rina.client.request(method, path)
    assert answer.status == status
    assert "Ke daftar permohonan" in await answer.text()


async def test_a_body_that_is_too_large_is_refused(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.post("/cari", {"kode": "x" * 300_000})
    assert (rina.status, "Terlalu besar" in rina.words) == (413, True)


async def test_the_guide_is_shown_as_a_page(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/panduan")
    assert "Panduan petugas" in rina.words
    assert "<table>" in rina.html


def test_the_guide_may_hold_no_html(tmp_path: Path) -> None:
    path = tmp_path / "panduan.md"
    path.write_text("# Judul\n\n<script>alert(1)</script>")
    assert "<script>" not in read_guide(path)


def test_a_missing_guide_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"panduan\.md"):
        read_guide(tmp_path / "panduan.md")


async def test_over_https_the_cookies_are_bound_to_it(database: Database) -> None:
    app = make_console(
        dependencies(database.sessions, database.clock, database.folder),
        lambda: None,
        secure_cookies=True,
    )
    async with TestServer(app) as server, TestClient(server) as client:
        answer = await client.get("/masuk")
        cookie = answer.cookies["__Host-balai_masuk"]
        assert (cookie["secure"], cookie["domain"], cookie["path"]) == (True, "", "/")
        assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(("told", "secure"), [("https", True), ("http", False), ("", False)])
async def test_behind_a_proxy_that_has_tls_the_cookies_are_bound_to_it(
    told: str, secure: bool, database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    rina = new_officer()
    rina.client.session.headers["X-Forwarded-Proto"] = told
    answer = await rina.client.get("/masuk")
    name = "__Host-balai_masuk" if secure else "balai_masuk"
    assert bool(answer.cookies[name]["secure"]) is secure
    assert ("Strict-Transport-Security" in answer.headers) is secure


@pytest.mark.parametrize(
    "request_line", [b"GET /masuk HTTP/1.1", b"GET /tidak/ada HTTP/1.1", b"what is this", b"\x00"]
)
async def test_no_answer_tells_a_version(request_line: bytes, server: TestServer) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(request_line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    head = (await reader.read()).partition(b"\r\n\r\n")[0].lower()
    writer.close()
    await writer.wait_closed()
    assert b"server: balai" in head
    assert b"aiohttp" not in head
    assert b"python" not in head


FORM = b"POST /masuk HTTP/1.1\r\nContent-Type: "
NOT_COMPRESSED = (
    FORM + b"application/x-www-form-urlencoded\r\nContent-Encoding: gzip"
    b"\r\nContent-Length: 140\r\n\r\n" + b"rahasia" * 20
)
BAD_PARTS = (
    FORM
    + b"multipart/form-data; boundary=b\r\nContent-Length: 20\r\n\r\n--b\r\n[rahasia:\xff\r\n\r\n"
)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /masuk HTTP/1.1\r\nCookie: balai_sesi=" + b"rahasia" * 2000, b"400"),
        (b"GET /masuk HTTP/1.1\r\nCookie: rahasia=\x7f", b"400"),
        (NOT_COMPRESSED, b"400"),
        (BAD_PARTS, b"400"),
    ],
    ids=["long", "odd", "not compressed", "bad parts"],
)
async def test_what_cannot_be_read_is_refused_and_quoted_nowhere(
    request_: bytes, status: bytes, server: TestServer, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    head, _, body = request_.partition(b"\r\n\r\n")
    writer.write(head + b"\r\nHost: x\r\nConnection: close\r\n\r\n" + body)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()

    assert answer.split()[1] == status
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    "head",
    [
        b"GET /sehat HTTP/1.1\r\nCookie: balai_sesi=\xff",
        b"GET /permohonan HTTP/1.1\r\nCookie: balai_sesi=\xed\xa0\x80",
        b"GET /masuk HTTP/1.1\r\nX-Anything: \xff",
        b"GET /masuk?lanjut=%ff%ed%a0%80 HTTP/1.1\r\nAccept: */*",
        b"GET /%ff HTTP/1.1\r\nAccept: */*",
        b"POST /masuk HTTP/1.1\r\nOrigin: \xff\r\nContent-Length: 0",
        b"GET /permohonan/999999999999999999999999 HTTP/1.1\r\nAccept: */*",
        b"GET /permohonan/%D9%A9%D9%A9 HTTP/1.1\r\nAccept: */*",
    ],
)
async def test_odd_bytes_are_no_fault_of_ours(head: bytes, server: TestServer) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(head + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()

    assert status < 500
