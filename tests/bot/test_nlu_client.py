"""The NLU's contract: whoever understands, the dialogue gets the same shape and no exception."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.understanding import Understands
from bot.nlu.client import (
    BEGINNING,
    ENDING,
    FAILURES_TO_OPEN,
    MOST_WAITING,
    RETRY_AFTER,
    Breaker,
    RasaAddress,
    RasaClient,
    read_answer,
    shortened,
)
from bot.nlu.keywords import Keywords
from tests.support.clock import Clock
from tests.support.running_bot import keywords_of_tests

ANSWER = {
    "text": "ktp saya ilang",
    "intent": {"name": "ajukan_layanan", "confidence": 0.91},
    "intent_ranking": [
        {"name": "ajukan_layanan", "confidence": 0.91},
        {"name": "lapor", "confidence": 0.05},
    ],
    "entities": [{"entity": "layanan", "value": "ktp_hilang", "start": 0, "end": 14}],
    "targets": [{"name": "ktp_hilang", "confidence": 0.97}],
    "normalised": "ktp saya hilang",
}


@pytest.fixture
def keywords() -> Keywords:
    return keywords_of_tests()


class Rasa:
    """A stand-in for the server over real HTTP; `mood` says how it answers."""

    def __init__(self) -> None:
        self.mood = "well"
        self.asked = 0
        self.crowded = asyncio.Event()

    async def parse(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.asked == MOST_WAITING:
            self.crowded.set()
        if self.mood == "broken":
            return web.Response(status=500)
        if self.mood == "slow":
            await asyncio.Event().wait()
        if self.mood == "odd":
            return web.json_response({"intent": None})
        body = await request.json()
        return web.json_response({**ANSWER, "text": body["text"]})


@pytest.fixture
async def rasa() -> AsyncIterator[tuple[Rasa, str]]:
    server = Rasa()
    app = web.Application()
    app.router.add_post("/model/parse", server.parse)
    async with TestServer(app, host="127.0.0.1") as running:
        yield server, str(running.make_url("/"))


async def client(url: str, keywords: Keywords, clock: Clock, patience: float = 5.0) -> RasaClient:
    return RasaClient(RasaAddress(url), keywords, timeout=patience, breaker=Breaker(clock.ticks))


@pytest.mark.parametrize("text", ["ktp saya ilang", "?", "lampu jalan mati", "x" * 4000, "🙂"])
async def test_everyone_who_understands_gives_ranked_shares(
    text: str, rasa: tuple[Rasa, str], keywords: Keywords
) -> None:
    asked = await client(rasa[1], keywords, Clock())
    everyone: list[Understands] = [asked, keywords]
    for nlu in everyone:
        known = await nlu.understand(text)
        shares = [candidate.confidence for candidate in known.intents]
        assert known.intents
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= share <= 1 for share in shares)
    await asked.close()


async def test_the_model_is_asked(rasa: tuple[Rasa, str], keywords: Keywords) -> None:
    asked = await client(rasa[1], keywords, Clock())
    known = await asked.understand("ktp saya ilang")
    await asked.close()
    assert (known.intent.name, known.source) == ("ajukan_layanan", "model")
    assert known.of("layanan")[0].value == "ktp_hilang"


@pytest.mark.parametrize("mood", ["broken", "odd"])
async def test_words_carry_on_while_the_server_is(
    mood: str, rasa: tuple[Rasa, str], keywords: Keywords
) -> None:
    server, url = rasa
    server.mood = mood
    asked = await client(url, keywords, Clock())
    known = await asked.understand("ktp saya hilang")
    await asked.close()
    assert (known.intent.name, known.source) == ("ajukan_layanan", "words")


async def test_a_slow_server_is_not_waited_for(rasa: tuple[Rasa, str], keywords: Keywords) -> None:
    server, url = rasa
    server.mood = "slow"
    asked = await client(url, keywords, Clock(), patience=0.05)
    assert (await asked.understand("ktp saya hilang")).source == "words"
    await asked.close()


async def test_a_dead_server_is_left_alone_and_comes_back_by_itself(
    rasa: tuple[Rasa, str], keywords: Keywords
) -> None:
    server, url = rasa
    clock = Clock()
    asked = await client(url, keywords, clock)
    server.mood = "broken"
    for _ in range(FAILURES_TO_OPEN + 3):
        await asked.understand("ktp saya hilang")
    assert server.asked == FAILURES_TO_OPEN

    server.mood = "well"
    clock.move(timedelta(seconds=RETRY_AFTER + 1))
    assert (await asked.understand("ktp saya hilang")).source == "model"
    await asked.close()


def test_what_words_are_in_an_open_question_is_read() -> None:
    assert read_answer("Budi", {**ANSWER, "roles": {"nama": 0.9}}).roles == {"nama": 0.9}
    assert read_answer("Budi", ANSWER).roles == {}


def test_wishes_and_what_is_denied_are_read() -> None:
    text = "bukan KK, KTP ilang sekalian minta petugas"
    wishes = [
        {
            "intent": "ajukan_layanan",
            "confidence": 0.9,
            "target": "ktp_hilang",
            "target_confidence": 0.8,
            "start": 10,
            "end": 19,
        },
        {
            "intent": "minta_petugas",
            "confidence": 0.9,
            "target": None,
            "target_confidence": 0.0,
            "start": 29,
            "end": 42,
        },
    ]
    known = read_answer(text, {**ANSWER, "wishes": wishes, "denied": [{"start": 0, "end": 8}]})
    assert [text[wish.start : wish.end] for wish in known.wishes] == ["KTP ilang", "minta petugas"]
    assert [wish.target and wish.target.name for wish in known.wishes] == ["ktp_hilang", None]
    assert known.affirmed.strip(" ,") == "KTP ilang sekalian minta petugas"
    assert read_answer(text, ANSWER).wishes == ()


async def test_who_finds_many_waiting_is_understood_by_words_at_once(
    rasa: tuple[Rasa, str], keywords: Keywords
) -> None:
    server, url = rasa
    server.mood = "slow"
    asked = await client(url, keywords, Clock())
    waiting = [asyncio.create_task(asked.understand("lampu mati")) for _ in range(MOST_WAITING)]
    await server.crowded.wait()

    known = await asked.understand("ktp saya hilang")
    assert (known.intent.name, known.source) == ("ajukan_layanan", "words")
    assert server.asked == MOST_WAITING

    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    server.mood = "well"
    assert (await asked.understand("ktp saya hilang")).source == "model"
    await asked.close()


@given(st.integers(BEGINNING + ENDING + 1, 4096))
def test_of_a_long_text_the_places_of_both_ends_are_kept(length: int) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(length))
    sent = shortened(text)
    assert len(sent) == BEGINNING + 1 + ENDING
    edges = [(0, 5), (BEGINNING - 5, BEGINNING), (BEGINNING + 1, BEGINNING + 6)]
    edges += [(len(sent) - 5, len(sent)), (BEGINNING - 3, BEGINNING + 4)]
    found = [{"entity": "nik", "start": start, "end": end} for start, end in edges]
    known = read_answer(text, {**ANSWER, "entities": found, "denied": found})
    kept = [sent[start:end] for start, end in edges[:-1]]
    assert [text[entity.start : entity.end] for entity in known.entities] == kept
    assert [text[start:end] for start, end in known.denied] == kept


def test_other_texts_are_asked_as_they_are() -> None:
    assert {shortened(text) == text for text in ("", "ktp", "x" * (BEGINNING + ENDING))} == {True}


async def test_another_server_is_asked_from_now_on(
    rasa: tuple[Rasa, str], keywords: Keywords
) -> None:
    server, url = rasa
    asked = await client("http://127.0.0.1:9", keywords, Clock())
    assert (await asked.understand("ktp saya hilang")).source == "words"
    asked.move_to(RasaAddress(url))
    assert (await asked.understand("ktp saya hilang")).source == "model"
    assert await asked.fault() != ""
    await asked.close()
    assert server.asked == 1
