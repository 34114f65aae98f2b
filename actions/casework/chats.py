"""The row of a chat: its lock, its memory, and whether a human has taken over."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.memory import ChatMemory
from actions.domain.work import Channel
from actions.storage.tables import Chat

NOBODY = "nobody"
"""The chat of what was erased: whose it was is not known any more."""
_WITHOUT_WAY_BACK = frozenset({NOBODY, Channel.COUNTER, Channel.PHONE})
_LOCKED = "locked chats"
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
    locked.add(chat)
    return row


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
