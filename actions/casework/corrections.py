"""An officer puts one answer of a case right, because its citizen asked for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import cases, notes, search_terms
from actions.casework.form_context import form_context
from actions.casework.returned import form_of_case
from actions.catalogue.reference import ReferenceData
from actions.forms import engine
from actions.forms.context import RawAnswer
from actions.forms.form import UPLOADS, Field
from actions.storage.tables import Case, Staff


@dataclass(frozen=True, slots=True)
class Correction:
    """Which answer is to be replaced, by which words."""

    key: str
    text: str


def correctable(case: Case) -> list[Field]:
    """The fields whose answers are words."""
    visible = engine.visible(form_of_case(case), case.answers)
    return [field for field in visible if field.kind not in UPLOADS]


async def correct(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    staff: Staff,
    correction: Correction,
    now: datetime,
) -> None:
    """Read the new answer as the form does, keep it, and note for colleagues that it was changed.

    What the new answer asks for besides is left to the officer. Raises Unreadable and NotAsked.
    """
    form, context = form_of_case(case), form_context(reference, now)
    raw = RawAnswer(text=correction.text)
    answers = engine.answer(form, case.answers, correction.key, raw, context)
    while (missing := engine.next_field(form, answers)) is not None:
        answers = engine.defer(form, answers, missing.key)
    cases.save_answers(case, answers, now)
    await session.flush()
    await search_terms.write(session, case)
    label = next(field.label for field in form.fields if field.key == correction.key)
    await notes.add(
        session, case, staff, reference.texts.plain("hak.dibetulkan", isian=label), now
    )
