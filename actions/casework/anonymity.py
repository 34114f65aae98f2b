"""Reports without a name: filed under a pseudonym instead of the chat that they came from.

A pseudonym is a chat of its own, "tg:~" and chance. Which chat it stands for is sealed in its row,
and which pseudonym a chat has in that chat's memory: nothing that is not sealed joins the two.
What an officer writes goes to the pseudonym, and the outbox finds the way home as it sends.
"""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import lock_chat
from actions.casework.returned import form_of_case
from actions.domain.memory import ChatMemory
from actions.storage.tables import Attachment, Case, Chat, Escalation, LearningSample, Message

MARK = "~"
_BYTES = 8
PERSONAL = frozenset({"nama", "nik", "kk", "telepon"})
"""Kinds of question whose answers say who somebody is."""


def is_pseudonym(chat: str) -> bool:
    """Whether a chat stands for another one."""
    return chat.partition(":")[2].startswith(MARK)


async def hide(session: AsyncSession, case: Case, memory: ChatMemory, now: datetime) -> None:
    """Take a report out of its chat, with all that was written and sent while it was filled in.

    What says who its citizen is is forgotten, also where a form asks for it.
    """
    home = case.chat
    pseudonym = await _pseudonym_of(session, home, memory, now)
    names = {field.key for field in form_of_case(case).fields if field.kind in PERSONAL}
    case.answers = {k: (None if k in names else v) for k, v in case.answers.items()}
    case.anonymous, case.chat = True, pseudonym
    await session.flush()
    files = update(Attachment).where(Attachment.case_id == case.id)
    await session.execute(files.values(chat=pseudonym))
    talks = update(Escalation).where(Escalation.case_id == case.id)
    await session.execute(talks.values(case_id=None))
    since = (LearningSample.chat == home, LearningSample.at >= case.created_at)
    await session.execute(delete(LearningSample).where(*since))
    await move_lines(session, home, pseudonym, case.created_at)


async def move_lines(session: AsyncSession, chat: str, pseudonym: str, since: datetime) -> None:
    """Let what was written in a chat from a moment on be the pseudonym's."""
    await session.flush()
    written = update(Message).where(Message.chat == chat, Message.at >= since)
    await session.execute(written.values(chat=pseudonym))


async def forget_lines(session: AsyncSession, chat: str, now: datetime) -> None:
    """Keep no line of a turn in which somebody spoke of a report without a name."""
    await session.flush()
    await session.execute(delete(Message).where(Message.chat == chat, Message.at == now))


async def _pseudonym_of(
    session: AsyncSession, home: str, memory: ChatMemory, now: datetime
) -> str:
    """The pseudonym of a chat, made when it has none: the same for all that it reports."""
    if memory.pseudonym is None:
        channel = home.partition(":")[0]
        memory.pseudonym = f"{channel}:{MARK}{secrets.token_hex(_BYTES)}"
        row = await lock_chat(session, memory.pseudonym, now)
        row.state = ChatMemory(home=home).to_json()
        await session.flush()
    return memory.pseudonym


async def homes(session: AsyncSession, chats: Collection[str]) -> dict[str, str]:
    """Which chats the pseudonyms among these stand for."""
    hidden = {chat for chat in chats if is_pseudonym(chat)}
    if not hidden:
        return {}
    rows = await session.execute(select(Chat.id, Chat.state).where(Chat.id.in_(hidden)))
    found = {row.id: ChatMemory.from_json(row.state).home for row in rows}
    return {chat: home for chat, home in found.items() if home}
