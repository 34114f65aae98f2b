"""Fixed words are asked about once; whatever else citizens write is asked about each time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.domain.understanding import Candidate, Understanding
from bot.nlu.client import RasaAddress, RasaClient
from bot.nlu.kept import LONGEST, MOST, SECONDS, KeptAnswers
from tests.support.clock import Clock
from tests.support.running_bot import keywords_of_tests, reference_of_tests

FIXED = ("halo", "Halo min!", "makasih", "Makasih ya pak", "ok", "oke bu", "iya", "nuhun")
OTHERS = (
    "halo lampu jalan mati",
    "ok tapi alamatnya salah",
    "makasih, terus ktp saya gimana?",
    "Siti Aminah",
    "ktp hilang",
    "status",
)


class Server:
    """A model over real HTTP that counts what it is asked; `down` says that it fails."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    async def parse(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["text"])
        best = {"name": "sapa", "confidence": 0.9}
        status = 500 if self.down else 200
        return web.json_response({"intent": best, "intent_ranking": [best]}, status=status)


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, str]]:
    model, app = Server(), web.Application()
    app.router.add_post("/model/parse", model.parse)
    async with TestServer(app, host="127.0.0.1") as running:
        yield model, str(running.make_url("/"))


@pytest.fixture
async def nlu(server: tuple[Server, str], clock: Clock) -> AsyncIterator[RasaClient]:
    kept = KeptAnswers(reference_of_tests(), clock.ticks)
    client = RasaClient(RasaAddress(server[1]), keywords_of_tests(), timeout=5, kept=kept)
    yield client
    await client.close()


async def test_fixed_words_are_asked_about_once(
    server: tuple[Server, str], nlu: RasaClient
) -> None:
    first = [await nlu.understand(text) for text in FIXED]
    assert [await nlu.understand(text) for text in FIXED] == first
    assert server[0].asked == list(FIXED)


async def test_whatever_else_is_said_is_asked_about_each_time(
    server: tuple[Server, str], nlu: RasaClient
) -> None:
    for text in OTHERS * 2:
        await nlu.understand(text)
    assert server[0].asked == list(OTHERS * 2)


async def test_an_answer_gets_old(
    server: tuple[Server, str], nlu: RasaClient, clock: Clock
) -> None:
    await nlu.understand("halo")
    clock.move(timedelta(seconds=SECONDS + 1))
    await nlu.understand("halo")
    await nlu.understand("halo")
    assert server[0].asked == ["halo", "halo"]


async def test_another_model_is_asked_anew(server: tuple[Server, str], nlu: RasaClient) -> None:
    await nlu.understand("halo")
    nlu.move_to(RasaAddress(server[1]))
    await nlu.understand("halo")
    assert server[0].asked == ["halo", "halo"]


async def test_what_words_alone_made_of_it_is_not_kept(
    server: tuple[Server, str], nlu: RasaClient
) -> None:
    server[0].down = True
    assert (await nlu.understand("halo")).source == "words"
    server[0].down = False
    assert (await nlu.understand("halo")).source == "model"


def test_what_is_kept_has_an_end() -> None:
    kept = KeptAnswers(reference_of_tests())
    for number in range(MOST + 1):
        marks = "".join("!?"[int(bit)] for bit in f"{number:b}")
        kept.keep(Understanding(f"halo{marks}", (Candidate("sapa", 0.9),)))
    kept.keep(Understanding("halo" + "!" * LONGEST, (Candidate("sapa", 0.9),)))
    assert len(kept._known) <= MOST
    assert max(map(len, kept._known)) <= LONGEST
