"""A complete form is handed in: the receipt, and what a second press is told."""

from dataclasses import replace

from actions.casework import anonymity, cases, promises
from actions.catalogue import Item
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import on_behalf
from actions.dialogue.handlers.form.questions import (
    cancel,
    next_step,
    own_draft,
    pending,
    stale,
)
from actions.dialogue.handlers.information import requirements
from actions.dialogue.handlers.status import own_case, way_to_public
from actions.dialogue.registry import Replies, on_button, once
from actions.domain.messages import Reply
from actions.domain.status import Status
from actions.storage.tables import Case


@on_button("send")
@once
async def send_by_button(turn: TurnContext, case_id: str) -> Replies:
    """Hand it in; a second press tells the code again instead of sending twice."""
    case = await own_draft(turn, case_id)
    if case is not None:
        return await send(turn, case)
    case = await turn.session.get(Case, int(case_id))
    if case is None or not turn.owns(case) or case.code is None:
        return stale(turn)
    ways = [[turn.button("status_ini", "status", case.code)]]
    return [turn.say("formulir.sudah_dikirim", ways, kode=case.code)]


async def send(turn: TurnContext, case: Case) -> Replies:
    """Hand in a complete form, for the first time or back to the officers."""
    if pending(turn, case) is not None:
        return [next_step(turn, case)]
    turn.memory.leave_form()
    if case.status == Status.DRAFT:
        if case.anonymous:
            await anonymity.hide(turn.session, case, turn.memory, turn.now)
            turn.spoken_of.add(case.chat)
        await cases.submit(turn.session, turn.reference, case, turn.now, turn.random)
        return [_receipt(turn, case), *await on_behalf.hand_in(turn, case)]
    target = Status.RECEIVED if case.status == Status.NEEDS_DETAIL else Status.SUBMITTED
    await cases.move(turn.session, turn.reference, case, target, by=cases.CITIZEN, now=turn.now)
    return [turn.say("formulir.dilengkapi", kode=case.code, tanggal=_promised(turn, case))]


def _promised(turn: TurnContext, case: Case) -> str:
    return promises.in_words(turn.reference, case)


def _receipt(turn: TurnContext, case: Case) -> Reply:
    item = turn.reference.catalogue.item(case.slug)
    ways = [[turn.button("status_ini", "status", case.code)]]
    if getattr(item, "requirements", ()):
        ways.append([turn.button("yang_dibawa", "bring", case.id)])
    public = way_to_public(turn, case)
    key = _received(item)
    key = "formulir.diterima_tanpa_nama" if case.anonymous else key
    receipt = turn.say(key, [*ways, *public], kode=case.code, tanggal=_promised(turn, case))
    after = f"\n\n{turn.say('formulir.setelah', isi=item.after).text}" if item.after else ""
    offer = f"\n\n{turn.say('umumkan.tawaran').text}" if public else ""
    return replace(receipt, key="formulir.diterima", text=receipt.text + after + offer)


def _received(item: Item) -> str:
    reviewed = getattr(item, "reviewed", True)
    return "formulir.diterima" if reviewed else "formulir.diterima_perkiraan"


@on_button("bring")
async def what_to_bring(turn: TurnContext, case_id: str) -> Replies:
    """The papers for what was sent, as it was answered."""
    case = await own_case(turn, case_id)
    if case is None or case.code is None:
        return stale(turn)
    turn.memory.topic = case.slug
    return [requirements(turn, case.slug, case)]


@on_button("drop")
@once
async def drop_by_button(turn: TurnContext, case_id: str) -> Replies:
    """Give the open form up."""
    case = await own_draft(turn, case_id)
    return stale(turn) if case is None else await cancel(turn, case)
