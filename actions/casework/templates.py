"""Replies that officers need often: shipped ones to begin with, then those of the office."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments, settings_log
from actions.casework.chats import lock_nobody
from actions.catalogue.reference import ReferenceData
from actions.catalogue.sheets import TEMPLATES
from actions.catalogue.texts import PLACEHOLDER, Texts
from actions.domain.messages import StoredFile
from actions.domain.status import Status
from actions.storage.tables import Staff, Template

SHIPPED, EXAMPLES = "templat", "konsol.contoh"
ATTACHMENT = "lampiran"
"""The key of an attachment in the history of settings, which tells whether there is one."""
NOT_WORDS = frozenset({Status.DUPLICATE, Status.NOT_OURS, Status.FORWARDED})
"""Statuses that take a code, a number or a name, and so have no sentence to begin with."""


async def for_unit(session: AsyncSession, unit: str) -> Sequence[Template]:
    """The replies of a unit and those of all units, by title."""
    theirs = or_(Template.unit.is_(None), Template.unit == unit)
    active = select(Template).where(Template.active.is_(True), theirs)
    return (await session.scalars(active.order_by(Template.title, Template.id))).all()


async def chosen(session: AsyncSession, unit: str, number: str) -> Template | None:
    """The reply that a form names, where a unit has it."""
    ready = await for_unit(session, unit)
    return next((one for one in ready if str(one.id) == number), None)


async def attach(
    session: AsyncSession, row: Template, file: StoredFile | None, staff: Staff, now: datetime
) -> None:
    """Let a reply bring this file, or none; the one before is let go."""
    had = row.file is not None
    await attachments.let_go_of_template(session, row.id)
    row.file, row.file_mime = (file.name, file.mime) if file else (None, None)
    row.updated_at, row.updated_by = now, staff.id
    settings_log.note(
        session,
        staff,
        now,
        TEMPLATES.key,
        str(row.id),
        before={ATTACHMENT: had},
        after={ATTACHMENT: file is not None},
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """A reply with what is known of a case; a name in braces that nothing is known of stays."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


async def seed(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Put the shipped replies into a table that never had any; returns how many."""
    await _wait_for_others(session, now)
    is_there = await session.scalar(select(Template.id).limit(1)) is not None
    if is_there or await settings_log.rows_of(session, TEMPLATES.key):
        return 0
    rows = list(_shipped(reference.texts, now))
    session.add_all(rows)
    return len(rows)


async def _wait_for_others(session: AsyncSession, now: datetime) -> None:
    """Several processes may start at once, and the row that they lock may be missing yet."""
    try:
        async with session.begin_nested():
            await lock_nobody(session, now)
    except IntegrityError:
        await lock_nobody(session, now)


def _shipped(texts: Texts, now: datetime) -> Iterator[Template]:
    names = dict.fromkeys(key.split(".")[1] for key in texts.under(SHIPPED))
    for name in names:
        title = texts.plain(f"templat.{name}.judul")
        text = texts.variants[f"templat.{name}.isi"][0]
        yield Template(title=title, text=text, active=True, updated_at=now)
    for key in texts.under(EXAMPLES):
        status = key.rpartition(".")[2]
        if status not in NOT_WORDS:
            title = texts.plain(f"konsol.status.{status}")
            yield Template(
                title=title, text=texts.plain(key), status=status, active=True, updated_at=now
            )
