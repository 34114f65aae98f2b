"""Takes back: the open form is given up, and what was handed in is withdrawn once it is sure."""

from actions.casework import cases
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form import questions
from actions.dialogue.handlers.status import case_buttons, meant_among, own_case, own_cases
from actions.dialogue.registry import Replies, on_button, on_intent, on_word, once
from actions.domain.messages import Reply
from actions.storage.tables import Case


@on_intent("batal")
@on_word("batal")
async def give_up(turn: TurnContext) -> Replies:
    """Give the open form up; without one offer what can be withdrawn."""
    case = await questions.open_case(turn)
    return await _offer(turn) if case is None else await questions.cancel(turn, case)


async def _offer(turn: TurnContext) -> Replies:
    """Let the citizen choose what to withdraw; nothing is withdrawn by words alone."""
    found = [c for c in await own_cases(turn) if cases.withdrawal(c)]
    chosen = meant_among(turn, found)
    if not chosen:
        return [turn.say("status.tidak_ada_yang_batal", [[turn.button("menu", "menu")]])]
    if len(chosen) == 1:
        return [_sure(turn, chosen[0])]
    ways = [*case_buttons(turn, "withdraw", chosen), [turn.button("tidak_jadi_batal", "menu")]]
    return [turn.say("status.cabut_yang_mana", ways)]


def _sure(turn: TurnContext, case: Case) -> Reply:
    """Ask once more before something is withdrawn."""
    ways = [
        [turn.button("ya_cabut", "withdrawn", case.id)],
        [turn.button("tidak_jadi_batal", "status", case.code)],
    ]
    return turn.say("status.yakin_cabut", ways, kode=case.code, hal=turn.called(case.slug))


@on_button("withdraw")
async def ask_once_more(turn: TurnContext, case_id: str) -> Replies:
    """The chosen case, asked about once more."""
    case = await own_case(turn, case_id)
    if case is None or cases.withdrawal(case) is None:
        return [turn.say("status.tidak_bisa_cabut")]
    return [_sure(turn, case)]


@on_button("withdrawn")
@once
async def withdraw(turn: TurnContext, case_id: str) -> Replies:
    """Withdraw it."""
    case = await own_case(turn, case_id)
    target = cases.withdrawal(case) if case is not None else None
    if case is None or target is None:
        return [turn.say("status.tidak_bisa_cabut")]
    await cases.move(turn.session, turn.reference, case, target, by=cases.CITIZEN, now=turn.now)
    if turn.memory.draft == case.id:
        turn.memory.leave_form()
    return [turn.say("status.sudah_dicabut", [[turn.button("menu", "menu")]], kode=case.code)]
