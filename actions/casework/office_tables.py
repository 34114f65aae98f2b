"""Sheets with a table of their own: templates of replies, and the rules of clocks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.catalogue.sheets import CLOCKS, TEMPLATES, FieldsError, Values, Wrong
from actions.domain.clocks import Clock, Stage
from actions.domain.terms import Measure
from actions.storage.tables import Case, ClockRule, Staff, Template

NAMED = ("hari", "satuan", "tahap", "unit", "jenis", "hal", "jeda", "dari")
"""What of a clock must stay once a case began under it."""


class InUseError(Exception):
    """Cases began under this rule: it may end, but not change."""


class Table(Protocol):
    """Rows as a sheet has them, on a table."""

    async def rows(
        self, session: AsyncSession, after: int, limit: int
    ) -> Sequence[tuple[str, Values]]:
        """Some rows with an id above that, in their order."""
        ...

    async def one(self, session: AsyncSession, key: str) -> Values | None:
        """One row."""
        ...

    async def check(self, session: AsyncSession, key: str | None, values: Values) -> None:
        """Raise FieldsError or InUseError where a row cannot become so."""
        ...

    async def save(
        self, session: AsyncSession, key: str | None, values: Values, staff: Staff, now: datetime
    ) -> str:
        """Keep a row and return its key."""
        ...

    async def remove(self, session: AsyncSession, key: str) -> None:
        """Delete a row; raises InUseError."""
        ...

    async def count(self, session: AsyncSession) -> int:
        """How many there are."""
        ...


class Templates:
    """Replies that officers need often."""

    async def rows(
        self, session: AsyncSession, after: int, limit: int
    ) -> Sequence[tuple[str, Values]]:
        """See Table."""
        wanted = select(Template).where(Template.id > after).order_by(Template.id).limit(limit)
        return [(str(row.id), _of_template(row)) for row in await session.scalars(wanted)]

    async def one(self, session: AsyncSession, key: str) -> Values | None:
        """See Table."""
        row = await session.get(Template, int(key)) if key.isdigit() else None
        return None if row is None else _of_template(row)

    async def check(self, session: AsyncSession, key: str | None, values: Values) -> None:
        """See Table."""

    async def save(
        self, session: AsyncSession, key: str | None, values: Values, staff: Staff, now: datetime
    ) -> str:
        """See Table."""
        row = await session.get_one(Template, int(key)) if key else Template()
        row.title, row.text = values["judul"], values["teks"]
        row.unit, row.status, row.active = values["unit"], values["status"], values["aktif"]
        row.updated_at, row.updated_by = now, staff.id
        session.add(row)
        await session.flush()
        return str(row.id)

    async def remove(self, session: AsyncSession, key: str) -> None:
        """See Table."""
        await attachments.let_go_of_template(session, int(key))
        await session.delete(await session.get_one(Template, int(key)))

    async def count(self, session: AsyncSession) -> int:
        """See Table."""
        return (await session.scalars(select(func.count(Template.id)))).one()


def _of_template(row: Template) -> Values:
    return {
        "judul": row.title,
        "teks": row.text,
        "unit": row.unit,
        "status": row.status,
        "aktif": row.active,
    }


class Clocks:
    """How long a stage of a case may take, and from when to when."""

    async def rows(
        self, session: AsyncSession, after: int, limit: int
    ) -> Sequence[tuple[str, Values]]:
        """See Table."""
        wanted = select(ClockRule).where(ClockRule.id > after).order_by(ClockRule.id).limit(limit)
        return [(str(row.id), _of_clock(row)) for row in await session.scalars(wanted)]

    async def one(self, session: AsyncSession, key: str) -> Values | None:
        """See Table."""
        row = await session.get(ClockRule, int(key)) if key.isdigit() else None
        return None if row is None else _of_clock(row)

    async def check(self, session: AsyncSession, key: str | None, values: Values) -> None:
        """See Table."""
        if not any(values[name] for name in ("unit", "jenis", "hal")):
            raise FieldsError({"unit": Wrong.EMPTY})
        before = await self.one(session, key) if key else None
        changed = before is not None and any(before[name] != values[name] for name in NAMED)
        if changed and await _is_in_use(session, int(key or 0)):
            raise InUseError(key)

    async def save(
        self, session: AsyncSession, key: str | None, values: Values, staff: Staff, now: datetime
    ) -> str:
        """See Table."""
        row = await session.get_one(ClockRule, int(key)) if key else ClockRule()
        row.unit, row.kind, row.slug = values["unit"], values["jenis"], values["hal"]
        row.length, row.measure, row.stage = values["hari"], values["satuan"], values["tahap"]
        row.pauses = values["jeda"]
        row.valid_from = date.fromisoformat(values["dari"])
        row.valid_to = date.fromisoformat(values["sampai"]) if values["sampai"] else None
        row.legal_basis, row.updated_at, row.updated_by = values["dasar"], now, staff.id
        session.add(row)
        await session.flush()
        return str(row.id)

    async def remove(self, session: AsyncSession, key: str) -> None:
        """See Table."""
        if await _is_in_use(session, int(key)):
            raise InUseError(key)
        await session.delete(await session.get_one(ClockRule, int(key)))

    async def count(self, session: AsyncSession) -> int:
        """See Table."""
        return (await session.scalars(select(func.count(ClockRule.id)))).one()


def _of_clock(row: ClockRule) -> Values:
    return {
        "hari": row.length,
        "satuan": row.measure,
        "tahap": row.stage,
        "unit": row.unit,
        "jenis": row.kind,
        "hal": row.slug,
        "jeda": row.pauses,
        "dari": row.valid_from.isoformat(),
        "sampai": row.valid_to.isoformat() if row.valid_to else None,
        "dasar": row.legal_basis,
    }


async def _is_in_use(session: AsyncSession, rule_id: int) -> bool:
    rules = (Case.clock_rule_id, Case.answer_rule_id)
    begun = [select(Case.id).where(rule == rule_id).limit(1) for rule in rules]
    return any([await session.scalar(one) is not None for one in begun])


TABLES: Mapping[str, Table] = {TEMPLATES.key: Templates(), CLOCKS.key: Clocks()}


async def clocks(session: AsyncSession) -> list[Clock]:
    """All rules."""
    return [
        Clock(
            row.id,
            row.length,
            row.pauses,
            row.valid_from,
            row.valid_to,
            row.unit,
            row.kind,
            row.slug,
            row.legal_basis,
            Measure(row.measure),
            Stage(row.stage),
        )
        for row in await session.scalars(select(ClockRule))
    ]
