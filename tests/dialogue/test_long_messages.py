"""A message that is longer than Telegram lets it be is read as far as that."""

from __future__ import annotations

from actions.casework.messages import last_lines
from actions.domain.text import LONGEST
from actions.storage.engine import Sessions
from tests.support.clock import Clock
from tests.support.dialogue_client import DialogueClient


async def test_of_a_long_message_the_rest_is_not_read(sessions: Sessions, clock: Clock) -> None:
    chat = DialogueClient(sessions, clock)
    await chat.say("menu " * LONGEST)

    async with sessions() as session:
        heard, *_ = await last_lines(session, chat.chat, 10)
    assert len(heard.text) == LONGEST
