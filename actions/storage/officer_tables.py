"""The tables of officers on Telegram: codes that link, what is wanted, what was looked at."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Fingerprint


class TelegramCode(Base):
    """A code by which an account says once which Telegram user its owner is; only its hash."""

    __tablename__ = "telegram_codes"

    code: Mapped[str] = mapped_column(Fingerprint, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    until: Mapped[datetime]


class AlertChoice(Base):
    """Whether an officer wants to hear of an event on Telegram, where not as usual."""

    __tablename__ = "alert_choices"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    event: Mapped[str] = mapped_column(String(20), primary_key=True)
    wanted: Mapped[bool]


class AlertCursor(Base):
    """Up to which row of a table officers have been told of what happened."""

    __tablename__ = "alert_cursors"

    source: Mapped[str] = mapped_column(String(30), primary_key=True)
    seen: Mapped[int] = mapped_column(BigInteger)


class LaterAlert(Base):
    """An alert that its officer wants to hear once more."""

    __tablename__ = "later_alerts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    key: Mapped[str] = mapped_column(String(30))
    due_at: Mapped[datetime] = mapped_column(index=True)
