"""What pages show of cases and escalations: labels instead of keys, numbers hidden."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from actions.casework import absence, first_answer, lateness, promises
from actions.casework.escalations import State
from actions.domain.status import Meaning, Status, status_of
from actions.domain.terms import Term
from actions.forms.show import show_day
from actions.storage.tables import Case, Escalation, Staff
from bot.console.context import Console

LIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a line of a list and as the head of its page."""

    id: int
    code: str
    kind: str
    called: str
    unit: str
    status: Status
    label: str
    due_on: date | None
    due_hour: str
    is_late: bool
    late: str
    unanswered: str
    paused: bool
    urgent: bool
    secret: bool
    submitted_at: datetime

    @property
    def meaning(self) -> Meaning:
        """One of the three meanings, for its mark."""
        return self.status.meaning


def called(console: Console, slug: str) -> str:
    """How people call a service; one that is no longer offered keeps its slug."""
    catalogue = console.reference.catalogue
    item = catalogue.services.get(slug) or catalogue.complaints.get(slug)
    return item.called if item else slug


def unit_name(console: Console, key: str | None) -> str:
    """How people call an office; nothing without one."""
    if key is None:
        return ""
    unit = console.reference.catalogue.office.units.get(key)
    return unit.short if unit else key


def unit_names(console: Console) -> dict[str, str]:
    """All offices to choose from, in the order of the alphabet."""
    units = console.reference.catalogue.office.units.items()
    names = ((key, unit.short) for key, unit in units)
    return dict(sorted(names, key=lambda entry: entry[1].casefold()))


def colleague(console: Console, staff: Staff) -> str:
    """The name of a colleague, with until when they are away."""
    now = console.clock()
    planned = absence.of(console.reference, staff, now)
    if planned is None or not absence.is_away(staff, now):
        return staff.name
    return console.word("absen.nama", nama=staff.name, tanggal=show_day(planned.last))


def lasting(console: Console, term: Term | None) -> str:
    """A term in words; nothing where there is none, or no whole day or hour."""
    return console.reference.in_words(term) if term and term.length else ""


def row_of(console: Console, case: Case) -> Row:
    """A case with labels."""
    status, now = status_of(case.status), console.clock()
    return Row(
        id=case.id,
        code=case.code or "",
        kind=console.word(f"jenis.{case.kind}"),
        called=called(console, case.slug),
        unit=unit_name(console, case.unit),
        status=status,
        label=console.word(f"status.{status}"),
        due_on=case.due_on,
        due_hour=promises.hour(console.reference, case),
        is_late=lateness.is_late(console.reference, case, now),
        late=lasting(console, lateness.late_by(console.reference, case, now)),
        unanswered=lasting(console, first_answer.late_by(console.reference, case, now)),
        paused=case.paused_on is not None,
        urgent=case.urgent,
        secret=case.secret,
        submitted_at=case.submitted_at or case.created_at,
    )


def lasted(console: Console, time: timedelta) -> str:
    """How long something took or takes: "2 jam 10 menit"."""
    minutes = max(int(time.total_seconds() // 60), 0)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return console.word("waktu.hari", hari=days, jam=hours % 24)
    if hours:
        return console.word("waktu.jam", jam=hours, menit=minutes % 60)
    return console.word("waktu.menit", menit=minutes) if minutes else console.word("waktu.baru")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the model took the last words for, and how sure it was, in percent."""

    text: str
    percent: int


def topic_of(console: Console, escalation: Escalation) -> str:
    """The service or complaint last spoken of, as people call it; empty without one."""
    topic = (escalation.understood or {}).get("topik")
    return _subject(console, str(topic)) if topic else ""


def _subject(console: Console, slug: str) -> str:
    catalogue = console.reference.catalogue
    if slug in catalogue.office.units:
        return unit_name(console, slug)
    other = catalogue.office.others.get(slug)
    return other.short if other else called(console, slug)


def guesses_of(console: Console, escalation: Escalation) -> list[Guess]:
    """What the citizen may have wanted, and about what, the likeliest first."""
    understood = escalation.understood or {}
    intents = console.reference.catalogue.intents
    wishes = [
        (intents[entry["name"]].description if entry["name"] in intents else entry["name"], entry)
        for entry in understood.get("niat", [])
    ]
    subjects = [
        (_subject(console, entry["name"]), entry) for entry in understood.get("sasaran", [])
    ]
    return [_guess(text, entry) for text, entry in wishes + subjects if _is_likely(entry)]


def _is_likely(entry: dict[str, Any]) -> bool:
    return float(entry["confidence"]) >= LIKELY


def _guess(text: str, entry: dict[str, Any]) -> Guess:
    return Guess(text.rstrip("."), round(float(entry["confidence"]) * 100))


def wait_of(console: Console, escalation: Escalation, now: datetime) -> str:
    """How long the citizen has waited, or waited until somebody came."""
    end = escalation.claimed_at or escalation.closed_at or now
    if escalation.status == State.WAITING:
        end = now
    return lasted(console, end - escalation.opened_at)
