"""Free text where no form is open: one decision, and what comes before it."""

from actions.casework.escalations import Reason
from actions.dialogue.acting import serve
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import handoff, several
from actions.dialogue.registry import Replies
from actions.domain.anger import is_angry
from actions.domain.legible import Legibility, legibility


async def unreadable(turn: TurnContext) -> Replies | None:
    """Blank, only symbols, far too long, another language: answered without the model."""
    kind = legibility(turn.text, turn.reference.words["asing"]["kata"])
    if kind is Legibility.FINE:
        return None
    ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
    return [turn.say(f"umum.terbaca.{kind}", ways)]


async def understood(turn: TurnContext) -> Replies:
    """Do the one thing that the words most likely want; several wishes are served in order."""
    turn.hear()
    angry = is_angry(turn.text, turn.reference.anger)
    if angry and not _acts(turn):
        return await handoff.connect(turn, Reason.ANGRY, "petugas.marah")
    replies = await serve(turn)
    return [turn.say("petugas.mengerti"), *replies] if angry else replies


def _acts(turn: TurnContext) -> bool:
    """Whether something is begun or reopened, which is more than a kind word."""
    return several.surely(turn) and any(
        i.opens or i.case == "keberatan" for i in several.meant(turn)
    )
