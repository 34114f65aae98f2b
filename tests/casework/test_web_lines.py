"""Lines and browsers of the web chat, on both databases."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from actions.casework import attachments, web_chats, web_lines
from actions.casework.outbox import OutboxMessage
from actions.domain.messages import Button, OutgoingFile, Reply
from actions.storage.engine import Sessions
from tests.support.clock import Clock
from tests.support.database import PHOTO

REPLY = Reply("x", "Sudah benar?", ((Button("Ya", "yes"), Button("Tidak", "no")),))
PAGE = "c" * 64 + ".html"


def message(chat: str, clock: Clock, reply: Reply = REPLY, **more: Any) -> OutboxMessage:
    whole: dict[str, Any] = {
        "id": 7,
        "chat": chat,
        "to": chat,
        "payload": reply.to_json(),
        "attempts": 0,
        "created_at": clock.now - timedelta(seconds=3),
        "blocked": False,
    }
    return OutboxMessage(**{**whole, **more})


@pytest.fixture
async def chat(sessions: Sessions, clock: Clock) -> str:
    """A chat that one browser has open, with the token "satu"."""
    async with sessions.begin() as session:
        return (await web_chats.begin(session, "satu", clock.now, shared=False)).chat


async def test_what_is_sent_and_shown_counts_once(
    sessions: Sessions, clock: Clock, chat: str
) -> None:
    for again in (False, True):
        async with sessions.begin() as session:
            sent = await web_lines.note_sent(session, chat, "n1", {"text": "halo"}, clock.now)
            await web_lines.deliver(session, message(chat, clock), clock.now)
            await web_lines.deliver(session, message(chat, clock, id=8), clock.now)
        assert (sent is None) is again
    async with sessions() as session:
        lines, older = await web_lines.newest(session, chat)
    assert ([line.nonce for line in lines], older) == (["n1", None, None], False)


async def test_a_button_is_found_by_its_place_in_its_own_chat(
    sessions: Sessions, clock: Clock, chat: str
) -> None:
    async with sessions.begin() as session:
        await web_lines.deliver(session, message(chat, clock), clock.now)
        other = (await web_chats.begin(session, "dua", clock.now, shared=False)).chat
    async with sessions() as session:
        (line,) = await web_lines.after(session, chat, 0)
        found = [await web_lines.pressed(session, chat, line.id, place) for place in (0, 1, 2)]
        assert [button and button.data for button in found] == ["yes", "no", None]
        assert await web_lines.pressed(session, other, line.id, 0) is None


async def test_nothing_joins_a_chat_and_its_pseudonym(
    sessions: Sessions, clock: Clock, chat: str
) -> None:
    file = Reply("x", "Fotonya.", file=OutgoingFile(PHOTO.name, "foto.jpg"))
    sent = message("web:~abc", clock, file, to=chat)
    async with sessions.begin() as session:
        await web_lines.deliver(session, sent, clock.now)
    async with sessions() as session:
        (row,) = (await session.execute(text("SELECT * FROM web_lines"))).mappings().all()
        (line,) = await web_lines.after(session, chat, 0)
    assert row["file"] is None
    assert str(sent.id) != str(row["sent_as"])
    assert PHOTO.name not in str(dict(row))
    assert line.at.second == line.at.microsecond == 0
    assert web_lines.file_of(line) == PHOTO.name


async def test_a_page_that_we_made_waits_some_days(
    sessions: Sessions, clock: Clock, chat: str
) -> None:
    copy = Reply("x", "Ini salinannya.", file=OutgoingFile(PAGE, "salinan.html"))
    async with sessions.begin() as session:
        await web_lines.deliver(session, message(chat, clock, copy), clock.now)
        assert await attachments.in_use(session, [PAGE]) == {PAGE}
        clock.move(web_lines.COPY_KEPT + timedelta(hours=1))
        await web_lines.prune(session, clock.now, timedelta(days=365))
        assert await attachments.in_use(session, [PAGE]) == frozenset()
        clock.move(timedelta(days=365))
        assert await web_lines.prune(session, clock.now, timedelta(days=365)) == 1


async def test_a_code_opens_its_chat_until_it_is_replaced(
    sessions: Sessions, clock: Clock, chat: str
) -> None:
    async with sessions.begin() as session:
        old = await web_chats.new_code(session, chat, clock.now, Random(1))
        new = await web_chats.new_code(session, chat, clock.now, Random(2))
        await web_chats.leave(session, "satu", clock.now)
    async with sessions() as session:
        assert await web_chats.chat_of_code(session, new, clock.now) == chat
        assert await web_chats.chat_of_code(session, old, clock.now) is None
        late = clock.now + web_chats.CODE_KEPT
        assert await web_chats.chat_of_code(session, new, late) is None
        assert await web_chats.is_reachable(session, chat)
