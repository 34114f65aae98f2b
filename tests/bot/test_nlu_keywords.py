"""What is understood by words alone, while the model cannot be asked."""

from __future__ import annotations

import pytest

from actions.domain.understanding import Understanding
from bot.nlu.keywords import SURE, UNSURE, Keywords
from tests.support.running_bot import reference_of_tests

HALL = reference_of_tests()
KEYWORDS = Keywords(HALL.catalogue, HALL.matcher, HALL.words["slang"])


async def understood(text: str) -> Understanding:
    return await KEYWORDS.understand(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mau bikin ktp hilang", "ajukan_layanan"),
        ("lampu jalan mati di gang mawar", "lapor"),
        ("syarat kartu kuning apa saja", "tanya_syarat"),
        ("bikin akta lahir biaya berapa", "tanya_biaya"),
        ("ktp hilang berapa lama jadinya", "tanya_lama"),
        ("dukcapil buka jam berapa", "tanya_jam_lokasi"),
        ("makasih pak", "terima_kasih"),
        ("halo", "sapa"),
    ],
)
async def test_words_are_enough_for_what_is_asked_most(text: str, intent: str) -> None:
    known = await understood(text)
    assert known.source == "words"
    assert known.intent.name == intent
    assert known.intent.confidence == SURE


async def test_a_courtesy_beside_a_wish_is_no_wish() -> None:
    known = await understood("halo pak, mau bikin surat domisili, terima kasih")
    assert known.intent.name == "ajukan_layanan"
    assert known.targets[0].name == "domisili"


@pytest.mark.parametrize("text", ["", "asdf qwer", "lha piye to iki"])
async def test_what_no_word_explains_is_not_acted_on(text: str) -> None:
    known = await understood(text)
    assert known.intent.confidence == 0


async def test_two_wishes_alike_are_asked_about() -> None:
    known = await understood("syarat dan biaya kartu kuning")
    assert {candidate.name for candidate in known.intents[:2]} == {"tanya_syarat", "tanya_biaya"}
    assert known.intent.confidence == UNSURE
