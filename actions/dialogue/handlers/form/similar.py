"""What others have reported of the same place: one tap supports it, another goes on."""

from dataclasses import replace

from actions.casework import cases, neighbours, support
from actions.casework.places import place_of
from actions.casework.support import TooLateError
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.questions import next_step, open_case, own_draft, stale
from actions.dialogue.registry import Replies, on_awaited, on_button, once
from actions.domain.messages import Reply
from actions.domain.status import status_of
from actions.storage.tables import Case

SUPPORT, NOT_THAT = "dukung", "not:"
ASKS = ("tanya.", "formulir.ringkasan")


async def or_support(turn: TurnContext, replies: Replies) -> Replies:
    """Offer what was reported nearby, instead of the next question, once a place is known."""
    memory, asks = turn.memory, bool(replies) and replies[-1].key.startswith(ASKS)
    case = await open_case(turn) if asks and not memory.looked_nearby else None
    if case is None or place_of(case.answers) is None or not cases.is_complaint_draft(case):
        return replies
    memory.looked_nearby = True
    if case.secret or case.anonymous:
        return replies
    found = await neighbours.same_thing(turn.session, turn.reference, case, turn.chats, turn.now)
    if found is None:
        return replies
    turn.wait_for(SUPPORT, case.id, found.case.id)
    away = [row for row in replies[-1].buttons if any(b.data.startswith(NOT_THAT) for b in row)]
    offer = _offer(turn, case, found)
    return [*replies[:-1], replace(offer, buttons=(*offer.buttons, *away))]


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
