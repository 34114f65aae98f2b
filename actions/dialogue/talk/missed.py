"""What Balai says when it has not understood."""

from __future__ import annotations

from actions.casework.escalations import Reason
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk import human

MISSES = 2


async def missed(turn: TurnContext) -> Replies:
    """Examples and a way on; the second time a human. In danger nobody is taught to write."""
    if turn.urgent:
        ways = [[turn.button("lapor", "complaints", 0), turn.button("petugas", "human")]]
        return [turn.say("darurat.lalu", ways)]
    turn.memory.misses += 1
    if turn.memory.misses >= MISSES:
        return await human.connect(turn, Reason.NOT_UNDERSTOOD, "petugas.tidak_paham")
    ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
    return [turn.say("umum.tidak_paham", ways)]


@on_button("none")
async def _none(turn: TurnContext, _: list[str]) -> Replies:
    """None of the offered meanings was right."""
    turn.memory.parked = None
    return await missed(turn)
