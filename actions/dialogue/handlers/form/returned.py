"""A case that an officer sent back: words and files that answer, without pressing anything."""

from actions.casework import returned
from actions.dialogue import reading
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.handlers.form.open_form import open_form
from actions.dialogue.handlers.form.questions import next_step, own_draft, stale
from actions.dialogue.registry import Replies, on_button


async def returned_case(turn: TurnContext) -> Replies | None:
    """Take what may be the answer to an officer's question."""
    waiting = await returned.of_chat(turn.session, turn.chat)
    if not waiting or turn.memory.draft is not None or not _may_answer(turn):
        return None
    if len(waiting) == 1:
        turn.memory.draft = waiting[0].id
        return await open_form(turn)
    if turn.incoming.file is None:
        return None
    ways = [make_button(str(case.code), "complete", case.id) for case in waiting]
    return [turn.say("berkas.untuk_yang_mana", rows(ways, 2))]


def _may_answer(turn: TurnContext) -> bool:
    """Whether this can be what an officer waits for, rather than a wish of its own."""
    if turn.incoming.file is not None or turn.incoming.location is not None:
        return True
    if not turn.text or not turn.is_legible:
        return False
    best = turn.understanding.intent
    may_answer = turn.reference.catalogue.intent(best.name).may_answer
    return not reading.is_sure(turn) or "petugas" in may_answer


@on_button("complete")
async def complete(turn: TurnContext, case_id: str) -> Replies:
    """Open the form of a case that an officer returned."""
    case = await own_draft(turn, case_id)
    return stale(turn) if case is None else [next_step(turn, case)]
