"""The file of a line of a chat, for whoever may read that line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import queues, rights, transcript
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import Case, Escalation, Message, Staff


@dataclass(frozen=True, slots=True)
class Readable:
    """The name of a stored file, and by which case or talk an officer may read it."""

    name: str
    by: Case | Escalation


async def find(
    session: AsyncSession, reference: ReferenceData, staff: Staff, number: int, now: datetime
) -> Readable | None:
    """The file of a line; None when there is none, or the line is none of this officer's business.

    Lines belong to a chat, which may hold cases of several offices: see `transcript`.
    """
    line = await session.get(Message, number)
    if line is None or line.file is None:
        return None
    cases = (await session.scalars(select(Case).where(Case.chat == line.chat))).all()
    for case in [one for one in cases if await rights.may_open(session, staff, one)]:
        if _holds(await transcript.of_case(session, staff, case, now, until=line.at), line):
            return Readable(line.file, case)
    talks = select(Escalation.id).where(Escalation.chat == line.chat)
    for talk_id in (await session.scalars(talks)).all():
        talk = await queues.escalation(session, reference, staff, talk_id)
        if talk is not None and _holds(
            await transcript.of_escalation(session, staff, talk, now), line
        ):
            return Readable(line.file, talk)
    return None


def _holds(lines: list[Message], line: Message) -> bool:
    return any(one.id == line.id for one in lines)
