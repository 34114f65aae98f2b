"""Chats that a human took over, as far as they have come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from actions.casework.audit_log import Look
from actions.casework.escalations import LINES_KEPT, Reason, State
from actions.storage.tables import AccessLog, Case, Escalation
from bot.demo.scribe import SOON, Line, Scribe, Told

SURE = (0.42, 0.9)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Times:
    """When an escalation was opened, claimed and closed, as far as that has happened."""

    opened: datetime
    claimed: datetime | None = None
    closed: datetime | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.closed is not None:
            return State.CLOSED
        return State.WAITING if self.claimed is None else State.CLAIMED


def times(scribe: Scribe, unit: str, opened: datetime, random: Random) -> Times:
    """A claim within the unit's hours, and a talk of some minutes."""
    claimed = scribe.office.work(unit, opened, int(random.expovariate(1 / 50)) + 2)
    if claimed >= scribe.now:
        return Times(opened)
    closed = claimed + MINUTE * random.uniform(4, 40)
    return Times(opened, claimed, closed if closed < scribe.now else None)


def escalate(
    scribe: Scribe, told: Told, reason: Reason, at: Times, random: Random, about: Case | str
) -> None:
    """Write an escalation down with both sides of it, about a case or only a topic."""
    case, slug = (None, about) if isinstance(about, str) else (about, about.slug)
    item = scribe.reference.catalogue.item(slug)
    said, number = scribe.words.chat["percakapan"][reason], scribe.number(Escalation)
    if said["warga"]:
        told.says(at.opened - SOON * 5, random.choice(said["warga"]))
        told.hears(at.opened - SOON * 4, scribe.text("petugas.sambungkan"))
    before = sorted((line for line in told.lines if line.at < at.opened), key=_when)
    staff_id = scribe.officer(item.unit, secret=getattr(item, "secret", False))
    if at.claimed is not None:
        _answer(scribe, told, staff_id, at, random)
        _look(scribe, staff_id, number, at.claimed, case)
    if at.closed is None:
        told.memory |= {"escalation": number, "with_human": True}
    scribe.add(
        Escalation,
        id=number,
        chat=told.citizen.chat,
        case_id=case.id if case else None,
        unit=item.unit,
        reason=reason,
        understood=_understood(said["niat"], slug, random),
        turns=[[line.sender, line.text, line.at.isoformat()] for line in before[-LINES_KEPT:]],
        status=at.state,
        claimed_by=staff_id if at.claimed else None,
        opened_at=at.opened,
        claimed_at=at.claimed,
        active_at=at.claimed + MINUTE if at.claimed else at.opened,
        closed_at=at.closed,
        version=1,
    )


def _when(line: Line) -> datetime:
    return line.at


def _answer(scribe: Scribe, told: Told, staff_id: int, at: Times, random: Random) -> None:
    assert at.claimed is not None  # noqa: S101  asked by the caller
    name = scribe.names[staff_id]
    told.hears(at.claimed, scribe.text("petugas.menjawab", petugas=name))
    words = random.choice(scribe.words.chat["jawaban_petugas"])
    said = scribe.text("petugas.kata", petugas=name, isi=words)
    told.hears(at.claimed + MINUTE, said, staff_id)
    if at.closed is not None:
        told.says(at.closed - MINUTE, random.choice(scribe.words.chat["penutup"]))
        told.hears(at.closed, scribe.text("petugas.selesai"))


def _look(scribe: Scribe, staff_id: int, number: int, at: datetime, case: Case | None) -> None:
    scribe.add(
        AccessLog,
        staff_id=staff_id,
        case_id=case.id if case else None,
        escalation_id=number,
        action=Look.ESCALATION,
        at=at - MINUTE,
    )


def _understood(intent: str, topic: str, random: Random) -> dict[str, Any]:
    """What the model would have made of the last words."""
    wish, subject = (
        {"name": name, "confidence": round(random.uniform(*SURE), 2)} for name in (intent, topic)
    )
    return {"topik": topic, "niat": [wish], "sasaran": [subject]}
