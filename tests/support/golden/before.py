"""What happened before a conversation begins: a case that the citizen has already sent."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from actions.casework import requests
from actions.casework.chats import lock_chat
from actions.talk.build import form_of
from tests.support.golden.door import Door


async def file_case(door: Door, chat: str, case: Mapping[str, Any]) -> None:
    """Hand in the form of `kirim` with the answers of `jawaban`."""
    item = door.hall.catalogue.item(case["kirim"])
    form = form_of(case["kirim"], item, door.hall.texts)
    now = door.clock.now
    async with door.sessions.begin() as session:
        await lock_chat(session, chat, now)
        request = await requests.open_draft(
            session, chat=chat, slug=case["kirim"], item=item, form=form,
            answers=case["jawaban"], now=now,
        )  # fmt: skip
        await requests.submit(session, door.hall, request, now, Random(case.get("nomor", 1)))
