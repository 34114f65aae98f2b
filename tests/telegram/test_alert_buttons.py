"""The buttons below an alert: take, remind me, open; and groups of units."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.casework import alert_choices
from actions.domain.alerts import AlertEvent
from actions.domain.status import Status
from actions.storage.tables import AlertChoice, Staff
from tests.support.database import OTHER_CHAT, Database
from tests.support.running_bot import GROUP, RunningBot
from tests.telegram.officers import TEXTS, UNIT, choose, hear, heard, officer

pytestmark = pytest.mark.usefixtures("at_work")


async def test_a_case_is_taken_by_its_button_once(bot: RunningBot, stored: Database) -> None:
    rina, row = await officer(bot, stored)
    sari, _ = await officer(bot, stored, "sari", 901)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    await rina.taps("Ambil")
    assert heard(rina) == TEXTS.plain("petugas.perkara_diambil", kode=case.code, petugas="Rina")
    await sari.taps("Ambil")
    assert heard(sari) == TEXTS.plain("petugas.perkara_tidak_bisa")
    assert (await stored.fresh(case)).owner_id == row.id


async def test_who_is_no_officer_any_more_takes_nothing(bot: RunningBot, stored: Database) -> None:
    rina, row = await officer(bot, stored)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    async with bot.sessions.begin() as session:
        (await session.get_one(Staff, row.id)).telegram_id = None
    await rina.taps("Ambil")
    assert heard(rina) == TEXTS.plain("petugas.bukan_petugas")
    await rina.taps("Ingatkan nanti")
    assert heard(rina) == TEXTS.plain("petugas.bukan_petugas")
    assert (await stored.fresh(case)).owner_id is None


async def test_later_is_an_hour_later_unless_it_is_over(bot: RunningBot, stored: Database) -> None:
    rina, _ = await officer(bot, stored)
    case = await stored.file(chat=OTHER_CHAT)
    other = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    first, second = rina.chat.messages[-2:]
    await rina.presses(first, "Ingatkan nanti")
    assert "saya ingatkan lagi pukul 11.01" in heard(rina)
    await rina.presses(second, "Ingatkan nanti")
    await stored.move(other, Status.REJECTED, "tidak bisa")
    before = len(rina.chat.messages)
    await hear(bot, minutes=50)
    assert len(rina.chat.messages) == before
    await hear(bot, minutes=11)
    (again,) = rina.chat.messages[before:]
    assert case.code in again.text


async def test_the_group_of_a_unit_hears_of_what_it_wants(
    bot: RunningBot, stored: Database
) -> None:
    await officer(bot, stored)
    reference = bot.balai.deps.reference
    unit = reference.catalogue.office.units[UNIT].model_copy(update={"group": GROUP})
    units = {**reference.catalogue.office.units, UNIT: unit}
    office = reference.catalogue.office.model_copy(update={"units": units})
    catalogue = replace(reference.catalogue, office=office)
    bot.balai.deps.reference = replace(reference, catalogue=catalogue)
    group = bot.officer(900)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)

    assert case.code in heard(group)
    assert group.chat.messages[-1].labels == ("Ambil", "Buka")
    await group.taps("Ambil")
    assert "sekarang ditangani Rina" in heard(group)


async def test_nothing_is_linked_where_the_console_has_no_address(
    bot: RunningBot, stored: Database
) -> None:
    deps = bot.balai.deps
    deps.reference = replace(deps.reference, console_url="")
    rina, _ = await officer(bot, stored)
    await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    assert rina.chat.messages[-1].labels == ("Ambil", "Ingatkan nanti")


async def test_choices_are_kept_only_where_they_are_not_usual(
    bot: RunningBot, stored: Database
) -> None:
    _, row = await officer(bot, stored)
    await choose(bot, row, AlertEvent.URGENT, AlertEvent.TALK)
    async with bot.sessions() as session:
        wanted = await alert_choices.wanted(session, [row])
    assert wanted[row.id] == {AlertEvent.URGENT, AlertEvent.TALK}
    await choose(bot, row, *(set(AlertEvent) - {AlertEvent.TALK}))
    async with bot.sessions() as session:
        assert (await session.scalars(select(AlertChoice))).all() == []
