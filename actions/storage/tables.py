"""All tables. Personal data stands only in `Sealed` columns."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base as Base  # noqa: PLC0414  with all tables, for migrations
from actions.storage.base import Key
from actions.storage.case_tables import Attachment as Attachment  # noqa: PLC0414
from actions.storage.case_tables import Case as Case  # noqa: PLC0414
from actions.storage.case_tables import CaseEvent as CaseEvent  # noqa: PLC0414
from actions.storage.login_tables import SecurityEvent as SecurityEvent  # noqa: PLC0414
from actions.storage.message_tables import HeldNews as HeldNews  # noqa: PLC0414
from actions.storage.message_tables import Inbox as Inbox  # noqa: PLC0414
from actions.storage.message_tables import Message as Message  # noqa: PLC0414
from actions.storage.message_tables import Outbox as Outbox  # noqa: PLC0414
from actions.storage.message_tables import Quarantined as Quarantined  # noqa: PLC0414
from actions.storage.office_tables import ClockRule as ClockRule  # noqa: PLC0414
from actions.storage.office_tables import LearningSample as LearningSample  # noqa: PLC0414
from actions.storage.office_tables import OfficeSetting as OfficeSetting  # noqa: PLC0414
from actions.storage.office_tables import SettingChange as SettingChange  # noqa: PLC0414
from actions.storage.officer_tables import AlertChoice as AlertChoice  # noqa: PLC0414
from actions.storage.officer_tables import AlertCursor as AlertCursor  # noqa: PLC0414
from actions.storage.officer_tables import LaterAlert as LaterAlert  # noqa: PLC0414
from actions.storage.officer_tables import TelegramCode as TelegramCode  # noqa: PLC0414
from actions.storage.privacy_tables import PrivacyRequest as PrivacyRequest  # noqa: PLC0414
from actions.storage.report_tables import Figure as Figure  # noqa: PLC0414
from actions.storage.report_tables import FigureDay as FigureDay  # noqa: PLC0414
from actions.storage.report_tables import FigureMark as FigureMark  # noqa: PLC0414
from actions.storage.report_tables import SurveyPlan as SurveyPlan  # noqa: PLC0414
from actions.storage.report_tables import Talk as Talk  # noqa: PLC0414
from actions.storage.survey_tables import Survey as Survey  # noqa: PLC0414
from actions.storage.survey_tables import SurveyAnswer as SurveyAnswer  # noqa: PLC0414
from actions.storage.types import Sealed
from actions.storage.upkeep_tables import FileLetGo as FileLetGo  # noqa: PLC0414
from actions.storage.upkeep_tables import SealingKey as SealingKey  # noqa: PLC0414
from actions.storage.web_tables import WebChat as WebChat  # noqa: PLC0414
from actions.storage.web_tables import WebLine as WebLine  # noqa: PLC0414
from actions.storage.web_tables import WebSession as WebSession  # noqa: PLC0414
from actions.storage.work_tables import CaseCheck as CaseCheck  # noqa: PLC0414
from actions.storage.work_tables import CaseHelper as CaseHelper  # noqa: PLC0414
from actions.storage.work_tables import CaseNote as CaseNote  # noqa: PLC0414
from actions.storage.work_tables import ClaimCode as ClaimCode  # noqa: PLC0414
from actions.storage.work_tables import Promise as Promise  # noqa: PLC0414
from actions.storage.work_tables import SearchTerm as SearchTerm  # noqa: PLC0414
from actions.storage.work_tables import StaffAlert as StaffAlert  # noqa: PLC0414
from actions.storage.work_tables import Template as Template  # noqa: PLC0414
from actions.storage.work_tables import Transfer as Transfer  # noqa: PLC0414


class Chat(Base):
    """A conversation and what it remembers; its row is the lock that keeps a chat in order.

    `no_surveys` says that its citizen does not want to be asked how it went. `moved_to` is the
    chat that a group has become; what began by `erase_before` is erased once it is over.
    `brakes` counts what is limited (domain/brakes). `thrift` is there while its citizen saves
    data (casework/thrift): since when, how much.
    """

    __tablename__ = "chats"
    __table_args__ = (
        Index(
            "ix_chats_to_erase",
            "id",
            sqlite_where=text("erase_before IS NOT NULL"),
            postgresql_where=text("erase_before IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[Any] = mapped_column(Sealed, default=dict)
    blocked: Mapped[bool] = mapped_column(default=False)
    no_surveys: Mapped[bool] = mapped_column(default=False)
    moved_to: Mapped[str | None] = mapped_column(String(80))
    erase_before: Mapped[datetime | None]
    brakes: Mapped[dict[str, Any] | None]
    thrift: Mapped[dict[str, Any] | None]
    updated_at: Mapped[datetime]


class Escalation(Base):
    """A chat that a human takes over, with why and what was understood.

    `alert_id` is the row of the outbox that told the officers' group.
    """

    __tablename__ = "escalations"
    __table_args__ = (
        Index("ix_escalations_status", "status", "opened_at"),
        Index("ix_escalations_opened", "opened_at", "id"),
        Index("ix_escalations_closed", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    unit: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(30))
    understood: Mapped[Any] = mapped_column(Sealed, default=dict)
    turns: Mapped[Any] = mapped_column(Sealed, default=list)
    status: Mapped[str] = mapped_column(String(20))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    alert_id: Mapped[int | None] = mapped_column(BigInteger)
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    active_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Staff(Base):
    """Somebody who works in the console. Never deleted, only made inactive.

    One of a `village` sees that village's cases alone; secret cases are a right of their own.
    `opened` are those that were broken into in the session that this account acts in.
    Who is away from one moment up to another may name a `stand_in_id` (casework/absence).
    """

    opened = frozenset[int]()

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(String(40))
    village: Mapped[str | None] = mapped_column(String(80))
    sees_secret: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    digested_on: Mapped[date | None]
    away_from: Mapped[datetime | None]
    away_until: Mapped[datetime | None]
    stand_in_id: Mapped[int | None] = mapped_column(Key)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class AccessLog(Base):
    """Who of the staff opened which case: the trail that citizens may ask for.

    `reason` is why somebody opened a secret case without the right to it.
    """

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_at", "at", "id"),
        Index("ix_access_log_staff", "staff_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalations.id"))
    action: Mapped[str] = mapped_column(Text)
    reason: Mapped[Any | None] = mapped_column(Sealed)
    at: Mapped[datetime]
