"""The tables of logging in: what happened with accounts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Sealed


class SecurityEvent(Base):
    """One line of the security log, of some `SecurityKind`. Only ever added, never changed.

    `staff_id` is the account that it is about, where there is one; `by_id` who did it, when that
    was somebody else in the console; `address` that of the browser, none for the command line.
    """

    __tablename__ = "security_events"
    __table_args__ = (Index("ix_security_events_staff", "staff_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(30))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    address: Mapped[Any | None] = mapped_column(Sealed)
