"""Remembers which text keys went into the outbox, since Telegram shows only the words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from actions.domain.messages import Reply
from actions.storage.tables import Chat, Outbox

_PENDING = "golden ledger"
_homes: dict[str, str] = {}
_committed: defaultdict[str, list[Reply]] = defaultdict(list)


@event.listens_for(Outbox, "after_insert")
def _note(_: Any, __: Any, row: Outbox) -> None:
    session = object_session(row)
    if session is not None and row.payload and "key" in row.payload:
        entry = (_homes.get(row.chat, row.chat), Reply.from_json(row.payload))
        session.info.setdefault(_PENDING, []).append(entry)


@event.listens_for(Chat, "after_update")
def _note_home(_: Any, __: Any, row: Chat) -> None:
    """Which chat hears what is sent to a pseudonym."""
    if "home" in row.state:
        _homes[row.id] = row.state["home"]


@event.listens_for(Session, "after_commit")
def _keep(session: Session) -> None:
    for chat, reply in session.info.pop(_PENDING, []):
        _committed[chat].append(reply)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)


def take(chat: str) -> list[Reply]:
    """What was queued for a chat since it was asked for last, and committed."""
    return _committed.pop(chat, [])


def clear() -> None:
    """Forget everything, before another conversation."""
    _committed.clear()
