"""The row of a chat: its lock, its memory, and whether a human has taken over."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, event, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified, set_committed_value

from actions.domain.memory import ChatMemory
from actions.domain.work import Channel
from actions.storage.engine import hold
from actions.storage.tables import Chat

NOBODY = "nobody"
"""The chat of what was erased: whose it was is not known any more."""
_WITHOUT_WAY_BACK = frozenset({NOBODY, Channel.COUNTER, Channel.PHONE})
_LOCKED, _COUNTED = "locked chats", "counted chats"
_LOCKING = (
    select(Chat)
    .where(Chat.id == bindparam("chat"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def is_reachable(chat: str) -> bool:
    """Whether a message can be sent to a chat.

    Who came to the counter or called has one in name only, until it is claimed elsewhere.
    """
    return chat.partition(":")[0] not in _WITHOUT_WAY_BACK


async def lock_chat(session: AsyncSession, chat: str, now: datetime) -> Chat:
    """Lock the chat's row until the transaction ends; made when it is not there yet."""
    locked = _locked(session)
    if chat in locked:
        row = await session.get(Chat, chat)
    else:
        row = await session.scalar(_LOCKING, {"chat": chat})
    if row is None:
        row = Chat(id=chat, state={}, updated_at=now)
        session.add(row)
        await session.flush()
    note_locked(session, row)
    return row


def note_locked(session: AsyncSession, row: Chat) -> None:
    """Note that this transaction has locked a chat's row; it is kept, and read only once."""
    hold(session, row)
    _locked(session).add(row.id)


def is_locked(session: AsyncSession, chat: str) -> bool:
    """Whether this transaction has a chat for itself: it has its turn."""
    return chat in _locked(session)


async def lock_nobody(session: AsyncSession, now: datetime) -> None:
    """Make sure that there is a row for what was erased; nothing is ever sent to it."""
    row = await lock_chat(session, NOBODY, now)
    row.blocked = True


async def lock_unread(session: AsyncSession, chat: str) -> None:
    """Lock the chat's row without its memory, which may be what cannot be read."""
    await session.execute(select(Chat.id).where(Chat.id == chat).with_for_update())


def _locked(session: AsyncSession) -> set[str]:
    """The chats that this transaction has locked: asking twice is asking the database once."""
    transaction = session.sync_session.get_transaction()
    known = session.info.get(_LOCKED)
    if known is None or known[0] is not transaction:
        known = session.info[_LOCKED] = (transaction, set())
    chats: set[str] = known[1]
    return chats


def remember(row: Chat, memory: ChatMemory, now: datetime) -> None:
    """Store what the chat remembers after its turn."""
    row.state = memory.to_json()
    row.updated_at = now


def keep_counts(session: AsyncSession, row: Chat, counts: dict[str, Any]) -> None:
    """Store what a chat did, together with what it remembers: one UPDATE at the commit."""
    set_committed_value(row, "brakes", counts)
    session.info.setdefault(_COUNTED, []).append(row)


@event.listens_for(Session, "before_commit")
def _write_counts(session: Session) -> None:
    for row in session.info.pop(_COUNTED, ()):
        flag_modified(row, "brakes")


async def note_move(session: AsyncSession, chat: str, new: str, now: datetime) -> None:
    """Remember that a group has become another chat, to which its messages go from now on."""
    row = await lock_chat(session, chat, now)
    row.moved_to, row.blocked = new, False


async def moved(session: AsyncSession) -> dict[str, str]:
    """The groups that have become another chat, by the one that they were."""
    rows = await session.execute(select(Chat.id, Chat.moved_to).where(Chat.moved_to.is_not(None)))
    return {row.id: str(row.moved_to) for row in rows}


async def now_at(session: AsyncSession, chat: str) -> str:
    """Where a group is now; it may have moved more than once."""
    moves = await moved(session)
    for _ in moves:
        chat = moves.get(chat, chat)
    return chat


async def _change(session: AsyncSession, chat: str) -> tuple[Chat, ChatMemory] | None:
    row = await session.scalar(select(Chat).where(Chat.id == chat).with_for_update())
    return None if row is None else (row, ChatMemory.from_json(row.state))


async def hand_to_human(session: AsyncSession, chat: str, escalation_id: int) -> None:
    """Make the bot silent in a chat."""
    found = await _change(session, chat)
    if found:
        row, memory = found
        memory.with_human, memory.escalation = True, escalation_id
        row.state = memory.to_json()


async def forget_human(session: AsyncSession, chat: str) -> None:
    """Let the bot answer in a chat again."""
    found = await _change(session, chat)
    if found:
        row, memory = found
        memory.with_human, memory.escalation = False, None
        row.state = memory.to_json()
