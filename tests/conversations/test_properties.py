"""What holds whatever citizens do, in whatever state the chat is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from random import Random
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework.returned import form_of_case
from actions.domain.memory import ChatMemory
from actions.domain.messages import Contact, FileKind, Location
from actions.domain.status import Status
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Case, Chat
from actions.storage.vault import Vault
from tests.conversations.conftest import StartClient
from tests.support.clock import Clock
from tests.support.databases import SECRET, sqlite_url
from tests.support.dialogue_client import DialogueClient
from tests.support.golden.client import CITIZEN, Sent
from tests.support.golden.script import START
from tests.support.golden.telegram_client import TelegramClient
from tests.support.running_bot import reference_of_tests

MAX_TEXT, MAX_DATA = 4096, 64
HALF, TENTH = 0.5, 0.1
CATALOGUE = reference_of_tests().catalogue
GOOD = {
    "teks": "warung kopi di pasar",
    "nama": "Siti Aminah",
    "nik": "3299014506880001",
    "kk": "3299010203110004",
    "telepon": "0812 3456 7890",
    "uang": "150 ribu",
    "alamat": "Dusun Krajan RT 01/RW 02 Desa Tegalsari",
    "lokasi": "depan SD Tegalsari, Desa Tegalsari",
}
DAYS = {"lampau": "12 november 2026", "mendatang": "12 desember 2026", None: "12 november 2026"}
WORDS = [
    "menu",
    "batal",
    "bantuan",
    "petugas",
    "ulang",
    "status",
    "data saya",
    "ya",
    "tidak",
    "lewati",
    "belum beres",
    "KTP hilang",
    "lampu jalan mati di gang mawar",
    "berapa lama jadinya?",
    "syaratnya apa",
    "biayanya berapa",
    "salah, namanya Budi Santoso",
    "makasih",
    "halo",
    "dukcapil buka jam berapa",
    "kebakaran tolong",
    "goblok semua",
    "mau kasih nilai",
    "laporan saya ditutup padahal belum",
    "SKM-7F3-KQ9",
    "SKM-E77-8Q5",
    "🙏",
    "",
    "   ",
    "???",
    "hello can you help me please",
    *GOOD.values(),
    *(str(day) for day in DAYS.values()),
    "2",
]

Act = Callable[[DialogueClient], Awaitable[object]]


def _pressing(index: int) -> Act:
    async def press(client: DialogueClient) -> None:
        if client.offered:
            await client.press(client.offered[index % len(client.offered)])
        else:
            await client.say("menu")

    return press


def _saying(text: str) -> Act:
    return lambda client: client.say(text)


def _waiting(hours: float) -> Act:
    async def wait(client: DialogueClient) -> None:
        await client.wait(hours)
        await client.say("halo")

    return wait


ACTS: st.SearchStrategy[Act] = st.one_of(
    st.integers(0, 9).map(_pressing),
    st.sampled_from(WORDS).map(_saying),
    st.text(max_size=60).map(_saying),
    st.sampled_from([3.0, 30.0]).map(_waiting),
    st.sampled_from(FileKind).map(lambda kind: lambda client: client.send(kind)),
    st.just(lambda client: client.give(location=Location(-6.9, 107.6))),
    st.booleans().map(
        lambda own: lambda client: client.give(contact=Contact("+628123456789", own))
    ),
    st.sampled_from(["pick:1:x:y", "send:99", "mean:a:b", "nonsense", "elem:1:waktu:9"]).map(
        lambda data: lambda client: client.give(button=data)
    ),
)
SLOWLY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncEngine:
    """One engine for all examples: what it has compiled once it knows."""
    return make_engine(sqlite_url(tmp_path_factory.mktemp("chats") / "balai.db"), Vault(SECRET))


@pytest.fixture
def database(migrated_file: Path, engine: AsyncEngine) -> AsyncEngine:
    """A database that all examples share; each has a chat of its own."""
    file = Path(engine.url.database or "")
    for old in file.parent.iterdir():
        old.unlink()
    copyfile(migrated_file, file)
    return engine


def _run(engine: AsyncEngine, turn: Callable[[Sessions], Awaitable[None]]) -> None:
    async def on_engine() -> None:
        try:
            await turn(make_sessions(engine))
        finally:
            await engine.dispose()

    asyncio.run(on_engine())


async def _check(client: DialogueClient) -> None:
    """The last turn was answered, unless a human listens, with messages that can be sent."""
    if not client.replies:
        assert (await client.memory()).with_human
    for reply in client.replies:
        assert reply.text.strip()
        assert len(reply.text) <= MAX_TEXT
        for row in reply.buttons:
            assert row
            assert all(b.label and len(b.data.encode()) <= MAX_DATA for b in row)


@SLOWLY
@given(acts=st.lists(ACTS, min_size=1, max_size=14))
def test_there_is_no_error_and_no_silence_in_any_state(
    database: AsyncEngine, acts: list[Act]
) -> None:
    async def turn(sessions: Sessions) -> None:
        client = DialogueClient(sessions, Clock())
        for act in acts:
            await act(client)
            await _check(client)

    _run(database, turn)


@SLOWLY
@given(acts=st.lists(ACTS, min_size=1, max_size=12))
def test_batal_always_cancels(database: AsyncEngine, acts: list[Act]) -> None:
    """With a human the first one leads back to the bot, the second gives the form up."""

    async def turn(sessions: Sessions) -> None:
        client = DialogueClient(sessions, Clock())
        for act in acts:
            await act(client)
        if (await client.memory()).with_human:
            await client.say("batal")
        assert await client.say("batal")
        memory = await client.memory()
        assert memory.draft is None
        assert not memory.with_human
        assert await _drafts(sessions, client.chat) == 0
        assert await client.say("batal"), "and what had been put off until now"
        assert (await client.memory()).awaited is None

    _run(database, turn)


async def _drafts(sessions: Sessions, chat: str) -> int:
    async with sessions() as session:
        drafts = select(Case).where(Case.chat == chat, Case.status == Status.DRAFT)
        return len((await session.scalars(drafts)).all())


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("slug", sorted({*CATALOGUE.services, *CATALOGUE.complaints}))
def test_who_answers_well_is_done_in_fields_and_two_turns(
    database: AsyncEngine, slug: str, seed: int
) -> None:
    async def turn(sessions: Sessions) -> None:
        client = DialogueClient(sessions, Clock())
        await client.open()
        await client.give(button=f"start:{slug}")
        asked = list(_asked(client))
        random = Random(seed)
        while "formulir.ringkasan" not in client.replies[-1].key:
            await _answer_well(client, sessions, random)
            asked.extend(_asked(client))
        await client.press(next(b for b in client.offered if b.data.startswith("send:")))
        assert client.replies[-1].key == "formulir.diterima"
        assert len(asked) == len(set(asked)), "no question was asked twice"
        assert client.turns == len(asked) + 2

    _run(database, turn)


def _asked(client: DialogueClient) -> Iterator[str]:
    for reply in client.replies:
        yield from (key for key in reply.key.split("+") if key.startswith("tanya."))


async def _answer_well(client: DialogueClient, sessions: Sessions, random: Random) -> None:
    """Give a good answer to the question that is open."""
    key = list(_asked(client))[-1].removeprefix("tanya.")
    async with sessions() as session:
        mine = select(Case).where(Case.chat == client.chat)
        case = (await session.scalars(mine)).one()
        field = form_of_case(case).field(key)
    kind, limits = field.kind, field.limits
    if kind in {"pilihan", "ya_tidak"}:
        choices = [button for button in client.offered if button.data.startswith("pick:")]
        await client.press(random.choice(choices))
    elif kind in {"foto", "dokumen"}:
        await client.send(FileKind(kind))
    elif kind == "angka":
        await client.say(str(limits.get("min", 1)))
    elif kind == "tanggal":
        await client.say(DAYS[limits.get("batas")])
    else:
        await client.say(GOOD[kind][: limits.get("maks", MAX_TEXT)])


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_an_update_that_comes_twice_has_one_effect(
    start_client: StartClient, seed: int
) -> None:
    client = await start_client(START)
    client.nlu.down = True
    random = Random(seed)
    for _ in range(12):
        await client.send(_drawn(client, random))
        assert client.heard(CITIZEN) or await _human_listens(client)
        await client.again()
        assert client.heard(CITIZEN) == []
    assert client.complaints() == []


def _drawn(client: TelegramClient, random: Random) -> Sent:
    """A button of the last turn, a word, or a photo."""
    labels = client.labels(CITIZEN)
    if labels and random.random() < HALF:
        return Sent(CITIZEN, "tombol", random.choice(labels))
    if random.random() < TENTH:
        return Sent(CITIZEN, "foto")
    return Sent(CITIZEN, "teks", random.choice([word for word in WORDS if word.strip()]))


async def _human_listens(client: TelegramClient) -> bool:
    async with client.sessions() as session:
        row = await session.get(Chat, client.chat(CITIZEN))
        return row is not None and ChatMemory.from_json(row.state).with_human
