"""The tables of what an office sets for itself, and of sentences that the model may learn from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key
from actions.storage.types import Sealed


class LearningSample(Base):
    """A sentence, masked before it is kept, and what the model took it for.

    Once it is accepted it belongs to no chat any more. `intent`, `target` and `confidence` are the
    model's, `label_intent` and `label_target` what an officer says it is.
    """

    __tablename__ = "learning_samples"
    __table_args__ = (Index("ix_learning_samples_state", "state", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str] = mapped_column(String(80), index=True)
    source: Mapped[str] = mapped_column(String(16))
    text: Mapped[Any] = mapped_column(Sealed)
    intent: Mapped[str | None] = mapped_column(String(60))
    target: Mapped[str | None] = mapped_column(String(60))
    confidence: Mapped[float | None]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    label_intent: Mapped[str | None] = mapped_column(String(60))
    label_target: Mapped[str | None] = mapped_column(String(60))
    labelled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class OfficeSetting(Base):
    """One row of a sheet that is not as data/ has it; without a value the row is taken out."""

    __tablename__ = "office_settings"

    sheet: Mapped[str] = mapped_column(String(20), primary_key=True)
    row: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class SettingChange(Base):
    """Who changed which row of a sheet, from what to what. Only ever added, never changed.

    The newest id is the version of all settings: a process that has another reads them anew.
    """

    __tablename__ = "setting_changes"
    __table_args__ = (Index("ix_setting_changes_sheet", "sheet", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sheet: Mapped[str] = mapped_column(String(20))
    row: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ClockRule(Base):
    """How long a stage of a case may take, from when to when, for what, and by which rule.

    What is not set is for all: one of a `slug` goes before one of a unit, and that before one
    of a kind. `pauses` says whether the clock stands still while the citizen is waited for.
    """

    __tablename__ = "clock_rules"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str | None] = mapped_column(String(12))
    slug: Mapped[str | None] = mapped_column(String(60))
    length: Mapped[int] = mapped_column("working_days")
    measure: Mapped[str] = mapped_column(String(12), server_default="hari_kerja")
    stage: Mapped[str] = mapped_column(String(12), server_default="selesai")
    pauses: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    updated_at: Mapped[datetime]
    updated_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
