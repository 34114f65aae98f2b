"""Tells citizens what is stored about them, shows it, deletes it, and who gets to know of it."""

from actions.casework import audit_log, cases, erasure, privacy
from actions.casework.returned import form_of_case
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import rights
from actions.dialogue.handlers.form import questions
from actions.dialogue.registry import Replies, aside, on_button, on_intent, on_word
from actions.domain.messages import Reply
from actions.domain.text import is_question, plain_words
from actions.forms import engine
from actions.storage.tables import Case

NEWEST = 5
LOOKS = 10
FEW_WORDS = 10
OTHERS, THINGS = {"orang", "tahu"}, {"anonim", "rahasia"}
"""The word lists of what is asked: whether somebody gets to know, or something is secret."""


@on_intent("data_saya")
async def asked(turn: TurnContext) -> Replies:
    """Yes or no to whether something is secret; how much is stored to anything else."""
    return await _secrecy(turn) or await overview(turn)


async def surely_asked(turn: TurnContext) -> Replies | None:
    """The answer to a few words that ask nothing but this; the open form goes on after it."""
    said, few = _said(turn), len(turn.text.split()) <= FEW_WORDS
    asks = is_question(turn.text) or "tanya" in said
    sure = ("jangan" in said and said >= OTHERS) or (asks and not said.isdisjoint(THINGS))
    if not few or not sure or turn.memory.awaited is not None:
        return None
    case, replies = await questions.open_case(turn), await _secrecy(turn)
    if case is None:
        return replies
    plain = [Reply(reply.key, reply.text) for reply in replies]
    return [*plain, questions.next_step(turn, case)]


def _said(turn: TurnContext) -> set[str]:
    """Which of the word lists about secrecy the words touch."""
    words, spoken = turn.reference.words["rahasia"], f" {' '.join(plain_words(turn.text))} "
    return {name for name, phrases in words.items() if any(f" {p} " in spoken for p in phrases)}


async def _secrecy(turn: TurnContext) -> Replies:
    """What is so for the open form, else for what was sent last, else in general."""
    said, ways = _said(turn), [[turn.button("menu", "menu")]]
    if said >= OTHERS:
        return [turn.say("umum.jaga_rahasia.orang_lain", ways)]
    case = await questions.open_case(turn) or await _newest(turn)
    if "anonim" in said:
        return [turn.say(f"umum.jaga_rahasia.anonim_{case.kind if case else 'umum'}", ways)]
    if "rahasia" not in said:
        return []
    if case is not None and case.secret:
        unit = turn.reference.catalogue.unit(case.unit).short
        return [turn.say("umum.jaga_rahasia.khusus", ways, unit=unit)]
    return [turn.say("umum.jaga_rahasia.isi", ways)]


async def _newest(turn: TurnContext) -> Case | None:
    return next(iter(await cases.of_chat(turn.session, turn.chat)), None)


@on_word("data")
@aside
async def overview(turn: TurnContext) -> Replies:
    """How much is stored and who has seen it."""
    held = await privacy.holdings(turn.session, turn.chat)
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
    found = await cases.of_chat(turn.session, turn.chat)
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
    looks = await audit_log.of_chat(turn.session, turn.chat, LOOKS)
    lines = [audit_log.in_words(turn.reference, look) for look in looks]
    key = "pribadi.dilihat" if lines else "pribadi.belum_dilihat"
    return turn.say(key, [[turn.button("menu", "menu")]], isi="\n".join(lines))


async def _erase(turn: TurnContext) -> Replies:
    """Erase what is over, and say what stays and why; the open form is given up first."""
    case = await questions.open_case(turn)
    if case is not None:
        await questions.drop(turn, case)
    await turn.session.flush()
    await erasure.erase_chat(turn.session, turn.chat, turn.now)
    turn.memory.forget()
    running = len(await cases.of_chat(turn.session, turn.chat))
    key = "pribadi.dihapus_sebagian" if running else "pribadi.dihapus"
    return [turn.say(key, [[turn.button("menu", "menu")]], masih=running)]
