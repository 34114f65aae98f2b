"""What Balai says when it has not understood, or when something is not the office's business."""

from actions.casework.escalations import Reason
from actions.dialogue import targets
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import handoff, information
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.registry import Replies, on_button, on_intent

MISSES = 2
FEW_WORDS = 4


async def missed(turn: TurnContext) -> Replies:
    """Examples and a way on; the second time a human. In danger nobody is taught to write."""
    if turn.urgent:
        ways = [[turn.button("lapor", "complaints", 0), turn.button("petugas", "human")]]
        return [turn.say("darurat.lalu", ways)]
    turn.memory.misses += 1
    if turn.memory.misses >= MISSES:
        return await handoff.connect(turn, Reason.NOT_UNDERSTOOD, "petugas.tidak_paham")
    ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
    return [turn.say("umum.tidak_paham", ways)]


@on_button("none")
async def none_of_these(turn: TurnContext) -> Replies:
    """None of the offered meanings was right."""
    turn.memory.parked = None
    return await missed(turn)


@on_intent("di_luar_cakupan")
async def out_of_scope(turn: TurnContext) -> Replies:
    """Name the office that does it where it is known, else say what Balai can do.

    A bare name of a service, which tells nothing of what is wanted, gets the service's card.
    """
    office = targets.elsewhere(turn)
    if office is not None:
        return [turn.say("umum.bukan_urusan_kami"), information.place(turn, office)]
    service = _bare_service(turn)
    if service is not None:
        turn.memory.topic = service
        return [information.about(turn, service)]
    return await missed(turn) if turn.urgent else [main_menu(turn, "umum.di_luar")]


def _bare_service(turn: TurnContext) -> str | None:
    """The service that a few words name and nothing else."""
    if len(turn.text.split()) > FEW_WORDS or not targets.named(turn):
        return None
    best = targets.named(turn)[0].name
    return best if best in turn.reference.catalogue.services else None
