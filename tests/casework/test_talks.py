"""What a conversation with the bot came to: counted turn by turn, without a word of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import erasure, figures, talks
from actions.casework.chats import NOBODY
from actions.casework.figures import Scope
from actions.casework.talks import PAUSE, Said
from actions.domain.figures import FigureKind, TalkPart
from actions.domain.period import read_period
from actions.storage.tables import Talk
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.dialogue_client import DialogueClient
from tests.support.figures import count_figures


async def _talks(database: Database) -> list[Talk]:
    async with database.sessions() as session:
        return list((await session.scalars(select(Talk).order_by(Talk.id))).all())


@pytest.mark.parametrize(
    ("replies", "button", "missed", "corrected"),
    [
        (["umum.salam"], None, False, False),
        (["umum.tidak_paham"], None, True, False),
        (["status.kosong+petugas.tidak_paham"], None, True, False),
        (["umum.maksud_mana"], "none", False, True),
        (["umum.maksud_mana"], "not:ktp_hilang:3", False, True),
        (["umum.maksud_mana"], "notice", False, False),
        ([], None, False, False),
    ],
)
def test_misses_and_corrections_are_known_by_keys_and_buttons(
    replies: list[str], button: str | None, missed: bool, corrected: bool
) -> None:
    said = Said(replies, button)
    assert (said.missed, said.corrected) == (missed, corrected)


async def test_a_talk_goes_on_until_there_is_a_long_silence(
    database: Database, clock: Clock
) -> None:
    citizen = DialogueClient(database.sessions, clock)
    await citizen.say("halo")
    await citizen.say("syarat ktp hilang apa")
    clock.move(PAUSE - timedelta(minutes=1))
    await citizen.say("makasih")
    clock.move(PAUSE + timedelta(minutes=1))
    await citizen.say("halo")
    assert [talk.turns for talk in await _talks(database)] == [3, 1]
    assert not any(talk.human or talk.missed or talk.stuck for talk in await _talks(database))


async def test_what_is_not_understood_leaves_a_talk_stuck_and_the_second_time_calls_a_human(
    database: Database, clock: Clock
) -> None:
    citizen = DialogueClient(database.sessions, clock)
    await citizen.say("xyzzy plugh qwrtz")
    (talk,) = await _talks(database)
    assert (talk.missed, talk.stuck, talk.human) == (1, True, False)
    await citizen.say("blorb frotz gnusto")
    (talk,) = await _talks(database)
    assert (talk.missed, talk.stuck, talk.human) == (2, True, True)


async def test_a_form_left_open_is_not_resolved(database: Database, clock: Clock) -> None:
    citizen = DialogueClient(database.sessions, clock)
    await citizen.say("mau urus ktp hilang")
    (talk,) = await _talks(database)
    assert talk.stuck
    await citizen.say("batal")
    (talk,) = await _talks(database)
    assert not talk.stuck


async def test_figures_tell_contained_from_resolved(database: Database, clock: Clock) -> None:
    for words in (["halo"], ["mau urus ktp hilang"], ["xyzzy plugh qwrtz", "blorb frotz gnusto"]):
        citizen = DialogueClient(database.sessions, clock)
        for said in words:
            await citizen.say(said)
    await count_figures(database)
    async with database.sessions() as session:
        found = await figures.split(session, FigureKind.TALK, read_period("2026-11"), Scope())
    assert found == {
        TalkPart.ALL: 3,
        TalkPart.HUMAN: 1,
        TalkPart.RESOLVED: 1,
        TalkPart.MISSED: 1,
        TalkPart.TURNS: 4,
        TalkPart.MISSED_TURNS: 2,
    }


async def test_whoever_is_erased_is_not_known_by_their_talks(
    database: Database, clock: Clock
) -> None:
    citizen = DialogueClient(database.sessions, clock)
    await citizen.say("halo")
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, citizen.chat, clock.now)
    (talk,) = await _talks(database)
    assert (talk.chat, talk.turns) == (NOBODY, 1)


async def test_old_talks_go_and_their_figures_stay(database: Database, clock: Clock) -> None:
    citizen = DialogueClient(database.sessions, clock)
    await citizen.say("halo")
    await count_figures(database)
    clock.move(timedelta(days=400))
    async with database.sessions.begin() as session:
        assert await talks.prune(session, clock.now, timedelta(days=365)) == 1
    await count_figures(database)
    async with database.sessions() as session:
        found = await figures.split(session, FigureKind.TALK, read_period("2026"), Scope())
    assert found[TalkPart.ALL] == 1
