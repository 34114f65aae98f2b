"""What each officer wants to hear of on Telegram: what is usual, unless they chose otherwise."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.alerts import USUALLY_OFF, AlertEvent
from actions.storage.tables import AlertChoice, Staff


async def wanted(
    session: AsyncSession, staff: Iterable[Staff]
) -> dict[int, frozenset[AlertEvent]]:
    """The events that each of these officers wants to hear of, by account."""
    chosen: dict[int, set[AlertEvent]] = {one.id: set(AlertEvent) - USUALLY_OFF for one in staff}
    rows = await session.scalars(select(AlertChoice).where(AlertChoice.staff_id.in_(chosen)))
    for row in rows:
        if row.event in set(AlertEvent):
            events, event = chosen[row.staff_id], AlertEvent(row.event)
            events.add(event) if row.wanted else events.discard(event)
    return {number: frozenset(events) for number, events in chosen.items()}


async def choose(session: AsyncSession, staff: Staff, events: Iterable[AlertEvent]) -> None:
    """Keep what an officer wants to hear of; what is as usual needs no row."""
    await session.execute(delete(AlertChoice).where(AlertChoice.staff_id == staff.id))
    chosen = set(events)
    for event in AlertEvent:
        if (event in chosen) is (event in USUALLY_OFF):
            session.add(AlertChoice(staff_id=staff.id, event=event, wanted=event in chosen))
