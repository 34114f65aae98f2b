"""Supports what somebody else has reported: a report that is over at once, and hears its news."""

from datetime import datetime
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments, case_clock, cases, queues, search_terms
from actions.casework.neighbours import may_be_offered
from actions.casework.places import village_of
from actions.casework.returned import form_of_case
from actions.catalogue.reference import ReferenceData
from actions.domain.status import Status
from actions.forms import engine
from actions.storage.tables import Case


class TooLateError(Exception):
    """What was to be supported is over, or must not be named any more."""


async def support(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    other: Case,
    now: datetime,
    random: Random,
) -> None:
    """Hand a draft in as the same thing as another report; raises TooLateError.

    What was not answered is left open: the one that it belongs to has been asked all of it.
    """
    await queues.hold(session, other)
    if not may_be_offered(other) or other.slug != case.slug:
        raise TooLateError(other.code)
    await attachments.drop_unanswered(session, case)
    form = form_of_case(case)
    while (field := engine.next_field(form, case.answers)) is not None:
        cases.save_answers(case, engine.defer(form, case.answers, field.key), now)
    case.code, case.submitted_at = await cases.free_code(session, reference, random), now
    case.village = village_of(case.answers) or other.village
    case_clock.begin(session, reference, case, now)
    await cases.move(
        session, reference, case, Status.DUPLICATE, by=cases.CITIZEN, now=now, reason=other.code
    )
    await search_terms.write(session, case)
