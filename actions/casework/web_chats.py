"""Whose browser a web chat is open in, and the code by which it is opened on another phone."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import String as Text
from sqlalchemy import and_, delete, not_, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import web_lines
from actions.casework.chats import lock_chat
from actions.casework.staff_sessions import digest
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import new_return_code
from actions.domain.work import Channel
from actions.storage.batches import SOME
from actions.storage.engine import vault_of
from actions.storage.tables import WebChat, WebSession

KEPT = timedelta(days=90)
"""Since the last use, on somebody's own phone."""
SHARED_IDLE = timedelta(minutes=10)
"""The same on a computer that others use next."""
CODE_KEPT = timedelta(days=365)
TOUCHED_EVERY = timedelta(minutes=1)
CHAT_BYTES = 9


async def of_token(session: AsyncSession, token: str, now: datetime) -> WebSession | None:
    """The session of a cookie; None when it is unknown, over, or idle for too long."""
    found = await session.get(WebSession, digest(token)) if token else None
    return None if found is None or is_over(found, now) else found


def is_over(found: WebSession, now: datetime) -> bool:
    """Whether a session has not been used for too long."""
    return now - found.seen_at >= (SHARED_IDLE if found.shared else KEPT)


async def begin(
    session: AsyncSession, token: str, now: datetime, *, shared: bool, chat: str = ""
) -> WebSession:
    """Let a browser into a chat, or into one of its own; its old session is over."""
    name = chat or f"{Channel.WEB}:{secrets.token_hex(CHAT_BYTES)}"
    await lock_chat(session, name, now)
    if not chat:
        session.add(WebChat(chat=name, seen_id=0, seen_at=now))
    await session.execute(delete(WebSession).where(WebSession.token_hash == digest(token)))
    begun = WebSession(
        token_hash=digest(token), chat=name, shared=shared, created_at=now, seen_at=now
    )
    session.add(begun)
    await session.flush()
    return begun


async def touch(session: AsyncSession, found: WebSession, now: datetime) -> None:
    """Note that a session is used."""
    if abs(now - found.seen_at) >= TOUCHED_EVERY:
        same = WebSession.token_hash == found.token_hash
        await session.execute(update(WebSession).where(same).values(seen_at=now))


async def of_chat(session: AsyncSession, chat: str) -> WebChat | None:
    """The row of a chat; None when nobody can open it any more."""
    return await session.get(WebChat, chat)


async def saw(session: AsyncSession, chat: str, newest: int, now: datetime) -> None:
    """Note that somebody was there, and what was on the screen."""
    mine = update(WebChat).where(WebChat.chat == chat)
    await session.execute(mine.values(seen_at=now))
    await session.execute(mine.where(WebChat.seen_id < newest).values(seen_id=newest))


async def new_code(session: AsyncSession, chat: str, now: datetime, random: Random) -> str:
    """A code that opens this chat elsewhere; the one before it is void. It is seen only here."""
    code = new_return_code(random)
    mine = update(WebChat).where(WebChat.chat == chat)
    await session.execute(mine.values(code=code, code_made_at=now))
    return code


async def chat_of_code(session: AsyncSession, code: str, now: datetime) -> str | None:
    """Which chat a code opens."""
    hashes = vault_of(session.get_bind()).fingerprints(code)
    same = type_coerce(WebChat.code, Text).in_(hashes)
    fresh = WebChat.code_made_at > now - CODE_KEPT
    return await session.scalar(select(WebChat.chat).where(same, fresh))


async def leave(session: AsyncSession, token: str, now: datetime) -> str | None:
    """End a browser's session; returns its chat. What nobody can open again is not kept."""
    found = await session.get(WebSession, digest(token))
    if found is None:
        return None
    await lock_chat(session, found.chat, now)
    await session.delete(found)
    await session.flush()
    if not await is_reachable(session, found.chat):
        await _forget(session, found.chat)
    return found.chat


async def is_reachable(session: AsyncSession, chat: str) -> bool:
    """Whether anybody can ever open this chat: a browser has it, or somebody its code."""
    for way in (
        select(WebSession.chat).where(WebSession.chat == chat),
        select(WebChat.chat).where(WebChat.chat == chat, WebChat.code.is_not(None)),
    ):
        if await session.scalar(way.limit(1)) is not None:
            return True
    return False


async def erase_chat(session: AsyncSession, chat: str) -> None:
    """Forget what was shown, the code, and all browsers but the one that is being used.

    That one stays so that its citizen reads the answer; it says nothing of a person.
    """
    await web_lines.erase_chat(session, chat)
    mine = update(WebChat).where(WebChat.chat == chat)
    await session.execute(mine.values(code=None, code_made_at=None, seen_id=0))
    used = select(WebSession.token_hash).where(WebSession.chat == chat)
    last = used.order_by(WebSession.seen_at.desc()).limit(1).scalar_subquery()
    others = (WebSession.chat == chat, WebSession.token_hash != last)
    await session.execute(delete(WebSession).where(*others))


async def prune(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """End what is over, and forget chats that nobody can open any more; returns how much it did.

    A chat is looked at when its last way in ends, so nobody ever looks through all of them.
    """
    ended = await _end_sessions(session, now)
    chats = {*ended, *await _end_codes(session, now)}
    for chat in sorted(chats):
        if not await is_reachable(session, chat):
            await _forget(session, chat)
    lines = await web_lines.prune(session, now, timedelta(days=reference.retention.lines))
    return max(len(ended), lines)


async def _end_sessions(session: AsyncSession, now: datetime) -> Sequence[str]:
    """End some sessions that were not used for too long; the chats that they had open."""
    own = and_(not_(WebSession.shared), WebSession.seen_at <= now - KEPT)
    shared = and_(WebSession.shared, WebSession.seen_at <= now - SHARED_IDLE)
    over = select(WebSession).where(or_(own, shared)).limit(SOME)
    found = (await session.scalars(over)).all()
    hashes = [one.token_hash for one in found]
    await session.execute(delete(WebSession).where(WebSession.token_hash.in_(hashes)))
    return [one.chat for one in found]


async def _end_codes(session: AsyncSession, now: datetime) -> Sequence[str]:
    """Void some codes that are too old; the chats that they opened."""
    old = select(WebChat.chat).where(WebChat.code_made_at <= now - CODE_KEPT).limit(SOME)
    chats = (await session.scalars(old)).all()
    mine = update(WebChat).where(WebChat.chat.in_(chats))
    await session.execute(mine.values(code=None, code_made_at=None))
    return chats


async def _forget(session: AsyncSession, chat: str) -> None:
    await web_lines.erase_chat(session, chat)
    await session.execute(delete(WebChat).where(WebChat.chat == chat))
