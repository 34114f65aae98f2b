"""The photo that shows that something was done: asked of officers, sent to citizens.

Some complaints are done only when a photo shows it (`bukti` in data/complaints). It is a file of
the case like others, of a field of its own.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.casework.news import send_file
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply, StoredFile
from actions.domain.status import Status
from actions.storage.tables import Attachment, Case, CaseEvent

_DONE = frozenset({Status.AWAITING_REPLY, Status.RESOLVED})


class ProofMissingError(Exception):
    """A complaint is to be done, and no photo shows that it is."""


def is_asked(reference: ReferenceData, case: Case, target: Status) -> bool:
    """Whether moving a case so takes a photo; what waits for its citizen's word has had it."""
    complaint = reference.catalogue.complaints.get(case.slug)
    asked = complaint is not None and complaint.proof
    return asked and target in _DONE and case.status != Status.AWAITING_REPLY


def attach(session: AsyncSession, case: Case, file: StoredFile, now: datetime) -> None:
    """Keep a photo that shows what was done."""
    field = attachments.PROOF
    session.add(
        attachments.row(file, now, chat=case.chat, album=None, case_id=case.id, field=field)
    )


async def check(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status
) -> Attachment | None:
    """The photo of a case that is to be done; raises ProofMissingError where there is none.

    One from before the case was opened again shows nothing.
    """
    if not is_asked(reference, case, target):
        return None
    again = select(func.max(CaseEvent.at)).where(
        CaseEvent.case_id == case.id, CaseEvent.to_status == Status.REOPENED
    )
    since = await session.scalar(again) or case.created_at
    photos = select(Attachment).where(
        Attachment.case_id == case.id,
        Attachment.field == attachments.PROOF,
        Attachment.at >= since,
    )
    found = await session.scalar(photos.order_by(Attachment.id.desc()).limit(1))
    if found is None:
        raise ProofMissingError(case.code)
    return found


async def send(
    session: AsyncSession, reference: ReferenceData, case: Case, photo: Attachment, now: datetime
) -> None:
    """Let the citizen see it; not one whose news say nothing."""
    if case.discreet:
        return
    text = reference.texts.html(
        "umum.foto_bukti", kode=case.code, hal=reference.catalogue.called(case.slug)
    )
    file = StoredFile(photo.name, photo.mime, photo.size)
    called = f"{attachments.PROOF}-{case.code}.jpg"
    told = Reply("umum.foto_bukti", text)
    await send_file(session, reference, case.chat, file, told, now, called=called)
