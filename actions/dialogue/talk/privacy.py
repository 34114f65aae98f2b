"""Tells citizens what is stored about them, shows it, and deletes it when they ask."""

from __future__ import annotations

from actions.casework import cases as casework
from actions.casework import privacy
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk import form
from actions.domain.messages import Reply
from actions.forms import engine


async def shown(turn: TurnContext) -> Replies:
    """The overview as an answer."""
    return [await overview(turn)]


async def overview(turn: TurnContext) -> Reply:
    """How much is stored and who has seen it."""
    held = await privacy.holdings(turn.session, turn.chat)
    ways = [
        [turn.button("lihat_data", "data", "see")],
        [turn.button("hapus_data", "data", "erase")],
        [turn.button("menu", "menu")],
    ]
    return turn.say(
        "pribadi.ringkasan",
        ways,
        permohonan=held.cases,
        berkas=held.files,
        baris=held.lines,
        dilihat=held.looked_at,
    )


@on_button("data")
async def _data(turn: TurnContext, args: list[str]) -> Replies:
    if args[0] == "see":
        return await see(turn)
    if args[0] == "erase":
        ways = [
            [turn.button("ya_hapus", "data", "erased")],
            [turn.button("tidak_jadi_batal", "menu")],
        ]
        return [turn.say("pribadi.yakin", ways)]
    return await erase(turn)


async def see(turn: TurnContext) -> Replies:
    """The answers of the newest requests, numbers masked."""
    cases = await casework.of_chat(turn.session, turn.chat)
    if not cases:
        return [turn.say("pribadi.kosong", [[turn.button("menu", "menu")]])]
    replies = []
    for case in cases[:5]:
        sheet = form.form_of_case(case)
        lines = [
            turn.word("formulir.baris", label=field.label, isi=shown)
            for field, shown in engine.summary(sheet, case.answers)
        ]
        called = turn.reference.catalogue.item(case.slug).called
        isi = "\n".join(lines) or turn.word("pribadi.sudah_dihapus")
        replies.append(turn.say("pribadi.satu", kode=case.code, hal=called, isi=isi))
    return replies


async def erase(turn: TurnContext) -> Replies:
    """Delete what may be deleted; the open form is given up first."""
    case = await form.open_case(turn)
    if case is not None:
        await form.drop(turn, case)
    await turn.session.flush()
    await privacy.erase(turn.session, turn.chat)
    turn.memory.parked = turn.memory.topic = None
    turn.memory.wishes = []
    return [turn.say("pribadi.dihapus", [[turn.button("menu", "menu")]])]
