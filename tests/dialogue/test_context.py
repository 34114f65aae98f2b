"""What a turn tells the kinds of question."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from actions.catalogue.reference import read_reference
from actions.dialogue.context import TurnContext
from actions.domain.memory import ChatMemory
from actions.domain.messages import Fetched, Incoming
from actions.storage.engine import Sessions

DATA = Path(__file__).parents[2] / "data"
BEFORE_MIDNIGHT = datetime(2026, 11, 27, 16, 50, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)


async def test_days_are_counted_from_when_the_citizen_wrote(sessions: Sessions) -> None:
    """23.50 in the office's zone, read by the bot at 0.30."""
    incoming = Incoming("tg:1", BEFORE_MIDNIGHT, text="hari ini")
    async with sessions() as session:
        turn = TurnContext(
            session, read_reference(DATA), incoming, ChatMemory(), Fetched(), AFTER_MIDNIGHT
        )
        assert turn.form_context.today == date(2026, 11, 27)
        assert turn.today == date(2026, 11, 28)
