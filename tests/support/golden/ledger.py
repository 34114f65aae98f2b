"""Remembers which text keys went into the outbox, since Telegram shows only the words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, Insert, event

from actions.domain.messages import Reply
from actions.storage.tables import Chat, Outbox

_PENDING = "golden ledger"
_homes: dict[str, str] = {}
_committed: defaultdict[str, list[Reply]] = defaultdict(list)


@event.listens_for(Engine, "before_execute")
def _note(
    connection: Connection, statement: Any, several: Any, single: Any, _options: Any
) -> None:
    """Letters are written together, by one statement of a transaction."""
    if not isinstance(statement, Insert) or statement.table is not Outbox.__table__:
        return
    for row in several or [single]:
        if row.get("payload") and "key" in row["payload"]:
            entry = (_homes.get(row["chat"], row["chat"]), Reply.from_json(row["payload"]))
            connection.info.setdefault(_PENDING, []).append(entry)


@event.listens_for(Chat, "after_update")
def _note_home(_: Any, __: Any, row: Chat) -> None:
    """Which chat hears what is sent to a pseudonym."""
    if "home" in row.state:
        _homes[row.id] = row.state["home"]


@event.listens_for(Engine, "commit")
def _keep(connection: Connection) -> None:
    for chat, reply in connection.info.pop(_PENDING, []):
        _committed[chat].append(reply)


@event.listens_for(Engine, "rollback")
def _forget(connection: Connection) -> None:
    connection.info.pop(_PENDING, None)


def take(chat: str) -> list[Reply]:
    """What was queued for a chat since it was asked for last, and committed."""
    return _committed.pop(chat, [])


def clear() -> None:
    """Forget everything, before another conversation."""
    _committed.clear()
