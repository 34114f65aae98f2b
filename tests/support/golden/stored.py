"""Compares what the database holds with what a step expects of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import cases, surveys
from actions.casework.escalations import State
from actions.domain.memory import ChatMemory
from actions.domain.status import CaseKind
from actions.storage.tables import Case, Chat, Escalation, Survey


@dataclass
class Record:
    """What is stored of a chat."""

    session: AsyncSession
    chat: str
    cases: Sequence[Case]
    drafts: Sequence[Case]

    @property
    def newest(self) -> Case:
        """The case handed in last, or else the newest draft."""
        return (self.cases or self.drafts)[-1]

    async def escalation(self) -> Escalation | None:
        """The newest escalation."""
        found = select(Escalation).where(Escalation.chat == self.chat)
        return await self.session.scalar(found.order_by(Escalation.id.desc()).limit(1))

    async def survey(self) -> Survey | None:
        """The newest survey."""
        found = select(Survey).where(Survey.chat == self.chat)
        return await self.session.scalar(found.order_by(Survey.id.desc()).limit(1))


async def record(session: AsyncSession, chat: str) -> Record:
    """Read the requests of a chat, oldest first."""
    row = await session.get(Chat, chat)
    pseudonym = ChatMemory.from_json(row.state).pseudonym if row else None
    mine = select(Case).where(Case.chat.in_([chat, pseudonym or chat])).order_by(Case.id)
    found = (await session.scalars(mine)).all()
    drafts = [case for case in found if case.code is None and case.closed_at is None]
    return Record(session, chat, [r for r in found if r.code is not None], drafts)


async def _services(record: Record) -> int:
    return len([r for r in record.cases if r.kind == CaseKind.REQUEST])


async def _complaints(record: Record) -> int:
    return len([r for r in record.cases if r.kind == CaseKind.COMPLAINT])


async def _drafts(record: Record) -> int:
    return len(record.drafts)


async def _status(record: Record) -> str:
    return record.newest.status


async def _item(record: Record) -> str:
    return record.newest.slug


async def _answers(record: Record) -> dict[str, Any]:
    return dict(record.newest.answers)


async def _secret(record: Record) -> bool:
    return record.newest.secret


async def _due(record: Record) -> Any:
    return record.newest.due_on


async def _stopped(record: Record) -> bool:
    return record.newest.paused_on is not None


async def _files(record: Record) -> int:
    return len(await cases.attachments(record.session, record.newest))


async def _waiting(record: Record) -> int:
    found = select(Escalation.id).where(
        Escalation.chat == record.chat, Escalation.status != State.CLOSED
    )
    return len((await record.session.scalars(found)).all())


async def _reason(record: Record) -> str | None:
    escalation = await record.escalation()
    return escalation.reason if escalation else None


async def _handover(record: Record) -> str | None:
    escalation = await record.escalation()
    return escalation.status if escalation else None


async def _mark(record: Record) -> int | None:
    survey = await record.survey()
    return survey.overall if survey else None


async def _elements(record: Record) -> int:
    survey = await record.survey()
    return len(await surveys.answers(record.session, survey)) if survey else 0


async def _comment(record: Record) -> str | None:
    survey = await record.survey()
    return survey.comment if survey else None


async def _surveys(record: Record) -> int:
    found = select(Survey.id).where(Survey.chat == record.chat)
    return len((await record.session.scalars(found)).all())


READERS: Mapping[str, Callable[[Record], Awaitable[Any]]] = {
    "permohonan": _services,
    "laporan": _complaints,
    "draf": _drafts,
    "status": _status,
    "hal": _item,
    "jawaban": _answers,
    "rahasia": _secret,
    "janji": _due,
    "jeda": _stopped,
    "berkas": _files,
    "eskalasi": _waiting,
    "sebab": _reason,
    "percakapan": _handover,
    "nilai": _mark,
    "unsur": _elements,
    "komentar": _comment,
    "survei": _surveys,
}


async def differences(session: AsyncSession, chat: str, expected: Mapping[str, Any]) -> list[str]:
    """What is stored otherwise than expected; "jawaban" names only some of the answers."""
    held = await record(session, chat)
    found: list[str] = []
    for key, wish in expected.items():
        value: Any = await READERS[key](held)
        wanted = wish
        if isinstance(wish, Mapping):
            value = {name: value.get(name) for name in wish}
            wanted = {name: _as_stored(answer) for name, answer in wish.items()}
        if value != wanted:
            found.append(f"{key} is {value!r}, expected {wanted!r}")
    return found


def _as_stored(answer: Any) -> Any:
    """YAML reads dates as dates; answers hold them as text."""
    return answer.isoformat() if isinstance(answer, date) else answer
