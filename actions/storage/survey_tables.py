"""The tables of satisfaction: what a citizen was asked after the end, and what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Sealed

WAITING = text(
    "(surveys.overall IS NULL AND surveys.reminded_at IS NULL AND surveys.closed_at IS NULL)"
    " IS TRUE"
)
"""Surveys of which their citizens may be reminded."""
_WAITING = text(WAITING.text.replace("surveys.", ""))


class Survey(Base):
    """The citizen's judgement of one finished request, once."""

    __tablename__ = "surveys"
    __table_args__ = (
        Index("ix_surveys_invited", "invited_at", "id"),
        Index(
            "ix_surveys_waiting",
            "invited_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"), index=True)
    unit: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(60))
    invited_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    overall: Mapped[int | None]
    comment: Mapped[Any | None] = mapped_column(Sealed)
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class SurveyAnswer(Base):
    """One of the nine elements, 1 to 4; stored by code, since sources order them differently."""

    __tablename__ = "survey_answers"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    element: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[int]
