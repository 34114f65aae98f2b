"""What an officer does in the console, done through the same casework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.casework import escalations, staff
from actions.casework.escalations import Reason
from actions.domain.status import status_of
from actions.storage.tables import Staff
from tests.support.database import Database
from tests.support.golden.before import builder
from tests.support.golden.client import ChannelClient
from tests.support.golden.stored import record

NAME = "Rina Hartati"


async def act(client: ChannelClient, chat: str, what: Mapping[str, Any]) -> None:
    """ambil, tulis, tutup, buka, or a status with its reason."""
    database, reference, now = builder(client), client.reference, client.clock.now
    officer = await _account(database)
    if "status" in what:
        async with client.sessions() as session:
            newest = (await record(session, chat)).newest
        await database.move(newest, status_of(what["status"]), what.get("alasan"), by=officer)
    async with client.sessions.begin() as session:
        if "buka" in what:
            escalation = await escalations.open_escalation(
                session, reference, chat=chat, reason=Reason.OFFICER, now=now
            )
            await escalations.claim(session, reference, escalation, officer, now)
        if not what.keys() & {"ambil", "tulis", "tutup"}:
            return
        newest_one = await (await record(session, chat)).escalation()
        assert newest_one is not None, "there is no escalation to work on"
        if "ambil" in what:
            await escalations.claim(session, reference, newest_one, officer, now)
        if "tulis" in what:
            await escalations.say(session, reference, newest_one, officer, what["tulis"], now)
        if "tutup" in what:
            await escalations.close(session, reference, newest_one, now, key="petugas.selesai")


async def _account(database: Database) -> Staff:
    async with database.sessions() as session:
        known = await staff.by_username(session, "rina")
    return known or await database.account("rina", name=NAME)
