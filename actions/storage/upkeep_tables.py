"""The tables by which an installation keeps itself in order. Nothing in them is personal."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from actions.storage.base import Base, Key


class SealingKey(Base):
    """A key that values here are sealed with."""

    __tablename__ = "sealing_keys"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    since: Mapped[datetime]


class FileLetGo(Base):
    """A file whose attachment is gone, until its bytes are."""

    __tablename__ = "files_let_go"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
