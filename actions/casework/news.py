"""Tells a citizen something unasked, so that nobody who looks over a shoulder learns of it.

What can wait is held for those who save data (`thrift`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import thrift
from actions.casework.chats import is_reachable
from actions.casework.messages import keep_file, queue, queue_file
from actions.casework.outbox import Urgency
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply, StoredFile
from actions.storage.tables import Case

_KILOBYTE = 1024


async def tell(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    replies: Sequence[Reply],
    now: datetime,
    *,
    urgent: bool = False,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """Queue news of a case; whoever is afraid hears only that there is some, with a way to it.

    What is urgent, or asks the citizen for something, never waits.
    """
    told = [closed(reference, case)] if case.discreet and replies else replies
    never_waits = urgent or case.urgent
    await tell_chat(session, case.chat, told, now, urgent=never_waits, urgency=urgency)


def closed(reference: ReferenceData, case: Case) -> Reply:
    """That there is news, without a word of what it is about or whose it is."""
    read = Button(reference.texts.plain("tombol.baca"), f"news:{case.id}")
    return Reply("umum.kabar_tertutup", reference.texts.html("umum.kabar_tertutup"), ((read,),))


async def tell_chat(
    session: AsyncSession,
    chat: str,
    replies: Sequence[Reply],
    now: datetime,
    *,
    urgent: bool = False,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """Tell a chat of something, now or in the digest of the day.

    What is `urgent` is for that citizen; `urgency` is what goes first where many are told.
    """
    if not urgent and is_reachable(chat) and await thrift.is_on(session, chat):
        thrift.hold(session, chat, replies, now)
    else:
        queue(session, chat, replies, now, urgency=urgency)


async def send_file(
    session: AsyncSession,
    reference: ReferenceData,
    chat: str,
    file: StoredFile,
    reply: Reply,
    now: datetime,
    *,
    called: str,
    staff_id: int | None = None,
) -> None:
    """Send a file with a reply for its caption; who saves data gets a button that brings it."""
    saving = await thrift.locked(session, chat, now) if is_reachable(chat) else None
    if saving is None:
        queue_file(session, chat, file, reply, now, called=called, staff_id=staff_id)
        return
    line = await keep_file(session, chat, file, reply, now, staff_id=staff_id)
    size = show_size(reference, file.size)
    label = reference.texts.plain("tombol.kirim_berkas", ukuran=size)
    offer = replace(reply, buttons=((Button(label, f"picture:{line.id}:{file.size}"),),))
    thrift.count(saving, file.size)
    if staff_id is None:
        thrift.hold(session, chat, [offer], now)
    else:
        queue(session, chat, [offer], now)


def show_size(reference: ReferenceData, size: int) -> str:
    """Bytes in words: "412 bita", "8,4 KB"."""
    if size < _KILOBYTE:
        return reference.texts.plain("hemat.bita", jumlah=size)
    small = f"{size / _KILOBYTE:.1f}".replace(".", ",")
    return reference.texts.plain("hemat.kilobita", jumlah=small.removesuffix(",0"))
