"""A case that went back to its citizen: the officer's question, and files beyond the form."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import ReferenceData
from actions.domain.status import Status
from actions.forms.form import Field, Form, fields_from_json, from_json
from actions.storage.tables import Case

RETURNED = frozenset({Status.INCOMPLETE, Status.NEEDS_DETAIL})
_MINE = (
    select(Case)
    .where(Case.chat == bindparam("chat"), Case.status.in_(sorted(RETURNED)))
    .order_by(Case.id)
)
WORDS, FILE = "tambahan", "berkas_tambahan"


async def of_chat(session: AsyncSession, chat: str) -> Sequence[Case]:
    """The cases of a chat that wait for its citizen, oldest first."""
    return (await session.scalars(_MINE, {"chat": chat})).all()


def ask(reference: ReferenceData, case: Case, reason: str) -> None:
    """Put the officer's question into the form of this case, to be asked next."""
    label = reference.texts.plain("formulir.label_tambahan")
    question = reference.texts.plain("formulir.tanya_tambahan", alasan=reason)
    _add(case, WORDS, kind="teks", label=label, question=question)


def make_room(reference: ReferenceData, case: Case) -> Field:
    """One more field for a file that the form did not foresee."""
    label = reference.texts.plain("formulir.label_berkas_tambahan")
    return _add(case, FILE, kind="dokumen", label=label, question=label)


def is_question_of_officer(field: Field) -> bool:
    """Whether an officer asked this, not the form."""
    return field.key.startswith(WORDS)


def form_of_case(case: Case) -> Form:
    """The form that the case was begun with, and what officers asked for since."""
    begun = from_json(case.form)
    return replace(begun, fields=(*begun.fields, *fields_from_json(case.additions or [])))


def _add(case: Case, stem: str, *, kind: str, label: str, question: str) -> Field:
    number = sum(field.key.startswith(stem) for field in form_of_case(case).fields) + 1
    field = Field(f"{stem}_{number}", kind, label, question, required=False)
    case.additions = [*(case.additions or []), asdict(field)]
    return field
