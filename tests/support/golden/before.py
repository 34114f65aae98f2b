"""What happened before a conversation begins: a case that the citizen has already sent."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from actions.casework import cases
from actions.casework.chats import lock_chat
from actions.dialogue.talk.build import form_of
from tests.support.golden.client import ChannelClient


async def file_case(client: ChannelClient, chat: str, sent: Mapping[str, Any]) -> None:
    """Hand in the form of `kirim` with the answers of `jawaban`."""
    item = client.reference.catalogue.item(sent["kirim"])
    form = form_of(sent["kirim"], item, client.reference.texts)
    now = client.clock.now
    async with client.sessions.begin() as session:
        await lock_chat(session, chat, now)
        case = await cases.open_draft(
            session,
            chat=chat,
            slug=sent["kirim"],
            item=item,
            form=form,
            answers=sent["jawaban"],
            now=now,
        )
        await cases.submit(session, client.reference, case, now, Random(sent.get("nomor", 1)))
