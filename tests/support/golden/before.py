"""What happened before a conversation begins: a case that the citizen has already sent."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.support.database import Database
from tests.support.golden.client import ChannelClient


def builder(client: ChannelClient) -> Database:
    """Fills the database of the running bot."""
    return Database(client.sessions, client.reference, client.clock)


async def file_case(client: ChannelClient, chat: str, sent: Mapping[str, Any]) -> None:
    """Hand in the form of `kirim` with the answers of `jawaban`."""
    database = builder(client)
    database.random = Random(sent.get("nomor", 1))
    await database.file(sent["kirim"], sent["jawaban"], chat=chat)
