"""In a group of citizens the bot says once that it is to be written to directly."""

from __future__ import annotations

import pytest

from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person

ASIDE = reference_of_tests().texts.plain("umum.grup")
NEIGHBOURS = -2002


@pytest.fixture
def neighbour(bot: RunningBot) -> Person:
    return Person(bot.api, 500, bot.settle, chat=NEIGHBOURS)


async def test_it_is_said_when_the_bot_is_added_and_not_again(neighbour: Person) -> None:
    await neighbour.adds_the_bot()
    assert neighbour.says == ASIDE
    assert neighbour.news[0].labels == ("Tulis langsung",)

    assert await neighbour.writes("/start@balai_bot") == []
    assert await neighbour.writes("lampu jalan mati @balai_bot") == []


@pytest.mark.parametrize("said", ["/lapor", "/menu@balai_bot", "halo @Balai_Bot, ktp hilang"])
async def test_whoever_speaks_to_it_hears_it_once(neighbour: Person, said: str) -> None:
    await neighbour.writes(said)
    assert neighbour.says == ASIDE
    assert await neighbour.writes(said) == []


@pytest.mark.parametrize("said", ["halo semua", "/menu@bot_lain", "@budi lampu mati ya"])
async def test_what_is_not_for_it_is_left_alone(neighbour: Person, said: str) -> None:
    assert await neighbour.writes(said) == []


async def test_it_is_said_once_however_often_the_bot_starts(
    bot: RunningBot, neighbour: Person
) -> None:
    await neighbour.writes("/menu")
    await bot.rebuild()

    assert await neighbour.writes("/menu") == []


async def test_the_group_of_the_officers_is_no_such_group(bot: RunningBot) -> None:
    officer = bot.officer()

    assert await officer.writes("/menu@balai_bot") == []
