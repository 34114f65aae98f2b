"""The table of what citizens ask for by their rights on data."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Sealed


class PrivacyRequest(Base):
    """One use of a right, of some `RequestKind`: what acts at once is done when it is asked for.

    What an officer must act on has the case that it is about and that case's unit, and is to be
    answered by `due_at`; `outcome` is the officer's answer to the citizen.
    """

    __tablename__ = "privacy_requests"
    __table_args__ = (
        Index("ix_privacy_requests_chat", "chat", "id"),
        Index(
            "ix_privacy_requests_waiting",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    unit: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[Any | None] = mapped_column(Sealed)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(12))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[Any | None] = mapped_column(Sealed)
