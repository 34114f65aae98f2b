"""The tables of the officers' work: notes, transfers, templates, promises, search terms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Fingerprint, Sealed


class CaseNote(Base):
    """What officers write for each other on a case; its citizen never reads it."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[Any] = mapped_column(Sealed)
    at: Mapped[datetime]


class CaseCheck(Base):
    """A requirement of a service that an officer found to be in order, by its words."""

    __tablename__ = "case_checks"
    __table_args__ = (UniqueConstraint("case_id", "item"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    item: Mapped[str] = mapped_column(String(200))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class Transfer(Base):
    """A case on its way to another unit, or a question to one, of some `TransferKind`.

    The case stays with `from_unit` until the other one accepts it.
    """

    __tablename__ = "transfers"
    __table_args__ = (
        Index(
            "ix_transfers_waiting",
            "to_unit",
            "id",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    from_unit: Mapped[str] = mapped_column(String(40))
    to_unit: Mapped[str] = mapped_column(String(40))
    sent_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[Any] = mapped_column(Sealed)
    at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answer: Mapped[Any | None] = mapped_column(Sealed)
    answered_at: Mapped[datetime | None]


class Template(Base):
    """A reply that officers need often, for one unit and status or for all."""

    __tablename__ = "templates"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(3000))
    unit: Mapped[str | None] = mapped_column(String(40), index=True)
    status: Mapped[str | None] = mapped_column(String(30))
    file: Mapped[str | None] = mapped_column(String(80))
    file_mime: Mapped[str | None] = mapped_column(String(60))
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Promise(Base):
    """A date that a citizen was given, and what came of it.

    `due_on` moves while the citizen is waited for. A new promise takes the place of a broken one.
    One in hours has the moment too, `due_at`.
    """

    __tablename__ = "promises"
    __table_args__ = (Index("ix_promises_outcome", "outcome", "settled_on", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    made_at: Mapped[datetime]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    settled_on: Mapped[date | None] = mapped_column(index=True)


class SearchTerm(Base):
    """A normalised name, word of a name, NIK, KK or phone of a case; only its keyed hash."""

    __tablename__ = "search_terms"
    __table_args__ = (Index("ix_search_terms_term", "kind", "term", "case_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    term: Mapped[str] = mapped_column(Fingerprint)


class ClaimCode(Base):
    """The code on a receipt of the counter, by which its citizen takes the case into a chat.

    It works once. A case has one at most: a new one takes the place of the one before. Of what a
    helper handed in it is the case's own code with a PIN, which may be `wrong` a few times.
    """

    __tablename__ = "claim_codes"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    code: Mapped[str] = mapped_column(Fingerprint, index=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong: Mapped[int] = mapped_column(default=0)


class CaseHelper(Base):
    """Who handed in a case for somebody else, and that they agreed.

    `relation` names a text below "wakil.siapa.". Once the case is its owner's, its helper is
    `told` of it only where the owner wants that.
    """

    __tablename__ = "case_helpers"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    chat: Mapped[str] = mapped_column(String(80), index=True)
    relation: Mapped[str] = mapped_column(String(20))
    agreed_at: Mapped[datetime]
    told: Mapped[bool] = mapped_column(default=False)


class StaffAlert(Base):
    """What an officer is told about a case; `key` names a text below "alarm.".

    `told_at` is when it was taken to the officer's Telegram, or was found to have no way there;
    `seen_at` when it was seen in the console. `outbox_id` is the row that took it to Telegram.
    """

    __tablename__ = "staff_alerts"
    __table_args__ = (
        Index("ix_staff_alerts_staff", "staff_id", "id"),
        Index(
            "ix_staff_alerts_sent",
            "at",
            sqlite_where=text("outbox_id IS NOT NULL AND seen_at IS NULL"),
            postgresql_where=text("outbox_id IS NOT NULL AND seen_at IS NULL"),
        ),
        Index(
            "ix_staff_alerts_waiting",
            "id",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    key: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    outbox_id: Mapped[int | None] = mapped_column(Key)
