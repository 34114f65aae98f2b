"""What pages show of cases and escalations: labels instead of keys, numbers hidden."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from actions.casework import lateness
from actions.casework.chats import NOBODY
from actions.casework.escalations import State
from actions.casework.returned import form_of_case
from actions.catalogue.texts import placeholders
from actions.domain.status import Actor, CaseKind, Meaning, Status, moves, status_of
from actions.forms import engine
from actions.forms.form import UPLOADS, Answers, Field, Form
from actions.storage.tables import Attachment, Case, CaseEvent, Escalation
from bot.console.context import Console

HIDDEN = {"nik", "kk"}
LONG_NUMBER = re.compile(r"\d(?:[ .-]?[\dOolI]){13,}")
"""A NIK or KK number among other words."""

KILOBYTE = 1024
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
    is_late: bool
    days_late: int
    paused: bool
    urgent: bool
    secret: bool
    submitted_at: datetime

    @property
    def meaning(self) -> Meaning:
        """One of the three meanings, for its mark."""
        return self.status.meaning


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; a hidden one is shown in part, and in full after a click that is logged.

    `written` are the citizen's own words where the answer was read from others.
    """

    label: str
    text: str
    written: str = ""
    hidden: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a case."""

    id: int
    label: str
    kind: str
    kilobytes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    at: datetime
    label: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """A status that the officer may choose, what has to be written with it, and an example.

    `told` says whether the citizen gets to read what is written.
    """

    status: Status
    label: str
    needs: str
    told: bool
    example: str


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


def row_of(console: Console, case: Case, today: date) -> Row:
    """A case with labels."""
    status = status_of(case.status)
    return Row(
        id=case.id,
        code=case.code or "",
        kind=console.word(f"jenis.{case.kind}"),
        called=called(console, case.slug),
        unit=unit_name(console, case.unit),
        status=status,
        label=console.word(f"status.{status}"),
        due_on=case.due_on,
        is_late=lateness.is_late(case, today),
        days_late=lateness.days_late(console.reference, case, today),
        paused=case.paused_on is not None,
        urgent=case.urgent,
        secret=case.secret,
        submitted_at=case.submitted_at or case.created_at,
    )


def answers_of(console: Console, case: Case, *, revealed: bool) -> list[Answer]:
    """What the citizen answered, in the order of the form; files have a list of their own."""
    form = form_of_case(case)
    shown = [f for f in engine.visible(form, case.answers) if f.kind not in UPLOADS]
    return [
        _answer(console, field, case.answers, revealed=revealed)
        for field in shown
        if field.key in case.answers
    ]


def _answer(console: Console, field: Field, answers: Answers, *, revealed: bool) -> Answer:
    value, written = answers[field.key], engine.written(answers, field.key) or ""
    written = written if revealed else LONG_NUMBER.sub("••••", written)
    if value is None:
        key = "perkara.perlu_ditanya" if field.required else "perkara.dilewati"
        return Answer(field.label, console.word(key), missing=field.required)
    if field.kind in HIDDEN:
        text = str(value) if revealed else engine.show(field, value)
        return Answer(field.label, text, written, hidden=True)
    return Answer(field.label, engine.show(field, value), written)


def files_of(case: Case, files: list[Attachment]) -> list[FileRow]:
    """The files with the label of the question that they answer."""
    labels = _labels(form_of_case(case))
    return [
        FileRow(
            id=file.id,
            label=labels.get(file.field, file.field),
            kind=file.mime.rpartition("/")[2].upper(),
            kilobytes=max(file.size // KILOBYTE, 1),
            at=file.at,
        )
        for file in files
    ]


def _labels(form: Form) -> dict[str, str]:
    return {field.key: field.label for field in form.fields}


def steps_of(console: Console, events: list[CaseEvent], names: dict[int, str]) -> list[Step]:
    """The moves of the history, newest first."""
    return [
        Step(
            at=event.at,
            label=console.word(f"status.{event.to_status}"),
            actor=names.get(event.staff_id or 0) or console.word(f"pelaku.{event.actor}"),
            reason=event.reason or "",
        )
        for event in reversed(events)
        if event.to_status is not None
    ]


def moves_of(console: Console, case: Case) -> list[Move]:
    """Where an officer may move the case; nowhere once it is erased."""
    if case.chat == NOBODY:
        return []
    allowed = moves(CaseKind(case.kind), status_of(case.status), Actor.OFFICER)
    return [_move(console, status) for status in allowed]


def _move(console: Console, status: Status) -> Move:
    texts = console.reference.texts
    told = "alasan" in placeholders(texts.variants[f"kabar.{status}"][0])
    example = f"konsol.contoh.{status}"
    return Move(
        status=status,
        label=console.word(f"status.{status}"),
        needs=console.word(f"rincian.{status.needs}") if status.needs else "",
        told=told,
        example=texts.plain(example) if example in texts else "",
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
