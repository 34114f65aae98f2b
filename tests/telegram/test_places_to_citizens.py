"""A place that an officer sends reaches the citizen as a pin behind its name."""

from __future__ import annotations

from datetime import timedelta

from actions.casework import escalations, places_sent
from actions.casework.chats import lock_chat
from actions.casework.escalations import Reason
from actions.domain.messages import Reply
from tests.support.database import Database
from tests.support.running_bot import RunningBot
from tests.support.telegram.faults import SERVER_ERROR
from tests.telegram.test_delivery import later

CHAT = "tg:500"


async def _sends(bot: RunningBot, stored: Database, written: str) -> None:
    rina = await stored.account("rina")
    async with bot.sessions.begin() as session:
        await lock_chat(session, CHAT, bot.clock())
        talk = await escalations.open_escalation(
            session, stored.reference, chat=CHAT, reason=Reason.OFFICER, now=bot.clock()
        )
        place = places_sent.read(stored.reference.catalogue.sites, written)
        await escalations.say(
            session, stored.reference, talk, rina, "Ambil di sini ya", bot.clock(), place=place
        )
    await later(bot, 0)


async def test_a_landmark_is_named_and_shown_as_a_pin(bot: RunningBot, stored: Database) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await _sends(bot, stored, "pasar wonorejo")
    *_, words, named, pin = citizen.chat.messages
    assert "Ambil di sini ya" in words.text
    assert "Rina mengirim tempat ini: Pasar Wonorejo, Wonorejo" in named.text
    assert "openstreetmap.org/?mlat=-6.97630&mlon=107.67140" in named.text
    assert pin.place == (-6.9763, 107.6714)


async def test_coordinates_are_named_after_their_village(
    bot: RunningBot, stored: Database
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await _sends(bot, stored, "-6.9800, 107.6700")
    *_, named, pin = citizen.chat.messages
    assert "tempat ini: Wonorejo" in named.text
    assert pin.place == (-6.98, 107.67)


async def test_a_fault_between_its_name_and_its_pin_loses_nothing(
    bot: RunningBot, stored: Database
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    bot.api.faults.plan("sendLocation", SERVER_ERROR)
    await _sends(bot, stored, "Pasar Wonorejo")
    await later(bot, timedelta(minutes=5).total_seconds())
    assert citizen.chat.messages[-1].place == (-6.9763, 107.6714)


def test_the_outbox_keeps_the_pin() -> None:
    place = places_sent.Location(-6.9763, 107.6714)
    reply = Reply("petugas.tempat", "x", place=place)
    assert Reply.from_json(reply.to_json()) == reply
