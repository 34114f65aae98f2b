"""What the bot got wrong is kept to learn from, masked; and nothing that must not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from sqlalchemy import select, text

from actions.casework import erasure
from actions.dialogue.turn import converse
from actions.domain.learning import Source
from actions.domain.messages import Fetched, Incoming
from actions.domain.understanding import Candidate, Entity, Understanding
from actions.storage.engine import Sessions
from actions.storage.tables import LearningSample
from tests.support.clock import Clock
from tests.support.dialogue_client import DialogueClient
from tests.support.running_bot import reference_of_tests

CHAT = "tg:77"
HOPELESS = "nama saya siti aminah terus gimana gitu kan ya"


async def kept(sessions: Sessions) -> Sequence[LearningSample]:
    async with sessions() as session:
        return (await session.scalars(select(LearningSample).order_by(LearningSample.id))).all()


class Chance(Random):
    """Always or never takes a message for the random sample."""

    def __init__(self, drawn: float) -> None:
        super().__init__(7)
        self._drawn = drawn

    def random(self) -> float:
        return self._drawn


async def take(
    sessions: Sessions,
    clock: Clock,
    said: str,
    *,
    intents: tuple[tuple[str, float], ...],
    targets: tuple[tuple[str, float], ...] = (),
    drawn: float = 1.0,
    **more: object,
) -> None:
    """One turn, understood like that."""
    known = Understanding(
        said,
        tuple(Candidate(*one) for one in intents),
        tuple(Candidate(*one) for one in targets),
        **more,  # type: ignore[arg-type]
    )
    async with sessions.begin() as session:
        await converse(
            session,
            reference_of_tests(),
            Incoming(CHAT, clock(), "1", text=said),
            Fetched(understanding=known),
            clock(),
            Chance(drawn),
        )


UNSURE = (("di_luar_cakupan", 0.487), ("ajukan_layanan", 0.372))


async def test_what_is_not_understood_is_kept_masked(sessions: Sessions, clock: Clock) -> None:
    await take(sessions, clock, HOPELESS, intents=UNSURE)
    (sample,) = await kept(sessions)
    assert (sample.source, sample.chat, sample.state) == (Source.MISSED, CHAT, "baru")
    assert sample.text == HOPELESS.replace("siti aminah", "{nama}")
    assert (sample.intent, sample.target, sample.confidence) == ("di_luar_cakupan", None, 0.487)
    async with sessions() as session:
        stored = await session.scalar(text("SELECT text FROM learning_samples"))
        assert "gimana" not in str(stored)


async def test_not_understood_twice_is_an_escalation(sessions: Sessions, clock: Clock) -> None:
    await take(sessions, clock, HOPELESS, intents=UNSURE)
    await take(sessions, clock, "pokoknya begitu lah ya", intents=UNSURE)
    assert [sample.source for sample in await kept(sessions)] == [Source.MISSED, Source.ESCALATED]


async def test_the_same_words_again_are_kept_once(sessions: Sessions, clock: Clock) -> None:
    await take(sessions, clock, HOPELESS, intents=UNSURE)
    await take(sessions, clock, HOPELESS, intents=UNSURE)
    assert [sample.source for sample in await kept(sessions)] == [Source.ESCALATED]


async def test_not_that_keeps_the_words_that_were_decided_on(
    sessions: Sessions, clock: Clock
) -> None:
    client = DialogueClient(sessions, clock)
    await client.say("ktp hilang")
    wrong = next(button for button in client.offered if button.data.startswith("not:"))
    await client.press(wrong)
    (sample,) = await kept(sessions)
    assert (sample.source, sample.text) == (Source.NOT_THAT, "ktp hilang")
    assert sample.target == "ktp_hilang"


@pytest.mark.parametrize(("drawn", "count"), [(0.0, 1), (0.5, 0)])
async def test_few_of_all_that_was_understood_are_kept(
    drawn: float, count: int, sessions: Sessions, clock: Clock
) -> None:
    sure = (("tanya_biaya", 0.95),)
    targets = (("ktp_hilang", 0.9),)
    said = "ganti ktp hilang bayar brp"
    await take(sessions, clock, said, intents=sure, targets=targets, drawn=drawn)
    assert [s.source for s in await kept(sessions)] == [Source.SAMPLE] * count


async def test_words_from_the_keywords_are_no_sample(sessions: Sessions, clock: Clock) -> None:
    sure = (("tanya_biaya", 0.95),)
    await take(sessions, clock, "biaya ktp", intents=sure, drawn=0.0, source="words")
    assert await kept(sessions) == []


async def test_what_may_be_a_secret_complaint_or_danger_is_not_kept(
    sessions: Sessions, clock: Clock
) -> None:
    secret = next(s for s, c in reference_of_tests().catalogue.complaints.items() if c.secret)
    targets = ((secret, 0.3),)
    await take(sessions, clock, HOPELESS, intents=UNSURE, targets=targets)
    await take(sessions, clock, "tolong rumah saya kebakaran", intents=UNSURE, drawn=0.0)
    assert await kept(sessions) == []


async def test_a_name_that_the_model_found_is_masked(sessions: Sessions, clock: Clock) -> None:
    said = "yohana itu gimana sih jadinya"
    found = (Entity("nama", "yohana", 0, 6),)
    await take(sessions, clock, said, intents=UNSURE, entities=found)
    assert [s.text for s in await kept(sessions)] == ["{nama} itu gimana sih jadinya"]


async def test_erasing_a_chat_erases_its_sentences(sessions: Sessions, clock: Clock) -> None:
    await take(sessions, clock, HOPELESS, intents=UNSURE)
    async with sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, clock())
    assert await kept(sessions) == []
