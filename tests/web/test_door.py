"""Nobody reads another's chat, sends another's form, or gets a page without its headers."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession, ClientTimeout
from aiohttp.test_utils import TestClient, TestServer

from actions.casework import messages
from actions.domain.messages import Reply
from bot.console import make_console
from bot.web.routes import TABLE
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen
from tests.web.conftest import NewCitizen
from tests.web.test_talking import only_chat

GETS = [path for method, path, _ in TABLE if method == "GET" and "{" not in path]
POSTS = [path for method, path, _ in TABLE if method == "POST"]


@pytest.mark.parametrize("path", [*GETS, "/warga/tidak/ada", "/warga/berkas/1"])
async def test_every_page_keeps_scripts_frames_and_caches_out(
    path: str, citizen: WebCitizen
) -> None:
    async with citizen.session.get(citizen.base + path, allow_redirects=False) as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
        assert answer.status in {200, 204, 303, 404}


async def test_no_page_has_a_script_or_style_of_its_own(citizen: WebCitizen) -> None:
    await citizen.writes("menu")
    for path in ("/warga", "/warga/kode", "/warga/selesai", "/warga/kembali"):
        await citizen.open(path)
        assert "<script>" not in citizen.html
        assert "style=" not in citizen.html
        assert " on" not in citizen.html.partition("<body>")[2].replace(" on ", "").split('"')[0]


async def test_static_files_are_kept_until_they_change(citizen: WebCitizen) -> None:
    address = citizen.html.partition('stylesheet" href="')[2].partition('"')[0]
    for path, kept in ((address, True), (address.partition("?")[0], False)):
        async with citizen.session.get(citizen.base + path) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) is kept
    for name in ("x.css", "..%2fdoor.py", "%2e%2e/door.py"):
        async with citizen.session.get(f"{citizen.base}/warga/statis/{name}") as answer:
            assert answer.status == 404


@pytest.mark.parametrize("path", POSTS)
async def test_no_form_is_taken_without_its_proof(
    path: str, citizen: WebCitizen, new_citizen: NewCitizen
) -> None:
    await citizen.writes("menu")
    for proof in ({}, {"csrf": ""}, {"csrf": "tebakan"}, {"csrf": "ü"}):
        await citizen.post(proof, path)
        assert citizen.status == 403
        assert "Buka lagi obrolannya" in citizen.html
    stranger = new_citizen()
    await citizen.open()
    await stranger.post({**citizen.form(), "teks": "x"}, path)
    assert stranger.status == 403


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
async def test_forms_of_other_sites_are_refused(
    path: str, headers: dict[str, str], citizen: WebCitizen
) -> None:
    await citizen.post({**citizen.form(), "teks": "x"}, path, **headers)
    assert citizen.status == 403


async def test_a_file_is_for_its_chat_alone(
    citizen: WebCitizen, new_citizen: NewCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    chat = await only_chat(bot)
    files = bot.balai.deps.files
    page = await files.keep_page("<!doctype html><p>salinan</p>")
    async with bot.sessions.begin() as session:
        reply = Reply("notice", "Ini salinannya.")
        messages.queue_file(session, chat, page, reply, bot.clock.now, called="salinan.html")
    bot.balai.wake()
    await bot.settle()
    await citizen.open()
    link = citizen.links["Buka halaman"]
    stranger = new_citizen()
    await stranger.open(link)
    assert stranger.status == 404
    async with citizen.session.get(citizen.base + link) as answer:
        assert "salinan" in await answer.text()
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_what_is_too_large_is_refused_before_it_is_read(citizen: WebCitizen) -> None:
    await citizen.sends_photo(b"x" * (10 * 1024 * 1024 + 70_000))
    assert citizen.status == 413
    assert "paling besar 10 MB" in citizen.html


async def test_over_https_the_cookie_is_bound_to_it(bot: WebBot) -> None:
    app = make_console(
        bot.balai.deps, bot.balai.wake, secure_cookies=True, others=bot.balai.routes()
    )
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/warga")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-balai_warga=")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))


async def test_a_page_that_fails_says_so_and_logs_no_words(
    citizen: WebCitizen, bot: WebBot, caplog: pytest.LogCaptureFixture
) -> None:
    await citizen.writes("kata rahasia")
    await bot.balai.engine.dispose()
    broken = bot.balai.deps.sessions
    bot.balai.deps.sessions = None  # type: ignore[assignment]
    await citizen.open()
    bot.balai.deps.sessions = broken
    assert citizen.status == 500
    assert "gangguan" in citizen.html
    assert "kata rahasia" not in caplog.text


async def read_events(session: ClientSession, address: str, wanted: int) -> list[dict[str, str]]:
    """The first so many events of a stream."""
    events: list[dict[str, str]] = []
    event: dict[str, str] = {}
    async with session.get(address, timeout=ClientTimeout(total=20)) as answer:
        assert answer.content_type == "text/event-stream"
        async for raw in answer.content:
            name, _, value = raw.decode().rstrip("\r\n").partition(": ")
            if name in {"event", "data", "id"}:
                event[name] = event.get(name, "") + value
            if not name and event:
                events.append(event)
                event = {}
                if len(events) == wanted:
                    break
    return events


async def test_new_lines_arrive_by_themselves(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.writes("menu")
    chat, address = await only_chat(bot), f"{citizen.base}/warga/aliran?sejak=0"
    first = await read_events(citizen.session, address, 2)
    assert [event["event"] for event in first] == ["baris", "baris"]
    waiting = asyncio.create_task(
        read_events(citizen.session, f"{citizen.base}/warga/aliran?sejak={first[-1]['id']}", 1)
    )
    await bot.tell(chat, "Bu, suratnya sudah jadi.")
    (news,) = await waiting
    assert "Bu, suratnya sudah jadi." in news["data"]
    assert int(news["id"]) > int(first[-1]["id"])


async def test_the_stream_ends_with_the_chat_and_is_for_nobody_else(
    citizen: WebCitizen, new_citizen: NewCitizen
) -> None:
    await citizen.writes("menu")
    address = f"{citizen.base}/warga/aliran?sejak=99"
    waiting = asyncio.create_task(read_events(citizen.session, address, 1))
    await asyncio.sleep(0)
    await citizen.open("/warga/selesai")
    await citizen.taps("Keluar sekarang")
    assert (await waiting)[0]["event"] == "selesai"
    stranger = new_citizen()
    async with stranger.session.get(address) as answer:
        assert answer.status == 204


async def test_a_script_gets_its_answer_with_the_form_where_no_stream_is_open(
    citizen: WebCitizen,
) -> None:
    await citizen.writes("menu")
    form = {**citizen.form(), "teks": "menu", "sejak": "2"}
    headers = {"X-Skrip": "1"}
    address = citizen.base + "/warga"
    async with citizen.session.post(address, data=form, headers=headers) as answer:
        text = await answer.text()
    assert (answer.status, text.count('class="b')) == (200, 2)
    form |= {"kunci": "x" * 12, "sejak": ""}
    async with citizen.session.post(address, data=form, headers=headers) as answer:
        assert answer.status == 204
    form = {**citizen.form(), "teks": ""}
    async with citizen.session.post(address, data=form, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (422, "text/plain")
