"""What an officer does in the console, done through the same casework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.casework import cases, escalations, staff
from actions.casework.cases import By
from actions.casework.escalations import Reason
from actions.domain.status import Actor, status_of
from actions.storage.tables import Escalation, Staff
from tests.support.golden.client import ChannelClient
from tests.support.golden.stored import record

NAME = "Rina Hartati"


async def act(client: ChannelClient, chat: str, what: Mapping[str, Any]) -> None:
    """ambil, tulis, tutup, buka, or a status with its reason."""
    async with client.sessions.begin() as session:
        officer = await _account(client, session)
        held = await record(session, chat)
        now = client.clock.now
        if "status" in what:
            await cases.move(
                session,
                client.reference,
                held.newest,
                status_of(what["status"]),
                by=By(Actor.OFFICER, officer.id),
                now=now,
                reason=what.get("alasan"),
            )
        if "buka" in what:
            talk = await escalations.open_escalation(
                session, client.reference, chat=chat, reason=Reason.OFFICER, now=now
            )
            await escalations.claim(session, client.reference, talk, officer, now)
        if "ambil" in what:
            await escalations.claim(session, client.reference, await _talk(held), officer, now)
        if "tulis" in what:
            await escalations.say(
                session, client.reference, await _talk(held), officer, what["tulis"], now
            )
        if "tutup" in what:
            talk = await _talk(held)
            await escalations.close(session, client.reference, talk, now, key="petugas.selesai")


async def _account(client: ChannelClient, session: Any) -> Staff:
    known = await staff.by_username(session, "rina")
    if known is not None:
        return known
    account = Staff(
        username="rina",
        name=NAME,
        role=staff.Role.OFFICER,
        unit=None,
        password_hash="",
        active=True,
        failed_logins=0,
        created_at=client.clock.now,
    )
    session.add(account)
    await session.flush()
    return account


async def _talk(held: Any) -> Escalation:
    talk = await held.escalation()
    assert talk is not None, "there is no handover to work on"
    return talk
