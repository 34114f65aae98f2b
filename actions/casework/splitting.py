"""Makes two cases of one: a citizen who wrote of two things need not write again."""

from dataclasses import asdict
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import case_clock, promises, queues
from actions.casework.case_events import write
from actions.casework.cases import free_code, kind_of
from actions.casework.news import tell
from actions.casework.returned import form_of_case
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.domain.status import Actor, first_status, is_open, status_of
from actions.domain.work import EventKind, awaited
from actions.forms import engine
from actions.forms.engine import WRITTEN
from actions.forms.form import Field, Form, Json, to_json
from actions.storage.tables import Attachment, Case, CaseEvent, Staff


class CannotSplitError(Exception):
    """A case that is over, or a part that would be the same thing once more."""


async def split(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    form: Form,
    *,
    by: Staff,
    now: datetime,
    random: Random,
    seen_version: int | None = None,
) -> Case:
    """File a part of a case as one of its own, of the service or complaint of `form`.

    What was answered and sent goes along. Its clock begins today, and its citizen is told.
    """
    await queues.hold(session, case, seen_version)
    if form.slug == case.slug or not is_open(status_of(case.status)):
        raise CannotSplitError(form.slug)
    part = _part_of(reference, case, form, now)
    if part.secret == case.secret:  # a secret case is no child of an open one
        part.parent_id = case.parent_id or case.id
    part.code = await free_code(session, reference, random)
    session.add(part)
    await session.flush()
    case_clock.begin(session, reference, part, now)
    await _copy_files(session, case, part)
    _write_down(session, case, part, by, now)
    case.updated_at = now
    await tell(session, reference, part, [_news(reference, case, part)], now)
    return part


def _part_of(reference: ReferenceData, case: Case, form: Form, now: datetime) -> Case:
    item = reference.catalogue.item(form.slug)
    kind = kind_of(item)
    return Case(
        kind=kind,
        slug=form.slug,
        unit=item.unit,
        chat=case.chat,
        channel=case.channel,
        village=case.village,
        status=first_status(kind),
        awaits=awaited(first_status(kind)),
        answers=_answers(case, form),
        form=to_json(form),
        additions=[asdict(field) for field in _others(case, form)] or None,
        secret=case.secret or getattr(item, "secret", False),
        anonymous=case.anonymous,
        discreet=case.discreet,
        reported=case.reported,
        urgent=case.urgent,
        created_at=now,
        updated_at=now,
        submitted_at=now,
    )


def _answers(case: Case, form: Form) -> dict[str, Json]:
    """What was answered; what the other form asks besides is left to the officer."""
    known = _kept_keys(case, form) | {field.key for field in _others(case, form)}
    said = {key: value for key, value in case.answers.items() if key in known or key == WRITTEN}
    for _ in form.fields:
        field = engine.next_field(form, said)
        if field is None:
            break
        said[field.key] = None
    return said


def _kept_keys(case: Case, form: Form) -> set[str]:
    """The questions that both forms ask in the same way."""
    asked = {(field.key, field.kind, field.choices) for field in form_of_case(case).fields}
    return {f.key for f in form.fields if (f.key, f.kind, f.choices) in asked}


def _others(case: Case, form: Form) -> list[Field]:
    """What only the first form asked; a key that both use otherwise would be misread."""
    taken = {field.key for field in form.fields}
    return [field for field in form_of_case(case).fields if field.key not in taken]


async def _copy_files(session: AsyncSession, case: Case, part: Case) -> None:
    """The same files once more; they lie on the disk once."""
    mine = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    for file in (await session.scalars(mine)).all():
        session.add(
            Attachment(
                chat=file.chat,
                case_id=part.id,
                field=file.field,
                name=file.name,
                mime=file.mime,
                size=file.size,
                at=file.at,
            )
        )


def _write_down(session: AsyncSession, case: Case, part: Case, by: Staff, now: datetime) -> None:
    session.add(
        CaseEvent(
            case_id=part.id,
            kind=EventKind.MOVED,
            at=now,
            actor=Actor.OFFICER,
            staff_id=by.id,
            to_status=part.status,
        )
    )
    write(session, part, EventKind.SPLIT, by=by, now=now, induk=case.id)
    write(session, case, EventKind.SPLIT, by=by, now=now, anak=part.id)


def _news(reference: ReferenceData, case: Case, part: Case) -> Reply:
    text = reference.texts.html(
        "umum.dipecah",
        kode=part.code,
        hal=reference.catalogue.called(part.slug),
        asal=case.code,
        unit=reference.catalogue.called(part.unit),
        tanggal=promises.in_words(reference, part),
    )
    return Reply("umum.dipecah", text)
