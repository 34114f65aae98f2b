"""Going on with a form after a long pause, by button or by a yes."""

from actions.dialogue import reading
from actions.dialogue.acting import serve
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import Kind
from actions.dialogue.handlers import several
from actions.dialogue.handlers.form.answers import accept, wait
from actions.dialogue.handlers.form.questions import (
    cancel,
    open_case,
    own_draft,
    pending,
    resume_question,
    stale,
    with_way_on,
)
from actions.dialogue.registry import Replies, on_awaited, on_button
from actions.dialogue.short_words import says
from actions.forms.context import RawAnswer, Unreadable
from actions.storage.tables import Case

PAUSE_SECONDS = 2 * 60 * 60


async def paused_form(turn: TurnContext) -> Replies | None:
    """After a long pause ask whether to go on; the words are kept as the next answer."""
    if turn.memory.draft is None or turn.memory.seconds_since(turn.now) < PAUSE_SECONDS:
        return None
    case = await open_case(turn)
    if case is None:
        return None
    if _is_another_wish(turn, case):
        replies = await serve(turn)
        leaves = any(intent.leaves_form for intent in several.meant(turn))
        return replies if leaves else await with_way_on(turn, replies)
    turn.memory.parked = turn.text or None
    turn.wait_for("lanjutkan")
    ways = [
        [turn.button("lanjutkan", "resume", case.id)],
        [turn.button("batal", "drop", case.id), turn.button("menu", "menu")],
    ]
    return [turn.say("formulir.lanjutkan", ways, hal=turn.called(case.slug))]


def _is_another_wish(turn: TurnContext, case: Case) -> bool:
    """Whether the words are surely a wish of their own, and not the answer that waits."""
    if not turn.text or not turn.is_legible:
        return False
    move = reading.move(several.only_wish(turn))
    if move.kind is Kind.MISS:
        return False
    intent = turn.reference.catalogue.intent(move.first.intent)
    shares = reading.replies(turn, reading.state_of(turn, pending(turn, case)))
    asks = intent.wish and not intent.courtesy and shares[reading.WISH] >= reading.LIKELY
    return asks and move.first.target != case.slug


@on_awaited("lanjutkan")
async def go_on_by_words(turn: TurnContext) -> Replies | None:
    """Yes or no in words to whether the form goes on; None when it is neither."""
    case = await open_case(turn)
    if case is None:
        return None
    if agrees(turn):
        return _resume(turn, case)
    if says(turn, "nanti"):
        return [wait(turn, case)]
    if declines(turn):
        return await cancel(turn, case)
    turn.memory.parked = None
    return None


@on_button("resume")
async def resume(turn: TurnContext, case_id: str) -> Replies:
    """Go on with the form."""
    case = await own_draft(turn, case_id)
    if case is None:
        return stale(turn)
    turn.memory.editing = None
    return _resume(turn, case)


def _resume(turn: TurnContext, case: Case) -> Replies:
    """Go on with the form; what was written before the question counts as the answer."""
    parked, turn.memory.parked = turn.memory.parked, None
    field = pending(turn, case)
    if parked and field is not None:
        try:
            return accept(turn, case, field, RawAnswer(text=parked))
        except Unreadable:
            pass
    return [resume_question(turn, case)]
