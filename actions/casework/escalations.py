"""escalation to a human: open, claim, both directions, and the way back to the bot."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.alerts import alert
from actions.casework.chats import forget_human, hand_to_human
from actions.casework.messages import file_name, last_lines, queue, queue_from_officer
from actions.casework.news import send_file
from actions.casework.places_sent import PlaceSent
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply, StoredFile
from actions.storage.tables import Chat, Escalation, Staff

LINES_KEPT = 12
SILENCE = timedelta(hours=2)


class Reason(StrEnum):
    """Why a human is needed."""

    ASKED = "diminta"
    NOT_UNDERSTOOD = "tidak_paham"
    ANGRY = "marah"
    LOW_SCORE = "nilai_rendah"
    OFFICER = "petugas"
    IN_DANGER = "bahaya"


class State(StrEnum):
    """Where an escalation stands."""

    WAITING = "menunggu"
    CLAIMED = "ditangani"
    CLOSED = "selesai"


class AlreadyClaimedError(Exception):
    """Another officer answers this chat, or the escalation is over."""


async def open_escalation(
    session: AsyncSession,
    reference: ReferenceData,
    *,
    chat: str,
    reason: Reason,
    now: datetime,
    understood: dict[str, Any] | None = None,
    unit: str | None = None,
    case_id: int | None = None,
) -> Escalation:
    """Open an escalation, or return the one that is already open; officers get an alert."""
    existing = await open_of_chat(session, chat)
    if existing is not None:
        return existing
    lines = await last_lines(session, chat, LINES_KEPT)
    escalation = Escalation(
        chat=chat,
        reason=reason,
        status=State.WAITING,
        opened_at=now,
        active_at=now,
        turns=[[line.sender, line.text, line.at.isoformat()] for line in lines],
        understood=understood or {},
        unit=unit,
        case_id=case_id,
    )
    session.add(escalation)
    await session.flush()
    if reason != Reason.OFFICER:
        await alert(session, reference, escalation, now)
    return escalation


async def open_of_chat(session: AsyncSession, chat: str) -> Escalation | None:
    """The chat's escalation that is not over."""
    return await session.scalar(
        select(Escalation)
        .where(Escalation.chat == chat, Escalation.status != State.CLOSED)
        .order_by(Escalation.id.desc())
        .limit(1)
    )


async def claim(
    session: AsyncSession,
    reference: ReferenceData,
    escalation: Escalation,
    staff: Staff,
    now: datetime,
) -> None:
    """Take a waiting escalation; from now on the bot is silent in that chat."""
    if escalation.status == State.CLAIMED and escalation.claimed_by == staff.id:
        return
    if escalation.status != State.WAITING:
        raise AlreadyClaimedError(escalation.id)
    escalation.status = State.CLAIMED
    escalation.claimed_by, escalation.claimed_at, escalation.active_at = staff.id, now, now
    await hand_to_human(session, escalation.chat, escalation.id)
    text = reference.texts.html("petugas.menjawab", petugas=staff.name)
    queue(session, escalation.chat, [Reply("petugas.menjawab", text, _way_back(reference))], now)


def _way_back(reference: ReferenceData) -> tuple[tuple[Button, ...], ...]:
    return ((Button(reference.texts.plain("tombol.kembali"), "back"),),)


async def say(
    session: AsyncSession,
    reference: ReferenceData,
    escalation: Escalation,
    staff: Staff,
    text: str,
    now: datetime,
    *,
    file: StoredFile | None = None,
    place: PlaceSent | None = None,
) -> None:
    """Send an officer's words to the citizen; claims the escalation when nobody has.

    A place and a file go behind them, in messages of their own: a caption holds less.
    """
    await claim(session, reference, escalation, staff, now)
    escalation.active_at = now
    chat = escalation.chat
    if text:
        rendered = reference.texts.html("petugas.kata", petugas=staff.name, isi=text)
        reply = Reply("petugas.kata", rendered)
        queue_from_officer(session, chat, reply, now, staff_id=staff.id)
    if place is not None:
        told = {"petugas": staff.name, "nama": place.name, "peta": place.link}
        pin = Reply(
            "petugas.tempat", reference.texts.html("petugas.tempat", **told), place=place.at
        )
        queue_from_officer(session, chat, pin, now, staff_id=staff.id)
    if file is not None:
        caption = Reply(
            "petugas.berkas", reference.texts.html("petugas.berkas", petugas=staff.name)
        )
        called = file_name(reference, file.name)
        await send_file(
            session, reference, chat, file, caption, now, called=called, staff_id=staff.id
        )


async def close(
    session: AsyncSession,
    reference: ReferenceData,
    escalation: Escalation,
    now: datetime,
    *,
    key: str,
) -> None:
    """End an escalation; `key` is the text that tells the citizen that the bot is back."""
    if escalation.status == State.CLOSED:
        return
    escalation.status, escalation.closed_at = State.CLOSED, now
    await forget_human(session, escalation.chat)
    menu = ((Button(reference.texts.plain("tombol.menu"), "menu"),),)
    queue(session, escalation.chat, [Reply(key, reference.texts.html(key), menu)], now)


async def return_silent(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Give chats back to the bot whose officer has been silent too long; returns how many.

    The chat is locked before its escalation, as a turn does; one that is busy waits for next time.
    """
    silent = (Escalation.status == State.CLAIMED) & (Escalation.active_at < now - SILENCE)
    with_silent = select(Chat).where(Chat.id.in_(select(Escalation.chat).where(silent)))
    chats = await session.scalars(with_silent.with_for_update(skip_locked=True))
    ours = Escalation.chat.in_([chat.id for chat in chats])
    found = (await session.scalars(select(Escalation).where(silent, ours))).all()
    for escalation in found:
        await close(session, reference, escalation, now, key="petugas.waktu_habis")
    return len(found)
