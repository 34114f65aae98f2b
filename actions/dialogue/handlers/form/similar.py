"""What others have reported of the same place: one tap supports it, another goes on."""

from actions.casework import cases, neighbours, support
from actions.casework.places import place_of
from actions.casework.support import TooLateError
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.questions import next_step, own_draft, stale
from actions.dialogue.registry import Replies, on_awaited, on_button, once
from actions.domain.messages import Reply
from actions.domain.status import status_of
from actions.storage.tables import Case

SUPPORT = "dukung"


async def or_support(
    turn: TurnContext, case: Case, was: dict[str, object] | None, replies: Replies
) -> Replies:
    """Offer what was reported nearby, instead of the next question, once a place is known."""
    place = place_of(case.answers)
    hidden = case.secret or case.anonymous or not cases.is_complaint_draft(case)
    if place is None or place == was or hidden or not replies:
        return replies
    found = await neighbours.same_thing(turn.session, turn.reference, case, turn.chats, turn.now)
    if found is None:
        return replies
    turn.wait_for(SUPPORT, case.id, found.case.id)
    return [*replies[:-1], _offer(turn, case, found)]


def _offer(turn: TurnContext, case: Case, found: neighbours.Nearby) -> Reply:
    meaning = status_of(found.case.status).meaning
    ways = [
        [turn.button("dukung", "support", case.id, found.case.id)],
        [turn.button("laporan_lain", "another", case.id)],
    ]
    keadaan = turn.word(f"dukungan.keadaan.{meaning}")
    return turn.say("dukungan.tawaran", ways, jumlah=found.people, keadaan=keadaan)


@on_awaited(SUPPORT)
async def in_words(turn: TurnContext, case_id: str, other_id: str) -> Replies | None:
    """Yes or no to the offer; other words answer the question that it stood before."""
    if _wants(turn) or agrees(turn):
        return await _support(turn, case_id, other_id)
    if declines(turn) or turn.text.lower().strip(" .") in turn.reference.words["dukung"]["lain"]:
        return await another(turn, case_id)
    return None


def _wants(turn: TurnContext) -> bool:
    return turn.text.lower().strip(" .") in turn.reference.words["dukung"]["dukung"]


@on_button("support")
@once
async def support_it(turn: TurnContext, case_id: str, other_id: str) -> Replies:
    """Join what somebody else has reported; whoever that was is never told."""
    return await _support(turn, case_id, other_id)


async def _support(turn: TurnContext, case_id: str, other_id: str) -> Replies:
    case = await own_draft(turn, case_id)
    other = await turn.session.get(Case, int(other_id))
    if case is None or other is None or not cases.is_complaint_draft(case):
        return stale(turn)
    try:
        await support.support(turn.session, turn.reference, case, other, turn.now, turn.random)
    except TooLateError:
        return [turn.say("dukungan.sudah_lewat"), next_step(turn, case)]
    turn.memory.leave_form()
    ways = [[turn.button("status_ini", "status", case.code)]]
    people = await neighbours.how_many(turn.session, other)
    return [turn.say("dukungan.dicatat", ways, jumlah=people, kode=case.code)]


@on_button("another")
@once
async def another(turn: TurnContext, case_id: str) -> Replies:
    """It is something else: go on with the questions."""
    case = await own_draft(turn, case_id)
    return stale(turn) if case is None else [next_step(turn, case)]
