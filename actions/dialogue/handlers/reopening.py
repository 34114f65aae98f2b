"""A complaint that was closed: its citizen says that it is settled, or opens it again."""

from actions.casework import cases, surveys
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import status
from actions.dialogue.handlers.status import case_buttons, meant_among, own_case
from actions.dialogue.registry import (
    Replies,
    aside,
    on_awaited,
    on_button,
    on_intent,
    on_word,
    once,
)
from actions.domain.status import Status
from actions.storage.tables import Case


@on_intent("buka_kembali")
@on_word("belum_beres")
@aside
async def offer(turn: TurnContext) -> Replies:
    """Let the citizen choose the closed complaint that is not settled."""
    found = [case for case in await status.own_cases(turn) if cases.may_reopen(case)]
    chosen = meant_among(turn, found)
    if not chosen:
        return await status.ask_code(turn, "status.buka_yang_mana_kode")
    if len(chosen) == 1:
        return _ask_why(turn, chosen[0])
    ways = [*case_buttons(turn, "reopen", chosen), [turn.button("menu", "menu")]]
    return [turn.say("status.buka_yang_mana", ways)]


@on_button("reopen")
async def ask_why(turn: TurnContext, case_id: str) -> Replies:
    """Ask for the reason to open the chosen complaint again."""
    case = await own_case(turn, case_id)
    if case is None or not cases.may_reopen(case):
        return [turn.say("status.tidak_bisa_buka")]
    return _ask_why(turn, case)


def _ask_why(turn: TurnContext, case: Case) -> Replies:
    turn.wait_for("alasan_buka", case.id)
    return [turn.say("status.kenapa_buka", kode=case.code)]


@on_awaited("alasan_buka")
async def reopen(turn: TurnContext, case_id: str) -> Replies:
    """Reopen a complaint with the citizen's reason."""
    case = await own_case(turn, case_id)
    if case is None or not cases.may_reopen(case):
        return [turn.say("status.tidak_bisa_buka")]
    await cases.move(
        turn.session,
        turn.reference,
        case,
        Status.REOPENED,
        by=cases.CITIZEN,
        now=turn.now,
        reason=turn.text,
    )
    return [turn.say("status.dibuka", kode=case.code)]


@on_button("settled")
@once
async def settle_by_button(turn: TurnContext, case_id: str) -> Replies:
    """Close the complaint that waits for its citizen's word."""
    case = await own_case(turn, case_id)
    if case is None or case.status != Status.AWAITING_REPLY:
        return [turn.say("status.tidak_bisa_buka")]
    return await _settle(turn, case)


@on_word("beres")
@aside
async def settle_by_words(turn: TurnContext) -> Replies:
    """Close the one complaint that waits for its citizen's word; else show what there is."""
    found = await status.own_cases(turn)
    waiting = [case for case in found if case.status == Status.AWAITING_REPLY]
    return await _settle(turn, waiting[0]) if len(waiting) == 1 else await status.mine(turn)


async def _settle(turn: TurnContext, case: Case) -> Replies:
    await cases.move(
        turn.session, turn.reference, case, Status.RESOLVED, by=cases.CITIZEN, now=turn.now
    )
    rating = await surveys.begin(turn.session, turn.reference, case, turn.now)
    return [turn.say("status.beres", kode=case.code), *([rating] if rating else [])]
