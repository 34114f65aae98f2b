"""The brake on what a chat does in the dialogue."""

from datetime import datetime

from actions.casework import brakes
from actions.dialogue.context import TurnContext
from actions.domain.brakes import Brake, Braked


async def one_more(turn: TurnContext, what: Braked) -> Brake | None:
    """Count what this turn does; returns the brake when it is too much."""
    return await brakes.one_more(turn.session, turn.reference, turn.chat, what, turn.now)


def hour_in_words(turn: TurnContext, moment: datetime) -> str:
    """An hour on the office's clock."""
    local = turn.reference.local(moment)
    return f"{local:%H.%M} {local.tzname()}"
