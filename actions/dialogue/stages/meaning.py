"""Free text: what the NLU understood, what is offered when unsure, and the fallback."""

from dataclasses import replace

from actions.casework import cases
from actions.casework.escalations import Reason
from actions.dialogue import targets
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import handoff, several
from actions.dialogue.handlers.clarify import offer
from actions.dialogue.handlers.fallback import missed, out_of_scope
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


async def _weigh(turn: TurnContext) -> None:
    """Who has sent nothing hardly asks where it is."""
    known = turn.understanding
    about_a_case = {name for name, i in turn.reference.catalogue.intents.items() if i.case}
    doubtful = any(candidate.name in about_a_case for candidate in known.intents[:2])
    if doubtful and not await cases.any_of(turn.session, turn.chat):
        turn.fetched = replace(turn.fetched, understanding=known.doubting(about_a_case))


async def understood(turn: TurnContext) -> Replies:
    """Act on what was understood, offer what it may have been, or admit it."""
    await _weigh(turn)
    clear = several.surely(turn)
    acts = clear and any(i.opens or i.case == "keberatan" for i in several.meant(turn))
    angry = is_angry(turn.text, turn.reference.anger)
    if angry and not acts:
        return await handoff.connect(turn, Reason.ANGRY, "petugas.marah")
    if clear:
        replies = await several.serve(turn)
        return [turn.say("petugas.mengerti"), *replies] if angry else replies
    if targets.elsewhere(turn) is not None:
        return await out_of_scope(turn)
    if turn.understanding.intent.confidence >= turn.understanding.ask:
        choices = offer(turn)
        if choices is not None:
            return [choices]
    return await missed(turn)
