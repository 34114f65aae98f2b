"""Free text: what the NLU understood, what is offered when unsure, and the fallback."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import requests as casework
from actions.casework.escalations import Reason
from actions.domain.anger import is_angry
from actions.domain.legible import Legibility, legibility
from actions.registry import HANDLERS, Replies
from actions.scene import Scene
from actions.talk import human, targets, wishes
from actions.talk.clarify import offer
from actions.talk.missed import missed

ELSEWHERE = "di_luar_cakupan"
ABOUT_A_CASE = frozenset({"cek_status", "permohonan_saya", "buka_kembali"})
HEARD_WITH_ANGER = frozenset({"lapor", "ajukan_layanan", "buka_kembali"})


async def unreadable(scene: Scene) -> Replies | None:
    """Blank, only symbols, far too long, another language: answered without the model."""
    kind = legibility(scene.text, scene.hall.words["asing"]["kata"])
    if kind is Legibility.FINE:
        return None
    ways = [[scene.button("menu", "menu"), scene.button("petugas", "human")]]
    return [scene.say(f"umum.terbaca.{kind}", ways)]


async def _weigh(scene: Scene) -> None:
    """Who has sent nothing hardly asks where it is."""
    known = scene.understanding
    doubtful = any(candidate.name in ABOUT_A_CASE for candidate in known.intents[:2])
    if doubtful and not await casework.any_of(scene.session, scene.chat):
        doubted = known.doubting(ABOUT_A_CASE)
        scene.gathered = replace(scene.gathered, understanding=doubted)


async def understood(scene: Scene) -> Replies:
    """Act on what was understood, offer what it may have been, or admit it."""
    await _weigh(scene)
    clear = wishes.surely(scene)
    angry = is_angry(scene.text, scene.hall.anger)
    if angry and not (clear and wishes.intents(scene) & HEARD_WITH_ANGER):
        return await human.connect(scene, Reason.ANGRY, "petugas.marah")
    if clear:
        replies = await wishes.serve(scene)
        return [scene.say("petugas.mengerti"), *replies] if angry else replies
    if targets.elsewhere(scene) is not None:
        return await HANDLERS[ELSEWHERE](scene)
    if scene.understanding.intent.confidence >= scene.understanding.ask:
        choices = offer(scene)
        if choices is not None:
            return [choices]
    return await missed(scene)
