"""A case that went back to its citizen: the officer's question, and files beyond the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.status import Status
from actions.flow.forms import Field, Form, from_json, to_json
from actions.hall import Hall
from actions.storage.tables import Request

RETURNED = frozenset({Status.INCOMPLETE, Status.NEEDS_DETAIL})
_MINE = (
    select(Request)
    .where(Request.chat == bindparam("chat"), Request.status.in_(sorted(RETURNED)))
    .order_by(Request.id)
)
WORDS, FILE = "tambahan", "berkas_tambahan"


async def of_chat(session: AsyncSession, chat: str) -> Sequence[Request]:
    """The cases of a chat that wait for its citizen, oldest first."""
    return (await session.scalars(_MINE, {"chat": chat})).all()


def ask(hall: Hall, request: Request, reason: str) -> None:
    """Put the officer's question into the form of this case, to be asked next."""
    label = hall.texts.plain("formulir.label_tambahan")
    question = hall.texts.plain("formulir.tanya_tambahan", alasan=reason)
    _add(request, WORDS, kind="teks", label=label, question=question)


def make_room(hall: Hall, request: Request) -> Field:
    """One more field for a file that the form did not foresee."""
    label = hall.texts.plain("formulir.label_berkas_tambahan")
    return _add(request, FILE, kind="dokumen", label=label, question=label)


def is_question_of_officer(field: Field) -> bool:
    """Whether an officer asked this, not the form."""
    return field.key.startswith(WORDS)


def _add(request: Request, stem: str, *, kind: str, label: str, question: str) -> Field:
    form: Form = from_json(request.form)
    number = sum(field.key.startswith(stem) for field in form.fields) + 1
    field = Field(f"{stem}_{number}", kind, label, question, required=False)
    request.form = to_json(replace(form, fields=(*form.fields, field)))
    return field
