"""What an update of Telegram becomes before the dialogue sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from actions.domain.messages import (
    Ask,
    Button,
    Contact,
    Fetched,
    FileKind,
    Incoming,
    Location,
    Reply,
)
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.files import MAX_SIZE
from actions.storage.vault import Vault
from bot.channels import OpenTurn
from bot.telegram.channel import Access, TelegramChannel
from bot.telegram.handlers import in_reading_order
from bot.telegram.outbound import calls_of
from bot.telegram.rate_limits import Limits
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.running_bot import dependencies, reference_of_tests
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.people import Person


class Reader:
    """Reads what a person does as the bot would, some time later."""

    def __init__(self, api: BotApi, clock: Clock, sessions: Sessions) -> None:
        self.clock, self._sessions = clock, sessions
        self.person = Person(api, 500)
        deps = dependencies(sessions, clock, Path("never used"))
        self.channel = TelegramChannel(deps, Access(TOKEN, api.url), Limits())

    async def read(self) -> Incoming:
        self.clock.move(timedelta(hours=9))
        assert self.person.last is not None
        async with self._sessions() as session:
            about = (session, reference_of_tests(), "tg:500", self.clock(), Fetched(), Random(1))
            turn = OpenTurn(*about)
            await self.channel.take(turn, self.person.last)
        (incoming,) = turn.parts
        assert (incoming.chat, incoming.sender) == ("tg:500", "500")
        return incoming


@pytest.fixture
async def reader(api: BotApi, clock: Clock, sqlite_database: str) -> AsyncIterator[Reader]:
    engine = make_engine(sqlite_database, Vault(SECRET))
    reader = Reader(api, clock, make_sessions(engine))
    await reader.channel.application.initialize()
    yield reader
    await reader.channel.application.shutdown()
    await engine.dispose()


async def test_words(reader: Reader, clock: Clock) -> None:
    sent_at = clock()
    await reader.person.writes("ktp hilang")

    incoming = await reader.read()

    assert incoming.text == "ktp hilang"
    assert incoming.at == sent_at, "the citizen's clock starts when Telegram got the message"


@pytest.mark.parametrize("own", [True, False])
async def test_a_number_and_whether_it_is_ones_own(reader: Reader, *, own: bool) -> None:
    await reader.person.shares_contact("+6281200001234", own=own)

    assert (await reader.read()).contact == Contact("+6281200001234", own)


async def test_a_place(reader: Reader) -> None:
    await reader.person.sends_location(-6.9, 107.6)

    assert (await reader.read()).location == Location(-6.9, 107.6)


async def test_a_photo_with_its_caption(reader: Reader) -> None:
    await reader.person.sends_photo(b"1234", "lampunya mati")

    incoming = await reader.read()

    assert incoming.text == "lampunya mati"
    assert incoming.file is not None
    assert (incoming.file.kind, incoming.file.size) == (FileKind.PHOTO, 4)
    assert incoming.file.ref == "file-2", "the larger of the two sizes"


async def test_a_photo_too_large_in_full_is_taken_smaller(reader: Reader) -> None:
    await reader.person.sends_photo(b"1234")
    assert reader.person.last is not None
    reader.person.last["message"]["photo"][1]["file_size"] = MAX_SIZE + 1

    incoming = await reader.read()

    assert incoming.file is not None
    assert incoming.file.ref == "file-1"


async def test_a_document(reader: Reader) -> None:
    await reader.person.sends_document(b"12345", "surat.pdf", "application/pdf")

    incoming = await reader.read()

    assert incoming.file is not None
    assert (incoming.file.kind, incoming.file.size, incoming.file.mime) == (
        FileKind.DOCUMENT,
        5,
        "application/pdf",
    )


async def test_a_sticker_is_something_without_content(reader: Reader, clock: Clock) -> None:
    sent_at = clock()
    await reader.person.sends_sticker()

    assert await reader.read() == Incoming("tg:500", sent_at, "500", line="1")


async def test_an_error_in_a_handler_reaches_the_edge(reader: Reader, clock: Clock) -> None:
    class Broken(OpenTurn):
        def hear(
            self, incoming: Incoming, then: Callable[[list[Reply]], None] | None = None
        ) -> None:
            raise KeyError(incoming.chat, then)

    await reader.person.writes("halo")
    turn = Broken(Any, reference_of_tests(), "tg:500", clock(), Fetched(), Random(1))

    with pytest.raises(KeyError):
        await reader.channel.take(turn, reader.person.last)


def test_every_kind_of_content_has_its_handler() -> None:
    names = [handler.callback.__name__ for handler in in_reading_order()]

    assert names == [
        "membership",
        "claim",
        "take",
        "later",
        "button",
        "edited",
        "photo",
        "document",
        "location",
        "contact",
        "voice",
        "video",
        "link",
        "words",
        "addressed",
        "migrated",
    ]


@pytest.mark.parametrize(
    ("reply", "messages"),
    [
        (Reply("x", "Siapa namanya?"), 1),
        (Reply("x", "Nomornya?", ask=Ask.CONTACT), 1),
        (Reply("x", "Di mana?", ((Button("Lewati", "skip:1:lokasi"),),), Ask.LOCATION), 2),
        (Reply("x", "kata " * 1800), 3),
    ],
    ids=["words", "share key", "share key and buttons", "long"],
)
def test_how_many_messages_a_reply_becomes(reply: Reply, messages: int) -> None:
    assert len(calls_of(reference_of_tests().texts, 1, reply.to_json())) == messages
