"""The tables of cases: what was handed in, its history, its files."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.case_indexes import case_indexes, event_indexes
from actions.storage.types import Sealed


class Case(Base):
    """A service request or a complaint, from draft to end.

    `form` is the form as it was begun, `additions` the fields that officers asked for since.
    `parent_id` is the case that a duplicate or a part is handled together with. `promised_on` is
    the first promise, `due_on` the one that holds, `met_on` when that was met or became void.
    A case that is late keeps that `due_on`; `next_on` is the date that it was excused with.
    Where hours are counted, `due_at` is the moment of that day, and `paused_at` since when the
    clock stands. An officer's first answer may have a clock of its own: `answer_due_at`,
    by `answer_rule_id` (casework/first_answer).
    `awaits` says who must act, `answered_at` since when words of the citizen lie there unseen.
    `reminded` is the last step of its clock that officers were told of, `remind_at` when the next
    one comes (casework/reminders).
    `indexed_with` is the key that its search terms are hashed with. `clock_rule_id` is the rule
    that its clock began under, none where that was the catalogue's.
    An `anonymous` one is sent without a name, and its chat is a pseudonym from then on
    (casework/anonymity). News of a `discreet` one do not say what it is about. `reported` are the
    units that it complains of, as "|unit|unit|": they never see it (casework/rights).
    `public_allowed_at` is when its citizen let it be shown to anybody, `public_at` when an officer
    confirmed that, `public_place` the landmark that they saw, `public_refused_at` when an officer
    would not have it there (casework/publishing).
    """

    __tablename__ = "cases"
    __table_args__ = case_indexes()

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    slug: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(40))
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"))
    status: Mapped[str] = mapped_column(String(30))
    answers: Mapped[Any] = mapped_column(Sealed, default=dict)
    form: Mapped[dict[str, Any]]
    additions: Mapped[Any | None] = mapped_column(Sealed)
    secret: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    paused_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    parent_id: Mapped[int | None] = mapped_column(Key, index=True)
    owner_id: Mapped[int | None] = mapped_column(Key)
    village: Mapped[str | None] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(12), default="tg")
    awaits: Mapped[str] = mapped_column(String(12), default="warga")
    promised_on: Mapped[date | None]
    met_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    late_cause: Mapped[str | None] = mapped_column(String(30))
    next_on: Mapped[date | None]
    reminded: Mapped[int | None]
    remind_at: Mapped[datetime | None]
    clock_rule_id: Mapped[int | None] = mapped_column(Key)
    due_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    answer_rule_id: Mapped[int | None] = mapped_column(Key)
    answer_due_at: Mapped[datetime | None]
    first_answer_at: Mapped[datetime | None]
    answer_reminded: Mapped[int | None]
    anonymous: Mapped[bool] = mapped_column(default=False)
    discreet: Mapped[bool] = mapped_column(default=False)
    reported: Mapped[str | None] = mapped_column(String(200))
    public_allowed_at: Mapped[datetime | None]
    public_at: Mapped[datetime | None]
    public_refused_at: Mapped[datetime | None]
    public_place: Mapped[str | None] = mapped_column(String(120))
    indexed_with: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CaseEvent(Base):
    """One line of a case's history, of some `EventKind`. Only ever added, never changed.

    A move has `to_status`, and `from_status` unless it is the first. `data` says what else it is
    about, by ids: an officer, a unit, another case.
    """

    __tablename__ = "case_events"
    __table_args__ = event_indexes()

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    from_status: Mapped[str | None] = mapped_column(String(30))
    to_status: Mapped[str | None] = mapped_column(String(30))
    reason: Mapped[Any | None] = mapped_column(Sealed)
    data: Mapped[dict[str, Any] | None]


class Attachment(Base):
    """A checked file that belongs to an answer; the bytes lie under the files folder.

    One that came before any form waits in its chat, without a case. Files of one
    `album` answer together. A voice lasts so many `seconds`.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str | None] = mapped_column(String(80), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    field: Mapped[str] = mapped_column(String(60))
    album: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80), index=True)
    mime: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    seconds: Mapped[int | None]
    at: Mapped[datetime]
