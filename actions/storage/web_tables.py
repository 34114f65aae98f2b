"""The tables of the web chat: whose browser it is, and what its page shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Fingerprint, Sealed


class WebChat(Base):
    """A chat in the browser. `code` opens it on another phone; only its keyed hash is stored.

    `seen_id` is the newest line that was on a screen, `seen_at` when somebody last was there.
    """

    __tablename__ = "web_chats"

    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"), primary_key=True)
    code: Mapped[str | None] = mapped_column(Fingerprint, unique=True)
    code_made_at: Mapped[datetime | None] = mapped_column(index=True)
    seen_id: Mapped[int] = mapped_column(BigInteger, default=0)
    seen_at: Mapped[datetime]


class WebSession(Base):
    """A browser that has a chat open; only the hash of its cookie is stored.

    One on a `shared` computer ends soon after its last use.
    """

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"), index=True)
    shared: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class WebLine(Base):
    """One line as the page shows it: a reply with its buttons, or what the citizen sent.

    What was sent has the `nonce` of its form, so that it counts once; a reply is `sent_as` a row
    of the outbox, so that it is shown once. That is hashed, and the time is a full minute: nothing
    here joins a chat and its pseudonym. `chosen` is the button that was pressed, counted from 0;
    `file` a stored file that is kept for this line.
    """

    __tablename__ = "web_lines"
    __table_args__ = (
        Index("ix_web_lines_chat", "chat", "id"),
        Index(
            "ix_web_lines_file",
            "file",
            sqlite_where=text("file IS NOT NULL"),
            postgresql_where=text("file IS NOT NULL"),
        ),
        UniqueConstraint("chat", "nonce"),
        # A page asks for what is newer than its last line: no number may come again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Any] = mapped_column(Sealed)
    nonce: Mapped[str | None] = mapped_column(String(40))
    sent_as: Mapped[str | None] = mapped_column(Fingerprint, unique=True)
    chosen: Mapped[int | None]
    file: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(index=True)
