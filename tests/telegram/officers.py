"""Officers with a linked Telegram, and the jobs that tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from actions.casework import alert_choices
from actions.casework.staff import Role
from actions.domain.alerts import AlertEvent
from actions.storage.tables import Staff
from tests.support.database import Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person

TEXTS = reference_of_tests().texts
MORNING = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
"""Friday, ten o'clock there."""
UNIT, CONSOLE = "disdukcapil", "https://konsol.example"


async def officer(
    bot: RunningBot, stored: Database, name: str = "rina", user: int = 900, **more: Any
) -> tuple[Person, Staff]:
    """Somebody of the unit with a linked Telegram, who was greeted already."""
    row = await stored.account(
        name, more.pop("role", Role.OFFICER), more.pop("unit", UNIT), telegram_id=user, **more
    )
    person = bot.citizen(user)
    await person.writes("/start")
    async with bot.sessions.begin() as session:
        (await session.get_one(Staff, row.id)).digested_on = bot.clock().date()
    await hear(bot)
    return person, row


async def hear(bot: RunningBot, **passed: float) -> None:
    """Let the jobs look, and take what they found."""
    bot.clock.move(timedelta(**(passed or {"seconds": 30})))
    await bot.balai.jobs.run_due()
    await bot.settle()


def heard(person: Person) -> str:
    return person.chat.messages[-1].text


async def choose(bot: RunningBot, row: Staff, *events: AlertEvent) -> None:
    async with bot.sessions.begin() as session:
        await alert_choices.choose(session, row, events)
