"""Whether what was written to a citizen has gone out: a mark for each line of a chat."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from actions.casework.outbox import BLOCKED, TOLD_LATER
from actions.storage.tables import Message, Outbox


class Mark(StrEnum):
    """What became of a message."""

    WAITING = "belum"
    SENT = "terkirim"
    BLOCKED = "diblokir"
    REFUSED = "gagal"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The mark of a message, and since when it has that."""

    mark: Mark
    at: datetime


def with_marks() -> ORMOption:
    """What a query for lines must bring so that `delivery_of` can tell."""
    state = (Outbox.chat, Outbox.created_at, Outbox.done_at, Outbox.failure)
    return selectinload(Message.sent_as).load_only(*state)


def delivery_of(line: Message) -> Delivery | None:
    """What became of a line; None for a citizen's, and where that is not known any more.

    Rows that went out are deleted after some time, and a database may give their number again.
    """
    row = line.sent_as
    if row is None or (row.chat, row.created_at) != (line.chat, line.at):
        return None
    if row.done_at is None:
        return Delivery(Mark.WAITING, row.created_at)
    if row.failure is None:
        return Delivery(Mark.SENT, row.done_at)
    blocked = row.failure in {BLOCKED, TOLD_LATER}
    return Delivery(Mark.BLOCKED if blocked else Mark.REFUSED, row.done_at)
