"""Lines that are not simply new: changed after they were read, or passed along from others."""

from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import status
from actions.dialogue.handlers.form import answers
from actions.dialogue.handlers.form.questions import (
    drop_untouched,
    next_step,
    open_case,
    visible_field,
    with_way_on,
)
from actions.dialogue.registry import Replies
from actions.domain.codes import read_code
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.storage.tables import Case


async def changed(turn: TurnContext) -> Replies | None:
    """A changed line: what was read last is read anew, of older ones it is said that they are not.

    Since then other things were said and done, which only the citizen can put in order.
    """
    if not turn.incoming.edited:
        return None
    if turn.incoming.line is None or turn.incoming.line != turn.memory.line:
        return [turn.say("umum.diubah")]
    case = await open_case(turn)
    field = _answered(turn, case)
    if case is None or field is None:
        await drop_untouched(turn)
        return None
    return _corrected(turn, case, field)


def _answered(turn: TurnContext, case: Case | None) -> Field | None:
    """The question of the open form that the line answered."""
    told = turn.memory.answered
    if case is None or told is None or told[0] != case.id:
        return None
    return visible_field(case, str(told[1]))


def _corrected(turn: TurnContext, case: Case, field: Field) -> Replies:
    """The new words instead of the old ones; silence where that changes nothing."""
    was, raw = case.answers.get(field.key), RawAnswer(text=turn.text)
    try:
        replies = answers.correct_now(turn, case, field, raw)
    except Unreadable as error:
        turn.memory.editing = field.key
        return answers.explain(turn, case, field, error)
    return [] if case.answers.get(field.key) == was else replies


async def passed_along(turn: TurnContext) -> Replies | None:
    """A message of somebody else that has a code in it tells where that case stands.

    One that cries danger is no answer to the question of a form.
    """
    if not turn.incoming.forwarded or not turn.text:
        return None
    if turn.urgent and (case := await open_case(turn)) is not None:
        return [next_step(turn, case)]
    code = read_code(turn.text, *turn.office.code_prefixes)
    return None if code is None else await with_way_on(turn, await status.by_code(turn, code))
