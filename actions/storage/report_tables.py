"""The tables of reports: figures by day and month, talks with the bot, plans to do better."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key


class Figure(Base):
    """How often something happened in a day or a month, for one unit and service.

    `kind` is a `FigureKind`, `part` what it is split by: a village, a number of working days, a
    member of staff. Rows are counted anew by a job (casework/figure_keeping), never corrected.
    """

    __tablename__ = "figures"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  rows lie in their key's order

    grain: Mapped[str] = mapped_column(String(5), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]


class FigureDay(Base):
    """When the figures of a day were counted last; a `stale` one is to be counted again."""

    __tablename__ = "figure_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    stale: Mapped[bool] = mapped_column(server_default=false())


class FigureMark(Base):
    """A case or a survey of which something has changed that was counted on earlier days.

    Written with the change (storage/figure_marks), taken away once those days are known.
    """

    __tablename__ = "figure_marks"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(Key)
    survey_id: Mapped[int | None] = mapped_column(Key)


class Talk(Base):
    """One conversation with the bot, without a word of it: what it came to.

    `missed` are turns that were not understood, `corrected` those of "Bukan itu"; `human` says
    that an officer was called, `stuck` that it ended with a miss or a form left open.
    """

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_begun", "begun_at", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80), index=True)
    begun_at: Mapped[datetime]
    turns: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[int] = mapped_column(default=0)
    human: Mapped[bool] = mapped_column(default=False)
    stuck: Mapped[bool] = mapped_column(default=False)


class SurveyPlan(Base):
    """What a unit does about one of its lowest elements of a period: what, until when, who."""

    __tablename__ = "survey_plans"
    __table_args__ = (UniqueConstraint("unit", "period", "element"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(24))
    element: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(400))
    due_on: Mapped[date]
    who: Mapped[str] = mapped_column(String(120))
    done_on: Mapped[date | None]
    updated_at: Mapped[datetime]
    updated_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
