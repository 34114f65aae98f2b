"""Somebody at the counter: a case that an officer has handed in for them."""

from __future__ import annotations

from typing import Any

from actions.casework import claims, counter
from actions.dialogue.handlers.form.build import form_of
from actions.domain.work import Channel
from actions.storage.tables import Case, Staff
from tests.support.database import KTP, Database


async def begun(
    database: Database,
    staff: Staff,
    slug: str = "ktp_hilang",
    answers: dict[str, Any] = KTP,
    way: Channel = Channel.COUNTER,
) -> Case:
    """A draft of an officer."""
    item = database.reference.catalogue.item(slug)
    async with database.sessions.begin() as session:
        return await counter.begin(
            session,
            staff=staff,
            way=way,
            slug=slug,
            item=item,
            form=form_of(slug, item, database.reference.texts),
            answers=answers,
            now=database.clock(),
        )


async def handed_in(
    database: Database,
    staff: Staff,
    slug: str = "ktp_hilang",
    answers: dict[str, Any] = KTP,
    way: Channel = Channel.COUNTER,
) -> tuple[Case, str]:
    """A case of the counter, and the code of its receipt."""
    draft = await begun(database, staff, slug, answers, way)
    now = database.clock()
    async with database.sessions.begin() as session:
        case = await session.get_one(Case, draft.id)
        await counter.hand_in(
            session, database.reference, case, staff=staff, now=now, random=database.random
        )
        code = await claims.make(session, case, now, database.random)
    return case, code
