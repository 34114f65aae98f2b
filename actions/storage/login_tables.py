"""The tables of logging in: sessions, devices, second factors, pauses, and the log of it all."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Fingerprint, Sealed


class StaffSession(Base):
    """A console login. Only the hash of the cookie's token is stored.

    Until it is `complete`, the password was right and the code of the second factor is awaited.
    `proved_at` is when its owner last showed who they are. `new_secret` is a second factor that
    is being set up: it belongs to whoever sees it in this session, and to nobody else. `opened`
    says of secret cases that were broken into, by their ids, until when they are open.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    complete: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(60))
    address: Mapped[Any | None] = mapped_column(Sealed)
    new_secret: Mapped[Any | None] = mapped_column(Sealed)
    opened: Mapped[dict[str, Any] | None]


class StaffDevice(Base):
    """A browser in which an account has logged in; only the hash of its cookie is stored."""

    __tablename__ = "staff_devices"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    seen_at: Mapped[datetime]


class LoginLane(Base):
    """Wrong passwords and codes that came one way; which way is hashed, see `login_limits`."""

    __tablename__ = "login_lanes"

    lane: Mapped[str] = mapped_column(Fingerprint, primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime]


class SecondFactor(Base):
    """What an account's authenticator app knows; `step` is the last half minute that was used."""

    __tablename__ = "second_factors"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    secret: Mapped[Any] = mapped_column(Sealed)
    step: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime]


class RecoveryCode(Base):
    """The hash of a code that stands in for the app once; a used one is gone."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)


class SecurityEvent(Base):
    """One line of the security log, of some `SecurityKind`. Only ever added, never changed.

    `staff_id` is the account that it is about, where there is one; `by_id` who did it, when that
    was somebody else in the console; `address` that of the browser, none for the command line.
    """

    __tablename__ = "security_events"
    __table_args__ = (
        Index("ix_security_events_staff", "staff_id", "id"),
        Index("ix_security_events_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(30))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    address: Mapped[Any | None] = mapped_column(Sealed)
