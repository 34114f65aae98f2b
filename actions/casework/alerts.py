"""Alerts to the officers' group: queued for who waits, and looked after until they arrived."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import lock_chat
from actions.casework.messages import queue_alert
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply
from actions.storage.tables import Escalation, Outbox

PATIENCE = timedelta(minutes=10)
"""How long an alert may be on its way before officers are told that it did not arrive."""


class Alerted(Protocol):
    """An escalation, or what is known of one: who it is and by which row it was told."""

    @property
    def id(self) -> int:
        """Which one."""

    @property
    def alert_id(self) -> int | None:
        """The row of the outbox."""


async def alert(
    session: AsyncSession, reference: ReferenceData, escalation: Escalation, now: datetime
) -> None:
    """Tell the officers' group that somebody waits: no words of the citizen leave the house."""
    if reference.staff_chat is not None:
        reply = talk_alert(reference, escalation)
        escalation.alert_id = await queue_alert(session, reference.staff_chat, reply, now)


def talk_alert(reference: ReferenceData, escalation: Escalation) -> Reply:
    """That somebody waits, why, and the button that takes them."""
    unit = reference.catalogue.unit(escalation.unit).short if escalation.unit else ""
    reason = reference.texts.plain(f"petugas.sebab.{escalation.reason}")
    text = reference.texts.html(
        "petugas.alarm", nomor=escalation.id, sebab=reason, unit=unit or "-"
    )
    claim = Button(reference.texts.plain("tombol.ambil"), f"claim:{escalation.id}")
    return Reply("petugas.alarm", text, ((claim,),))


async def unheard(
    session: AsyncSession, escalations: Sequence[Alerted], now: datetime
) -> frozenset[int]:
    """The ids of those whose alert could not be delivered, or has not been for long."""
    late = and_(Outbox.done_at.is_(None), Outbox.created_at < now - PATIENCE)
    return await _with_alert(session, escalations, or_(Outbox.failure.is_not(None), late))


async def alert_again(
    session: AsyncSession,
    reference: ReferenceData,
    waiting: Sequence[Escalation],
    now: datetime,
) -> None:
    """The group can be written to again: tell it of those whom it has not heard of."""
    if reference.staff_chat is None:
        return
    (await lock_chat(session, reference.staff_chat, now)).blocked = False
    missed = await _with_alert(session, waiting, Outbox.failure.is_not(None))
    for escalation in waiting:
        if escalation.id in missed:
            await alert(session, reference, escalation, now)


async def _with_alert(
    session: AsyncSession, escalations: Sequence[Alerted], state: ColumnElement[bool]
) -> frozenset[int]:
    by_alert = {one.alert_id: one.id for one in escalations if one.alert_id is not None}
    if not by_alert:
        return frozenset()
    found = await session.scalars(select(Outbox.id).where(Outbox.id.in_(by_alert), state))
    return frozenset(by_alert[row] for row in found)
