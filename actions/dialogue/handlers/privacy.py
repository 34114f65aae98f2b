"""Tells citizens what is stored about them, shows it, and deletes it when they ask."""

from actions.casework import cases, privacy
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form import questions
from actions.dialogue.registry import Replies, aside, on_button, on_intent, on_word
from actions.forms import engine

NEWEST = 5


@on_intent("data_saya")
@on_word("data")
@aside
async def overview(turn: TurnContext) -> Replies:
    """How much is stored and who has seen it."""
    held = await privacy.holdings(turn.session, turn.chat)
    ways = [
        [turn.button("lihat_data", "data", "see")],
        [turn.button("hapus_data", "data", "erase")],
        [turn.button("menu", "menu")],
    ]
    return [
        turn.say(
            "pribadi.ringkasan",
            ways,
            permohonan=held.cases,
            berkas=held.files,
            baris=held.lines,
            dilihat=held.looked_at,
        )
    ]


@on_button("data")
@aside
async def act(turn: TurnContext, what: str) -> Replies:
    """See it, be asked once more, or have it deleted."""
    if what == "see":
        return await _see(turn)
    if what == "erased":
        return await _erase(turn)
    sure, not_now = (
        turn.button("ya_hapus", "data", "erased"),
        turn.button("tidak_jadi_batal", "menu"),
    )
    return [turn.say("pribadi.yakin", [[sure], [not_now]])]


async def _see(turn: TurnContext) -> Replies:
    """The answers of the newest cases, numbers masked."""
    found = await cases.of_chat(turn.session, turn.chat)
    if not found:
        return [turn.say("pribadi.kosong", [[turn.button("menu", "menu")]])]
    replies = []
    for case in found[:NEWEST]:
        lines = [
            turn.word("formulir.baris", label=field.label, isi=shown)
            for field, shown in engine.summary(questions.form_of_case(case), case.answers)
        ]
        told = "\n".join(lines) or turn.word("pribadi.sudah_dihapus")
        replies.append(
            turn.say("pribadi.satu", kode=case.code, hal=turn.called(case.slug), isi=told)
        )
    return replies


async def _erase(turn: TurnContext) -> Replies:
    """Delete what may be deleted; the open form is given up first."""
    case = await questions.open_case(turn)
    if case is not None:
        await questions.drop(turn, case)
    await turn.session.flush()
    await privacy.erase(turn.session, turn.chat)
    turn.memory.parked = turn.memory.heard = turn.memory.topic = None
    turn.memory.wishes = []
    return [turn.say("pribadi.dihapus", [[turn.button("menu", "menu")]])]
