"""Free text: what the NLU understood, what is offered when unsure, and the fallback."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import cases as casework
from actions.casework.escalations import Reason
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import ON_INTENT, Replies
from actions.dialogue.talk import human, targets, wishes
from actions.dialogue.talk.clarify import offer
from actions.dialogue.talk.missed import missed
from actions.domain.anger import is_angry
from actions.domain.legible import Legibility, legibility

ELSEWHERE = "di_luar_cakupan"
ABOUT_A_CASE = frozenset({"cek_status", "permohonan_saya", "buka_kembali"})
HEARD_WITH_ANGER = frozenset({"lapor", "ajukan_layanan", "buka_kembali"})


async def unreadable(turn: TurnContext) -> Replies | None:
    """Blank, only symbols, far too long, another language: answered without the model."""
    kind = legibility(turn.text, turn.reference.words["asing"]["kata"])
    if kind is Legibility.FINE:
        return None
    ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
    return [turn.say(f"umum.terbaca.{kind}", ways)]


async def _weigh(turn: TurnContext) -> None:
    """Who has sent nothing hardly asks where it is."""
    known = turn.understanding
    doubtful = any(candidate.name in ABOUT_A_CASE for candidate in known.intents[:2])
    if doubtful and not await casework.any_of(turn.session, turn.chat):
        doubted = known.doubting(ABOUT_A_CASE)
        turn.fetched = replace(turn.fetched, understanding=doubted)


async def understood(turn: TurnContext) -> Replies:
    """Act on what was understood, offer what it may have been, or admit it."""
    await _weigh(turn)
    clear = wishes.surely(turn)
    angry = is_angry(turn.text, turn.reference.anger)
    if angry and not (clear and wishes.intents(turn) & HEARD_WITH_ANGER):
        return await human.connect(turn, Reason.ANGRY, "petugas.marah")
    if clear:
        replies = await wishes.serve(turn)
        return [turn.say("petugas.mengerti"), *replies] if angry else replies
    if targets.elsewhere(turn) is not None:
        return await ON_INTENT[ELSEWHERE](turn)
    if turn.understanding.intent.confidence >= turn.understanding.ask:
        choices = offer(turn)
        if choices is not None:
            return [choices]
    return await missed(turn)
