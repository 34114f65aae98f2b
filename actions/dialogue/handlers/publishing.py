"""Whether anybody may see a report: its citizen says so with a button, and takes it back."""

from actions.casework import publishing
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.questions import stale
from actions.dialogue.handlers.status import own_case
from actions.dialogue.registry import Replies, aside, on_button


@on_button("public")
@aside
async def decide(turn: TurnContext, case_id: str, way: str) -> Replies:
    """Allow it, or take it back; an officer confirms before anything is shown."""
    case = await own_case(turn, case_id)
    if case is None or case.code is None:
        return stale(turn)
    if way != publishing.YES:
        publishing.forbid(turn.session, case, turn.now)
        return [turn.say("umumkan.ditarik", kode=case.code)]
    try:
        publishing.allow(turn.session, turn.reference, case, turn.now)
    except publishing.NotAllowedError:
        return [turn.say("umumkan.tidak_bisa", kode=case.code)]
    back = turn.button("jangan_diumumkan", "public", case.id, publishing.NO)
    return [turn.say("umumkan.dicatat", [[back]], kode=case.code)]
