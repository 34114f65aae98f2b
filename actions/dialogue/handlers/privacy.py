"""Tells citizens what is stored about them, shows it, deletes it."""

from itertools import chain

from actions.casework import audit_log, erasure, privacy
from actions.casework.returned import form_of_case
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import rights, secrecy
from actions.dialogue.handlers.form import questions
from actions.dialogue.handlers.status import own_cases
from actions.dialogue.registry import Replies, aside, on_button, on_intent, on_word
from actions.domain.messages import Reply
from actions.forms import engine

NEWEST = 5
LOOKS = 10


@on_intent("data_saya")
async def asked(turn: TurnContext) -> Replies:
    """Yes or no to whether something is secret; how much is stored to anything else."""
    return await secrecy.told(turn) or await overview(turn)


@on_word("data")
@aside
async def overview(turn: TurnContext) -> Replies:
    """How much is stored and who has seen it."""
    held = await privacy.holdings(turn.session, turn.chats)
    ways = [
        [turn.button("lihat_data", "data", "see"), turn.button("minta_salinan", "copy")],
        [turn.button("betulkan_data", "correct"), turn.button("izin_survei", "consent")],
        [turn.button("hapus_data", "data", "erase")],
        [turn.button("menu", "menu")],
    ]
    return [
        *await rights.asked_for(turn),
        turn.say(
            "pribadi.ringkasan",
            ways,
            permohonan=held.cases,
            berkas=held.files,
            baris=held.lines,
            dilihat=held.looked_at,
        ),
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
    """The answers of the newest cases, numbers masked, and who opened them."""
    found = await own_cases(turn)
    if not found:
        return [turn.say("pribadi.kosong", [[turn.button("menu", "menu")]])]
    replies = []
    for case in found[:NEWEST]:
        lines = [
            turn.word("formulir.baris", label=field.label, isi=shown)
            for field, shown in engine.summary(form_of_case(case), case.answers)
        ]
        told = "\n".join(lines) or turn.word("pribadi.tanpa_isi")
        replies.append(
            turn.say("pribadi.satu", kode=case.code, hal=turn.called(case.slug), isi=told)
        )
    return [*replies, await _trail(turn)]


async def _trail(turn: TurnContext) -> Reply:
    """Who opened the cases: in which role, when, and what they looked at."""
    seen = [await audit_log.of_chat(turn.session, chat, LOOKS) for chat in turn.chats]
    looks = sorted(chain(*seen), key=lambda look: look.at, reverse=True)[:LOOKS]
    lines = [audit_log.in_words(turn.reference, look) for look in looks]
    key = "pribadi.dilihat" if lines else "pribadi.belum_dilihat"
    return turn.say(key, [[turn.button("menu", "menu")]], isi="\n".join(lines))


async def _erase(turn: TurnContext) -> Replies:
    """Erase what is over, and say what stays and why; the open form is given up first."""
    case = await questions.open_case(turn)
    if case is not None:
        await questions.drop(turn, case)
    await turn.session.flush()
    for chat in turn.chats:
        await erasure.erase_chat(turn.session, chat, turn.now)
    turn.memory.forget()
    running = len(await own_cases(turn))
    key = "pribadi.dihapus_sebagian" if running else "pribadi.dihapus"
    return [turn.say(key, [[turn.button("menu", "menu")]], masih=running)]
