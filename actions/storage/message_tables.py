"""The tables of messages: what came in, what goes out, what was set aside, what was written."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from actions.storage.base import Base, Key
from actions.storage.types import Sealed


class Inbox(Base):
    """An update as it came, stored before it is acknowledged; emptied once it is handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(
            "ix_inbox_waiting",
            "source",
            "chat",
            "external_id",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
        Index(
            "ix_inbox_handled",
            "chat",
            sqlite_where=text("handled_at IS NOT NULL"),
            postgresql_where=text("handled_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    source: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Any | None] = mapped_column(Sealed)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(200))


class Outbox(Base):
    """A message on its way out; emptied once it is sent, kept as proof that it was.

    It waits until `due_at` since `held_at`, when somebody claimed it or put it off. Of what is due
    the smallest `urgency` goes first. `file` is the stored file that goes with it, until it is
    done.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "chat",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_due",
            "done_at",
            "urgency",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_done",
            "chat",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
        Index(
            "ix_outbox_file",
            "file",
            sqlite_where=text("file IS NOT NULL"),
            postgresql_where=text("file IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Any | None] = mapped_column(Sealed)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(200))
    file: Mapped[str | None] = mapped_column(String(80))
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default="0")


class HeldNews(Base):
    """A message that can wait, for a citizen who saves data, until the digest of the day."""

    __tablename__ = "held_news"
    __table_args__ = (Index("ix_held_news_at", "at", "chat"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80), index=True)
    payload: Mapped[Any] = mapped_column(Sealed)
    at: Mapped[datetime]


class Quarantined(Base):
    """An update that could not be stored or handled, with what it said, until somebody looks.

    `chat` and `external_id` are missing where it does not say them.
    """

    __tablename__ = "quarantine"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    source: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[int | None] = mapped_column(BigInteger)
    chat: Mapped[str | None] = mapped_column(String(80), index=True)
    payload: Mapped[Any | None] = mapped_column(Sealed)
    failure: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Message(Base):
    """One line of a chat as officers may read it; pruned after the retention period.

    `file` is a stored file that was sent with it, `sent_as` the row by which it leaves: that may
    be gone, and then its number may be another one's (see `casework.delivery`).
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_chat", "chat", "id"),
        Index("ix_messages_at", "at"),
        Index(
            "ix_messages_file",
            "file",
            sqlite_where=text("file IS NOT NULL"),
            postgresql_where=text("file IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80))
    sender: Mapped[str] = mapped_column(String(10))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[Any] = mapped_column(Sealed)
    file: Mapped[str | None] = mapped_column(String(80))
    outbox_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime]

    sent_as: Mapped[Outbox | None] = relationship(
        primaryjoin="foreign(Message.outbox_id) == Outbox.id", lazy="raise"
    )
