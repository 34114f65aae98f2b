"""Statuses of requests and complaints, and who may move a case from one to another.

A `Status` is a row: its key as stored, its type and what it means to a citizen. Nobody
compares keys; ask the helpers. The bot alone (`Actor.SYSTEM`) never rejects: it only ends
what a citizen left lying.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Self


class CaseKind(StrEnum):
    """What a case is: a request for a letter or document, or a complaint."""

    REQUEST = "permohonan"
    COMPLAINT = "laporan"


class Actor(StrEnum):
    """Who moves a case."""

    CITIZEN = "warga"
    OFFICER = "petugas"
    SYSTEM = "sistem"


class StatusType(StrEnum):
    """Whether a case still needs somebody, and whether its clock runs."""

    OPEN = "terbuka"
    PAUSED = "jeda"
    CLOSED = "tertutup"


class Meaning(StrEnum):
    """The three meanings that citizens see."""

    WAITING = "menunggu"
    WORKING = "dikerjakan"
    DONE = "selesai"


class Detail(StrEnum):
    """What an officer must write down when moving a case to a status."""

    REASON = "alasan"
    TO_WHOM = "kepada"
    ORIGINAL = "kode_induk"
    TRACKING_ID = "nomor_lapor"


class Status(StrEnum):
    """One status of a request or a complaint; the value is its key in the database."""

    type: StatusType
    meaning: Meaning
    needs: Detail | None

    def __new__(
        cls, key: str, type_: StatusType, meaning: Meaning, needs: Detail | None = None
    ) -> Self:
        """Make the row that `key` names."""
        row = str.__new__(cls, key)
        row._value_ = key
        row.type, row.meaning, row.needs = type_, meaning, needs
        return row

    DRAFT = "draf", StatusType.OPEN, Meaning.WAITING
    REJECTED = "ditolak", StatusType.CLOSED, Meaning.DONE, Detail.REASON

    SUBMITTED = "diajukan", StatusType.OPEN, Meaning.WAITING
    INCOMPLETE = "belum_lengkap", StatusType.PAUSED, Meaning.WAITING, Detail.REASON
    IN_REVIEW = "diperiksa", StatusType.OPEN, Meaning.WORKING
    AWAITING_SIGNATURE = "menunggu_tanda_tangan", StatusType.OPEN, Meaning.WORKING
    READY = "siap_diambil", StatusType.OPEN, Meaning.DONE
    HANDED_OVER = "diserahkan", StatusType.CLOSED, Meaning.DONE
    CANCELLED = "dibatalkan", StatusType.CLOSED, Meaning.DONE
    EXPIRED = "kedaluwarsa", StatusType.CLOSED, Meaning.DONE

    RECEIVED = "diterima", StatusType.OPEN, Meaning.WAITING
    VERIFIED = "diverifikasi", StatusType.OPEN, Meaning.WORKING
    NEEDS_DETAIL = "perlu_dilengkapi", StatusType.PAUSED, Meaning.WAITING, Detail.REASON
    ASSIGNED = "didisposisikan", StatusType.OPEN, Meaning.WORKING
    COORDINATED = "dikoordinasikan", StatusType.OPEN, Meaning.WORKING
    IN_PROGRESS = "diproses", StatusType.OPEN, Meaning.WORKING
    SCHEDULED = "dijadwalkan", StatusType.OPEN, Meaning.WORKING
    AWAITING_REPLY = "menunggu_tanggapan", StatusType.PAUSED, Meaning.WAITING
    RESOLVED = "selesai", StatusType.CLOSED, Meaning.DONE
    RESOLVED_SILENTLY = "selesai_otomatis", StatusType.CLOSED, Meaning.DONE
    REOPENED = "dibuka_kembali", StatusType.OPEN, Meaning.WORKING
    NOT_OURS = "bukan_kewenangan", StatusType.CLOSED, Meaning.DONE, Detail.TO_WHOM
    DUPLICATE = "duplikat", StatusType.CLOSED, Meaning.DONE, Detail.ORIGINAL
    WITHDRAWN = "dicabut", StatusType.CLOSED, Meaning.DONE
    FORWARDED = "diteruskan_lapor", StatusType.PAUSED, Meaning.WORKING, Detail.TRACKING_ID


Moves = Mapping[Status, Mapping[Status, frozenset[Actor]]]

_CITIZEN = frozenset({Actor.CITIZEN})
_OFFICER = frozenset({Actor.OFFICER})
_SYSTEM = frozenset({Actor.SYSTEM})
_CITIZEN_OR_OFFICER = _CITIZEN | _OFFICER
_CITIZEN_OR_SYSTEM = _CITIZEN | _SYSTEM
_ANYBODY = _CITIZEN | _OFFICER | _SYSTEM


def _by_officer(*targets: Status) -> dict[Status, frozenset[Actor]]:
    return dict.fromkeys(targets, _OFFICER)


_REQUEST: Moves = {
    Status.DRAFT: {
        Status.SUBMITTED: _CITIZEN,
        Status.CANCELLED: _CITIZEN,
        Status.EXPIRED: _SYSTEM,
    },
    Status.SUBMITTED: {
        **_by_officer(Status.IN_REVIEW, Status.INCOMPLETE, Status.READY, Status.REJECTED),
        Status.CANCELLED: _CITIZEN_OR_OFFICER,
    },
    Status.INCOMPLETE: {
        Status.SUBMITTED: _CITIZEN,
        **_by_officer(Status.IN_REVIEW, Status.REJECTED),
        Status.CANCELLED: _CITIZEN_OR_OFFICER,
        Status.EXPIRED: _SYSTEM,
    },
    Status.IN_REVIEW: {
        **_by_officer(Status.AWAITING_SIGNATURE, Status.READY, Status.INCOMPLETE, Status.REJECTED),
        Status.CANCELLED: _CITIZEN_OR_OFFICER,
    },
    Status.AWAITING_SIGNATURE: {
        **_by_officer(Status.READY, Status.IN_REVIEW, Status.REJECTED),
        Status.CANCELLED: _CITIZEN_OR_OFFICER,
    },
    Status.READY: {
        **_by_officer(Status.HANDED_OVER, Status.IN_REVIEW),
        Status.EXPIRED: _SYSTEM,
    },
    Status.HANDED_OVER: {},
    Status.REJECTED: _by_officer(Status.IN_REVIEW),
    Status.CANCELLED: {},
    Status.EXPIRED: {},
}

_REFUSALS = (Status.NOT_OURS, Status.DUPLICATE, Status.REJECTED)
_WITHDRAWAL = {Status.WITHDRAWN: _CITIZEN_OR_OFFICER}
_REOPENING = {Status.REOPENED: _CITIZEN_OR_OFFICER}
_WORK = (Status.IN_PROGRESS, Status.SCHEDULED, Status.COORDINATED)

_COMPLAINT: Moves = {
    Status.DRAFT: {
        Status.RECEIVED: _CITIZEN,
        Status.DUPLICATE: _CITIZEN,
        Status.WITHDRAWN: _CITIZEN_OR_SYSTEM,
    },
    Status.RECEIVED: {
        **_by_officer(Status.VERIFIED, Status.NEEDS_DETAIL, Status.ASSIGNED),
        **_by_officer(*_REFUSALS, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.VERIFIED: {
        **_by_officer(Status.ASSIGNED, *_WORK, Status.NEEDS_DETAIL),
        **_by_officer(*_REFUSALS, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.NEEDS_DETAIL: {
        Status.RECEIVED: _CITIZEN,
        **_by_officer(Status.VERIFIED, *_REFUSALS),
        Status.WITHDRAWN: _ANYBODY,
    },
    Status.ASSIGNED: {
        **_by_officer(*_WORK, Status.VERIFIED, Status.NEEDS_DETAIL),
        **_by_officer(*_REFUSALS, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.COORDINATED: {
        **_by_officer(Status.IN_PROGRESS, Status.SCHEDULED, Status.ASSIGNED),
        **_by_officer(Status.AWAITING_REPLY, Status.RESOLVED, Status.NOT_OURS, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.IN_PROGRESS: {
        **_by_officer(Status.SCHEDULED, Status.COORDINATED, Status.ASSIGNED),
        **_by_officer(Status.NEEDS_DETAIL, Status.AWAITING_REPLY, Status.RESOLVED),
        **_by_officer(Status.NOT_OURS, Status.DUPLICATE, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.SCHEDULED: {
        **_by_officer(Status.IN_PROGRESS, Status.COORDINATED),
        **_by_officer(Status.AWAITING_REPLY, Status.RESOLVED),
        **_WITHDRAWAL,
    },
    Status.AWAITING_REPLY: {
        Status.RESOLVED: _CITIZEN_OR_OFFICER,
        Status.RESOLVED_SILENTLY: _SYSTEM,
        **_REOPENING,
    },
    Status.REOPENED: {
        **_by_officer(Status.VERIFIED, Status.ASSIGNED, *_WORK, Status.NEEDS_DETAIL),
        **_by_officer(Status.AWAITING_REPLY, Status.RESOLVED, Status.NOT_OURS, Status.FORWARDED),
        **_WITHDRAWAL,
    },
    Status.FORWARDED: {
        **_by_officer(Status.IN_PROGRESS, Status.AWAITING_REPLY, Status.RESOLVED),
        **_WITHDRAWAL,
    },
    Status.RESOLVED: _REOPENING,
    Status.RESOLVED_SILENTLY: _REOPENING,
    Status.NOT_OURS: _REOPENING,
    Status.DUPLICATE: _REOPENING,
    Status.REJECTED: _REOPENING,
    Status.WITHDRAWN: {},
}

TRANSITIONS: Mapping[CaseKind, Moves] = MappingProxyType(
    {CaseKind.REQUEST: _REQUEST, CaseKind.COMPLAINT: _COMPLAINT}
)
"""For each kind of case: from which status to which, by whom, in the order officers read."""

_FIRST = {CaseKind.REQUEST: Status.SUBMITTED, CaseKind.COMPLAINT: Status.RECEIVED}
_PROMISE_KEPT = frozenset({Status.READY, Status.HANDED_OVER})
_ANSWERED_FOR = frozenset(
    {Status.READY, Status.HANDED_OVER, Status.RESOLVED, Status.RESOLVED_SILENTLY, Status.REJECTED}
)
_SATISFIED = frozenset({Status.HANDED_OVER, Status.RESOLVED, Status.RESOLVED_SILENTLY})


class ForbiddenMoveError(Exception):
    """Somebody tried to move a case along a way that the table does not have."""

    def __init__(self, kind: CaseKind, origin: Status, target: Status, actor: Actor) -> None:
        """Keep what was tried, so that the edge can explain it."""
        super().__init__(f"{kind}: {origin} -> {target} by {actor}")
        self.kind, self.origin, self.target, self.actor = kind, origin, target, actor


def status_of(key: str) -> Status:
    """The status that the database stores as `key`; raises KeyError for an unknown one."""
    return {status.value: status for status in Status}[key]


def statuses(kind: CaseKind) -> tuple[Status, ...]:
    """All statuses that a case of this kind can have, in reading order."""
    return tuple(status for status in Status if status in TRANSITIONS[kind])


def first_status(kind: CaseKind) -> Status:
    """The status of a case that its citizen has just sent."""
    return _FIRST[kind]


def moves(kind: CaseKind, origin: Status, actor: Actor) -> tuple[Status, ...]:
    """Where `actor` may move a case from `origin`."""
    targets = TRANSITIONS[kind].get(origin, {})
    return tuple(target for target, actors in targets.items() if actor in actors)


def may_move(kind: CaseKind, origin: Status, target: Status, *, actor: Actor) -> bool:
    """Whether `actor` may move a case from `origin` to `target`."""
    return target in moves(kind, origin, actor)


def check_move(kind: CaseKind, origin: Status, target: Status, *, actor: Actor) -> None:
    """Raise `ForbiddenMoveError` unless `actor` may move a case from `origin` to `target`."""
    if not may_move(kind, origin, target, actor=actor):
        raise ForbiddenMoveError(kind, origin, target, actor)


def is_open(status: Status) -> bool:
    """Whether the case still needs somebody: an officer, or its citizen."""
    return status.type is not StatusType.CLOSED


def pauses_clock(status: Status) -> bool:
    """Whether time spent in this status does not count against the promised date."""
    return status.type is StatusType.PAUSED


def stops_clock(status: Status) -> bool:
    """Whether the promised date is met or void once this status is reached."""
    return not is_open(status) or status in _PROMISE_KEPT


def keeps_promise(status: Status) -> bool:
    """Whether what was promised is there, or was answered for, once this status is reached."""
    return status in _ANSWERED_FOR


def invites_rating(status: Status) -> bool:
    """Whether the citizen got what was asked for and is asked for a mark."""
    return status in _SATISFIED


RUNNING = frozenset(s for s in Status if s.type is StatusType.OPEN and not stops_clock(s))
"""Statuses in which the clock of a case runs."""
