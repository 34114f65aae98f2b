"""Compares what the database holds with what the citizens did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.engine import make_engine, make_sessions
from actions.storage.files import Files
from actions.storage.tables import Attachment, Case, CaseEvent, Inbox, Message, Outbox
from actions.storage.vault import Vault
from tests.crash import bursts, web
from tests.crash.bursts import Burster
from tests.crash.citizens import Citizen
from tests.support.databases import SECRET
from tests.support.telegram.world import World


async def faults(
    url: str,
    files: Path,
    world: World,
    citizens: Sequence[Citizen],
    bursters: Sequence[Burster] = (),
    browsers: Sequence[web.Player] = (),
) -> list[str]:
    """Everything that was lost, doubled or left undone."""
    engine = make_engine(url, Vault(SECRET))
    try:
        async with make_sessions(engine)() as session:
            return [
                *await _inbox(session, world),
                *await _outbox(session),
                *await _requests(session, citizens),
                *await _files(session, Files(files, Vault(SECRET)), citizens),
                *await _lines(session, citizens),
                *await bursts.faults(session, bursters),
                *await web.faults(session, browsers),
            ]
    finally:
        await engine.dispose()


async def _inbox(session: AsyncSession, world: World) -> list[str]:
    rows = (await session.scalars(select(Inbox))).all()
    stored = Counter(row.external_id for row in rows)
    happened = world.happened
    found = [f"update {number} was lost" for number in happened - stored.keys()]
    found += [f"update {number} was stored twice" for number, n in stored.items() if n > 1]
    found += [f"update {row.external_id} was not handled" for row in rows if not row.handled_at]
    found += [f"update {row.external_id} failed: {row.failure}" for row in rows if row.failure]
    return found


async def _outbox(session: AsyncSession) -> list[str]:
    rows = (await session.scalars(select(Outbox))).all()
    found = [f"reply {row.id} was not sent" for row in rows if not row.done_at]
    return found + [f"reply {row.id} failed: {row.failure}" for row in rows if row.failure]


async def _requests(session: AsyncSession, citizens: Sequence[Citizen]) -> list[str]:
    chats = [f"tg:{citizen.person.user}" for citizen in citizens]
    rows = (await session.scalars(select(Case).where(Case.chat.in_(chats)))).all()
    names = Counter((row.chat, row.answers.get("nama"), row.status) for row in rows)
    wanted = Counter(
        (f"tg:{citizen.person.user}", citizen.story.name(visit), "diajukan")
        for citizen in citizens
        for visit in range(citizen.story.visits)
    )
    found = [f"request missing: {chat} {name}" for chat, name, _ in (wanted - names).elements()]
    found += [f"request too much: {entry}" for entry in (names - wanted).elements()]
    events = Counter((await session.scalars(select(CaseEvent.case_id))).all())
    return found + [
        f"request {row.id} has {events[row.id]} events" for row in rows if events[row.id] != 1
    ]


async def _files(session: AsyncSession, files: Files, citizens: Sequence[Citizen]) -> list[str]:
    rows = (await session.scalars(select(Attachment))).all()
    chats = {f"tg:{citizen.person.user}" for citizen in citizens}
    kept = sum(row.chat in chats for row in rows)
    wanted = sum(citizen.story.visits for citizen in citizens if citizen.story.with_photo)
    found = [] if kept == wanted else [f"{kept} files attached, {wanted} sent"]
    return found + [
        f"file {row.name} is missing" for row in rows if not files.path(row.name).exists()
    ]


async def _lines(session: AsyncSession, citizens: Sequence[Citizen]) -> list[str]:
    """Every turn has left exactly one line of its citizen."""
    rows = await session.scalars(select(Message.chat).where(Message.sender == "warga"))
    lines = Counter(rows.all())
    wanted = {f"tg:{c.person.user}": len(c.story.steps()) for c in citizens}
    return [
        f"{chat} took {lines[chat]} turns, expected {n}"
        for chat, n in wanted.items()
        if lines[chat] != n
    ]
