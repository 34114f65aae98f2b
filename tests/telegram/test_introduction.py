"""What Telegram shows of the bot before anybody writes."""

from __future__ import annotations

import pytest

from bot.telegram import channel, introduction
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.faults import SERVER_ERROR, flooded

TEXTS = reference_of_tests().texts
PLAIN, PRIVATE = "", "all_private_chats"


async def introduced(bot: RunningBot) -> None:
    """Wait until the last of the calls came."""
    profile = bot.api.profile
    last = introduction.languages(TEXTS)[-1]
    await bot.api.world.until(lambda: last in profile.short)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "INTRODUCE_PAUSES", (0.0, 0.0, 0.0))


async def test_the_menu_is_there_in_every_language(bot: RunningBot) -> None:
    await introduced(bot)
    profile = bot.api.profile

    listed = {language: menu for (scope, language), menu in profile.commands.items()}
    assert {scope for scope, _ in profile.commands} == {PRIVATE}
    assert set(listed) == {PLAIN, "en", "jv", "su"}
    assert len({tuple(menu) for menu in listed.values()}) == 1, "the same commands in all"
    assert listed[PLAIN]["menu"] == "Menu utama"
    assert listed["en"]["menu"] == "Main menu"
    assert "KTP hilang" in profile.descriptions[PLAIN]
    assert set(profile.descriptions) == set(profile.short) == set(listed)


async def test_every_command_of_the_menu_is_understood(bot: RunningBot) -> None:
    known = {word for words in bot.balai.deps.reference.words["global"].values() for word in words}

    assert {f"/{one['command']}" for one in introduction.commands(TEXTS, "id")} <= known


async def test_telegram_that_has_enough_is_told_again_later(
    bot: RunningBot,
) -> None:
    bot.api.faults.plan("setMyCommands", flooded(3), SERVER_ERROR)
    await bot.rebuild()
    await introduced(bot)

    assert len(bot.api.profile.commands) == 4


@pytest.mark.parametrize("command", ["/lapor", "/lapor@balai_bot"])
async def test_a_command_shows_what_there_is(bot: RunningBot, command: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(command)

    assert citizen.says == TEXTS.plain("umum.pilih_keluhan")
    await citizen.writes("/layanan")
    assert citizen.says == TEXTS.plain("umum.pilih_kantor")
