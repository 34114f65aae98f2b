"""What the bot gets from the server for a sentence, as the README's contract has it."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.nlu.client import RasaAddress, read_answer
from tests.support.nlu_inside import TRAIN_WITHIN

pytestmark = [
    pytest.mark.live_nlu,
    pytest.mark.xdist_group("live_nlu"),
    pytest.mark.timeout(TRAIN_WITHIN),
]
SENTENCE = "pak mau bikin ktp ilang kmrn gmn ya, nik 3299011204880003"

Parse = dict[str, Any]


async def parse(rasa_model: RasaAddress, text: str) -> Parse:
    async with (
        aiohttp.ClientSession() as session,
        session.post(rasa_model.to("/model/parse"), json={"text": text}) as response,
    ):
        answer: Parse = await response.json()
    assert response.status == 200
    return answer


async def test_an_answer_holds_all_that_the_bot_reads(rasa_model: RasaAddress) -> None:
    answer = await parse(rasa_model, SENTENCE)
    keys = "text intent intent_ranking targets entities normalised roles wishes denied"
    assert answer.keys() >= {*keys.split()}
    assert answer["text"] == SENTENCE
    assert answer["intent"] == answer["intent_ranking"][0]
    for ranking in (answer["intent_ranking"], answer["targets"]):
        shares = [entry["confidence"] for entry in ranking]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.0 + 1e-6


@pytest.mark.parametrize("token", ["", "guessed"])
async def test_who_does_not_know_the_token_is_refused(rasa_model: RasaAddress, token: str) -> None:
    stranger = RasaAddress(rasa_model.url, token)
    for method, path in (("POST", "/model/parse"), ("GET", "/status"), ("PUT", "/model")):
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, stranger.to(path), json={"text": "halo"}) as response,
        ):
            assert response.status == 401, path


async def test_the_first_sentence_of_the_readme_is_understood(rasa_model: RasaAddress) -> None:
    known = read_answer(SENTENCE, await parse(rasa_model, SENTENCE))
    assert known.intent.name == "ajukan_layanan"
    assert known.targets[0].name == "ktp_hilang"
    assert known.normalised.startswith("pak mau buat ktp hilang kemarin bagaimana")


async def test_entities_stand_where_the_citizen_wrote_them(rasa_model: RasaAddress) -> None:
    text = "😀 NIK sy 3299 0112 0488 0003, lampu mati di RT 3/5 sejak kmrn"
    entities = (await parse(rasa_model, text))["entities"]
    assert {"nik", "rt_rw", "tanggal", "keluhan"} <= {entity["entity"] for entity in entities}
    for entity in entities:
        assert text[entity["start"] : entity["end"]] == entity["text"]
    values = {entity["entity"]: entity["value"] for entity in entities}
    assert (values["nik"], values["rt_rw"]) == ("3299 0112 0488 0003", "RT 3/5")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("mati depan masjid Al Ikhlas", "patokan", ["depan masjid Al Ikhlas"]),
        ("nama saya Siti Aminah, dari Cibening", "nama", ["Siti Aminah"]),
        (
            "😀 Ｎama saya Budi, NIK 3299011204880003,\nlampu mati di RT 3/5 sejak kemarin",
            "nama",
            ["Budi"],
        ),
        ("nama saya budi mau bikin kk", "nama", ["budi"]),
        ("depan rumah", "patokan", []),
        ("nama saya salah ditulis", "nama", []),
        ("salah nama yang di ktp", "nama", []),
    ],
)
async def test_names_and_landmarks_are_told_from_what_looks_like_them(
    rasa_model: RasaAddress, text: str, kind: str, words: list[str]
) -> None:
    found = [e for e in (await parse(rasa_model, text))["entities"] if e["entity"] == kind]
    assert [entity["value"] for entity in found] == words


async def test_two_wishes_come_in_their_order(rasa_model: RasaAddress) -> None:
    text = "ktp saya hilang mau bikin lagi. Oh iya, kantor kecamatan buka jam berapa?"
    wishes = (await parse(rasa_model, text))["wishes"]
    assert [wish["intent"] for wish in wishes] == ["ajukan_layanan", "tanya_jam_lokasi"]
    edges = [edge for wish in wishes for edge in (wish["start"], wish["end"])]
    assert edges == sorted(edges)


async def test_one_wish_is_not_taken_apart(rasa_model: RasaAddress) -> None:
    answer = await parse(rasa_model, "lampu jalan depan rumah saya mati")
    assert (answer["wishes"], answer["denied"]) == ([], [])


@pytest.mark.parametrize("text", ["", " ", "👍", "?", "x" * 4000])
async def test_any_text_gets_an_answer(rasa_model: RasaAddress, text: str) -> None:
    assert (await parse(rasa_model, text))["intent"].keys() >= {"name", "confidence"}
