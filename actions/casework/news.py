"""Tells a citizen something unasked, so that nobody who looks over a shoulder learns of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.messages import queue
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply
from actions.storage.tables import Case


def tell(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    replies: Sequence[Reply],
    now: datetime,
) -> None:
    """Queue news of a case; whoever is afraid hears only that there is some, with a way to it."""
    told = [closed(reference, case)] if case.discreet and replies else replies
    queue(session, case.chat, told, now)


def closed(reference: ReferenceData, case: Case) -> Reply:
    """That there is news, without a word of what it is about or whose it is."""
    read = Button(reference.texts.plain("tombol.baca"), f"news:{case.id}")
    return Reply("umum.kabar_tertutup", reference.texts.html("umum.kabar_tertutup"), ((read,),))
