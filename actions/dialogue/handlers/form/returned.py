"""A case that an officer sent back: words and files that answer, without pressing anything."""

from actions.casework import returned
from actions.dialogue import reading
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.handlers.form.answers import accept
from actions.dialogue.handlers.form.open_form import open_form
from actions.dialogue.handlers.form.questions import (
    next_step,
    open_case,
    own_draft,
    pending,
    stale,
)
from actions.dialogue.registry import Replies, on_button
from actions.forms.context import RawAnswer
from actions.storage.tables import Case

SHARED = frozenset({"lokasi", "kontak"})


async def returned_case(turn: TurnContext) -> Replies | None:
    """Take what may be the answer to an officer's question."""
    waiting = await _waiting(turn)
    if not waiting or turn.memory.draft is not None or not _may_answer(turn):
        return None
    if len(waiting) == 1:
        turn.memory.draft = waiting[0].id
        return await open_form(turn)
    if not turn.incoming.files:
        return None
    ways = [make_button(str(case.code), "complete", case.id) for case in waiting]
    return [turn.say("berkas.untuk_yang_mana", rows(ways, 2))]


async def _waiting(turn: TurnContext) -> list[Case]:
    """What officers sent back to this citizen, under the chat and under its pseudonym."""
    return [one for chat in turn.chats for one in await returned.of_chat(turn.session, chat)]


async def shared_for_officer(turn: TurnContext) -> Replies | None:
    """Take a place or a number that was shared where an officer asked for words."""
    shared = _shared_in_words(turn)
    if shared is None:
        return None
    waiting = await _waiting(turn)
    case = await open_case(turn) or (waiting[0] if len(waiting) == 1 else None)
    field = pending(turn, case) if case else None
    if case is None or field is None or not returned.is_question_of_officer(field):
        return None
    turn.memory.draft = case.id
    turn.memory.shared = [one for one in turn.memory.shared if one["jenis"] not in SHARED]
    return accept(turn, case, field, RawAnswer(text=shared))


def _shared_in_words(turn: TurnContext) -> str | None:
    """A shared place as "-6.914700, 107.609800" in degrees, or a shared number as it came."""
    location, contact = turn.incoming.location, turn.incoming.contact
    if location is not None:
        return f"{location.latitude:.6f}, {location.longitude:.6f}"
    return contact.phone if contact is not None else None


def _may_answer(turn: TurnContext) -> bool:
    """Whether this can be what an officer waits for, rather than a wish of its own."""
    if turn.incoming.shares:
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
