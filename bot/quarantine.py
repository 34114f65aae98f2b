"""What is done by hand with updates that are set aside: look, try again, drop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import inbox, quarantine
from actions.casework.inbox import Received
from actions.storage.engine import Sessions
from actions.storage.tables import Quarantined
from actions.storage.vault import WrongKeyError
from bot.telegram import inbound


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an action: lines to show, and the status that the command ends with."""

    lines: list[str]
    status: int = 0


async def show(sessions: Sessions, _: Sequence[int], __: datetime) -> Done:
    """One line for each update, with nothing of what it says."""
    async with sessions() as session:
        rows = await quarantine.everything(session)
    lines = [
        f"{row.id}  {row.at:%Y-%m-%d %H:%M}  {row.source} {row.external_id or '-'}"
        f"  chat {row.chat or '-'}  {row.failure}"
        for row in rows
    ]
    return Done(lines or ["Nothing is set aside."])


async def retry(sessions: Sessions, numbers: Sequence[int], now: datetime) -> Done:
    """Let the bot take these again, or all of them.

    Each in a transaction of its own, so that one that fails again stops no other.
    """
    async with sessions() as session:
        rows = await quarantine.everything(session)
    chosen = [row for row in rows if row.id in numbers or not numbers]
    left = [row.id for row in chosen if not await _given_back(sessions, row, now)]
    lines = [f"{number} cannot be taken by this version either; it stays." for number in left]
    return Done([*lines, f"Given back to the bot: {len(chosen) - len(left)}"], 1 if left else 0)


async def drop(sessions: Sessions, numbers: Sequence[int], _: datetime) -> Done:
    """Delete these, or all; nobody will answer them."""
    async with sessions.begin() as session:
        chosen = numbers or [row.id for row in await quarantine.everything(session)]
        return Done([f"Dropped: {await quarantine.drop(session, chosen)}"])


ACTIONS = {"list": show, "retry": retry, "drop": drop}


async def _given_back(sessions: Sessions, row: Quarantined, now: datetime) -> bool:
    try:
        async with sessions.begin() as session:
            again = await _read(session, row)
            if again is None:
                return False
            await inbox.put_back(session, row.source, again, now)
            await quarantine.drop(session, [row.id])
    except (SQLAlchemyError, UnicodeError, OverflowError, WrongKeyError):
        return False
    return True


async def _read(session: AsyncSession, row: Quarantined) -> Received | None:
    """The update as it would be stored today; None where it still cannot be placed."""
    said = await quarantine.said(session, row)
    if row.source == inbound.NAME:
        read = inbound.read(said)
        return read if isinstance(read, Received) else None
    if row.chat is None or row.external_id is None:
        return None
    return Received(row.external_id, row.chat, said)
