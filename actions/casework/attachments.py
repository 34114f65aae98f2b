"""Which files answer a question: one, several, or what was sent before there was a form."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.domain.messages import StoredFile
from actions.storage.engine import rows_of
from actions.storage.tables import (
    Attachment,
    Case,
    FileLetGo,
    Message,
    Outbox,
    Template,
    WebLine,
)

EARLY_KEPT = timedelta(minutes=10)
MOST = 10
OFFICERS = "petugas"
"""The field of files that officers sent to the citizen: no question of the form."""
PROOF = "bukti"
"""The field of photos that show what was done."""
VOICE = "suara"
"""The field of voices, which answer no question of the form."""
SOUNDS = frozenset({"audio/ogg"})


async def make_way(session: AsyncSession, case: Case, field: str) -> None:
    """Let go of the files that answered a question so far: another one replaces them."""
    await let_go(session, Attachment.case_id == case.id, Attachment.field == field)


async def drop_all(session: AsyncSession, case: Case) -> None:
    """Let go of the files of a draft that is given up: nobody will ever read them."""
    await let_go(session, Attachment.case_id == case.id)


async def drop_unanswered(session: AsyncSession, case: Case) -> None:
    """Let go of files whose question was skipped afterwards, or no longer applies."""
    answered = [key for key, value in case.answers.items() if value is not None]
    unanswered = Attachment.field.not_in([*answered, OFFICERS, PROOF, VOICE])
    await let_go(session, Attachment.case_id == case.id, unanswered)


async def let_go(session: AsyncSession, *which: ColumnElement[bool]) -> None:
    """Take files from whoever had them; their bytes go soon after (`remove_let_go`)."""
    await let_go_named(session, Attachment.name, *which)
    await session.execute(delete(Attachment).where(*which))


async def let_go_named(
    session: AsyncSession,
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    *which: ColumnElement[bool],
) -> None:
    """Let go of the files that a column names in some rows; the rows stay as they are."""
    names = select(column).where(column.is_not(None), *which)
    await session.execute(insert(FileLetGo).from_select(["name"], names))


async def let_go_sent(session: AsyncSession, *which: ColumnElement[bool]) -> None:
    """Let go of the files that lines of a chat came with; the lines go, or have gone, too."""
    await let_go_named(session, Message.file, *which)


async def let_go_of_template(session: AsyncSession, template_id: int) -> None:
    """Let go of the file that a ready reply brings; the reply goes, or gets another one."""
    await let_go_named(session, Template.file, Template.id == template_id)


async def let_go_delivered(session: AsyncSession) -> None:
    """Let go of the files of messages that have gone out, or never will."""
    done = (Outbox.file.is_not(None), Outbox.done_at.is_not(None))
    found = (await session.execute(select(Outbox.id, Outbox.file).where(*done))).all()
    if found:
        await session.execute(insert(FileLetGo), [{"name": row.file} for row in found])
        ids = [row.id for row in found]
        await session.execute(update(Outbox).where(Outbox.id.in_(ids)).values(file=None))


def _having_files() -> tuple[InstrumentedAttribute[Any], ...]:
    """Every column that names a file that is needed."""
    return Attachment.name, Message.file, Outbox.file, Template.file, WebLine.file


async def in_use(session: AsyncSession, names: Collection[str] | None = None) -> frozenset[str]:
    """The names of all files that are needed, or which of these `names` are."""
    found: set[str] = set()
    for column in _having_files():
        asked = select(column).where(column.is_not(None)).distinct()
        asked = asked if names is None else asked.where(column.in_(names))
        found.update((await session.scalars(asked)).all())
    return frozenset(found)


async def remove_let_go(
    session: AsyncSession, remove: Callable[[Sequence[str]], Awaitable[Collection[str]]]
) -> None:
    """Have the bytes of files removed that nobody has any more.

    `remove` says which are gone now; the others are tried again. A file that somebody else sent
    too stays.
    """
    names = set((await session.scalars(select(FileLetGo.name))).all())
    if not names:
        return
    elsewhere = await in_use(session, names)
    done = elsewhere | set(await remove(sorted(names - elsewhere)))
    await session.execute(delete(FileLetGo).where(FileLetGo.name.in_(done)))


async def join_album(
    session: AsyncSession, chat: str, album: str, file: StoredFile, now: datetime
) -> Attachment | None:
    """Keep a file beside the others of its album, for the same question; returns the first.

    None where none of them was kept, so that this one is the first.
    """
    found = await _of_album(session, chat, album)
    if not found:
        return None
    first = found[0]
    if len(found) < MOST and file.name not in {kept.name for kept in found}:
        case, field = first.case_id, first.field
        session.add(row(file, now, chat=chat, album=album, case_id=case, field=field))
    return first


async def _of_album(session: AsyncSession, chat: str, album: str) -> Sequence[Attachment]:
    mine = select(Attachment).where(Attachment.album == album, Attachment.chat == chat)
    return (await session.scalars(mine.order_by(Attachment.id))).all()


async def of_field(session: AsyncSession, case: Case, field: str) -> Sequence[Attachment]:
    """The files that answer a question of a case, oldest first."""
    mine = select(Attachment).where(Attachment.case_id == case.id, Attachment.field == field)
    return (await session.scalars(mine.order_by(Attachment.id))).all()


async def keep_early(
    session: AsyncSession, chat: str, album: str | None, file: StoredFile, now: datetime
) -> None:
    """Keep a file that came before any form, until there is one to which it can belong."""
    waiting = await early(session, chat, now)
    if len(waiting) < MOST and file.name not in {kept.name for kept in waiting}:
        session.add(row(file, now, chat=chat, album=album))


async def put_back(session: AsyncSession, case: Case, now: datetime) -> int:
    """Keep what came lately for the form that follows, when this one is given up as not meant.

    Returns how many files that are.
    """
    lately = (Attachment.case_id == case.id, Attachment.at >= now - EARLY_KEPT)
    taken = update(Attachment).where(*lately).values(case_id=None, field="")
    return rows_of(await session.execute(taken))


async def forget_early(session: AsyncSession, now: datetime) -> None:
    """Let go of files for which no form was begun in time."""
    await let_go(session, Attachment.case_id.is_(None), Attachment.at < now - EARLY_KEPT)


async def early(session: AsyncSession, chat: str, now: datetime) -> Sequence[Attachment]:
    """The files of a chat that came before the form that they may be for."""
    waiting = (Attachment.chat == chat, Attachment.case_id.is_(None))
    fresh = select(Attachment).where(*waiting, Attachment.at >= now - EARLY_KEPT)
    return (await session.scalars(fresh.order_by(Attachment.id))).all()


def row(
    file: StoredFile,
    now: datetime,
    *,
    chat: str,
    album: str | None,
    case_id: int | None = None,
    field: str = "",
) -> Attachment:
    """A stored file as the database keeps it."""
    return Attachment(
        chat=chat,
        case_id=case_id,
        field=field,
        album=album,
        name=file.name,
        mime=file.mime,
        size=file.size,
        seconds=file.seconds or None,
        at=now,
    )
