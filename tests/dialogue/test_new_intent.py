"""An intent is added with two files, and is at home in every state of a conversation."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from actions.catalogue.reference import ReferenceData, read_reference
from actions.dialogue.registry import ON_INTENT
from actions.dialogue.turn import converse
from actions.domain.messages import Fetched, Incoming, Reply, UnderstandingNeeded
from actions.domain.understanding import Candidate, Understanding, Wish
from actions.storage.engine import Sessions
from bot.nlu.keywords import Keywords
from tests.support.clock import Clock

DATA = Path(__file__).parents[2] / "data"
NAME, ANSWER = "tanya_antrean", "layanan.jam_tak_tentu"
INTENT = """\
keterangan: Menanyakan antrean hari ini.
tombol: {umum: Tanya antrean}
kata_kunci: [antrean, antri]
contoh:
  - hari ini antri banyak ga di capil
"""
HANDLER = '''\
"""Says how long the queue is."""

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent


@on_intent("tanya_antrean")
async def queue(turn: TurnContext) -> Replies:
    """Say how long the queue is."""
    return [turn.say("layanan.jam_tak_tentu")]
'''
ASKED = "hari ini di capil antri banyak ga?"
NAME_IS_ASKED = "tanya.nama"


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[ReferenceData]:
    """The shipped data with one more intent, and its handler loaded."""
    data, handler = tmp_path / "data", tmp_path / f"{NAME}.py"
    shutil.copytree(DATA, data)
    (data / f"language/intents/{NAME}.yml").write_text(INTENT)
    handler.write_text(HANDLER)
    spec = importlib.util.spec_from_file_location(NAME, handler)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    yield read_reference(data)
    del ON_INTENT[NAME]


@dataclass
class Chat:
    """One chat, whose understanding each test says."""

    sessions: Sessions
    reference: ReferenceData
    clock: Clock = field(default_factory=Clock)
    before: Fetched = field(default_factory=Fetched)

    async def say(self, text: str, *wishes: Wish, share: float = 0.95, name: str = NAME) -> Keys:
        """Write something that is understood as one intent, or as several wishes."""
        known = Understanding(text, (Candidate(name, share),), wishes=wishes)
        self.before = Fetched(known)
        return await self._turn(self.before, text=text)

    async def press(self, data: str) -> Keys:
        """Press a button."""
        try:
            return await self._turn(Fetched(), button=data)
        except UnderstandingNeeded:
            return await self._turn(self.before, button=data)

    async def _turn(self, fetched: Fetched, **content: str) -> Keys:
        self.clock.move(timedelta(seconds=20))
        incoming = Incoming("tg:1", self.clock(), "1", **content)
        async with self.sessions.begin() as session:
            replies = await converse(session, self.reference, incoming, fetched, self.clock())
        return Keys(replies)


@dataclass
class Keys:
    """What came back, by the keys of its texts and the data of its buttons."""

    replies: list[Reply]

    @property
    def said(self) -> list[str]:
        """All text keys in their order."""
        return [key for reply in self.replies for key in reply.key.split("+")]

    @property
    def buttons(self) -> dict[str, str]:
        """Data by label."""
        rows = (row for reply in self.replies for row in reply.buttons)
        return {button.label: button.data for row in rows for button in row}


@pytest.fixture
def chat(sessions: Sessions, reference: ReferenceData) -> Chat:
    return Chat(sessions, reference)


async def test_it_is_answered(chat: Chat) -> None:
    assert (await chat.say(ASKED)).said == [ANSWER]


async def test_it_is_offered_when_the_model_is_unsure(chat: Chat) -> None:
    offered = await chat.say(ASKED, share=0.4)
    assert offered.said == ["umum.maksud_ini"]
    assert (await chat.press(offered.buttons["Tanya antrean"])).said == [ANSWER]


async def test_in_a_form_the_question_follows_again(chat: Chat) -> None:
    assert (await chat.press("start:ktp_hilang")).said[-1] == NAME_IS_ASKED
    assert (await chat.say(ASKED)).said == [ANSWER, NAME_IS_ASKED]


async def test_after_a_pause_the_form_is_one_button_away(chat: Chat) -> None:
    await chat.press("start:ktp_hilang")
    chat.clock.move(timedelta(hours=3))
    answered = await chat.say(ASKED)
    assert answered.said == [ANSWER]
    assert (await chat.press(next(iter(answered.buttons.values())))).said == [NAME_IS_ASKED]


async def test_beside_another_wish_both_are_served(chat: Chat) -> None:
    text = f"{ASKED}, sekalian urus ktp yang hilang"
    end = len(ASKED)
    asks = Wish(Candidate(NAME, 0.9), None, 0, end)
    wants = Wish(
        Candidate("ajukan_layanan", 0.9), Candidate("ktp_hilang", 0.9), end + 2, len(text)
    )
    served = await chat.say(text, asks, wants)
    assert ANSWER in served.said
    assert served.said[-1] == NAME_IS_ASKED


async def test_its_words_are_found_while_the_model_is_down(reference: ReferenceData) -> None:
    words = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    assert (await words.understand("antrean hari ini gimana")).intent.name == NAME
