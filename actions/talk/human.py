"""Handing a citizen to a human, and passing words on while one answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.casework import escalations
from actions.casework.escalations import Reason, State
from actions.catalogue import Unit
from actions.domain.calendar import closing, is_open, next_opening
from actions.registry import Replies, presses
from actions.scene import Scene
from actions.talk import form
from actions.talk.days import near_day
from actions.talk.menu import main_menu

DESK = "mpp"


async def connect(scene: Scene, reason: Reason, key: str = "petugas.sambungkan") -> Replies:
    """Open a handover and say who answers and when."""
    was_open = await escalations.open_of_chat(scene.session, scene.chat)
    escalation = await escalations.open_escalation(
        scene.session, scene.hall, chat=scene.chat, reason=reason, now=scene.now,
        understood=understood(scene), unit=unit_of_topic(scene), request_id=scene.memory.draft,
    )  # fmt: skip
    scene.memory.with_human, scene.memory.escalation = True, escalation.id
    scene.memory.misses = 0
    ways = [[scene.button("kembali", "back")]]
    lead = "petugas.sudah_diminta" if was_open else key
    return [scene.say(lead), scene.say("petugas.kapan", ways, kapan=when(scene))]


def understood(scene: Scene) -> dict[str, Any]:
    """What the NLU made of the last words, for the officer; empty without words."""
    known = scene.gathered.understanding
    if known is None:
        return {"topik": scene.memory.topic} if scene.memory.topic else {}
    return {
        "topik": scene.memory.topic,
        "niat": [asdict(candidate) for candidate in known.intents[:3]],
        "sasaran": [asdict(candidate) for candidate in known.targets[:3]],
    }


def unit_of_topic(scene: Scene) -> str | None:
    """The office of the service last spoken of."""
    item = scene.hall.catalogue.find(scene.memory.topic)
    return item.unit if item else None


def desk(scene: Scene) -> Unit:
    """The office whose hours decide when a human answers."""
    units = scene.hall.catalogue.office.units
    key = unit_of_topic(scene) or DESK
    return units.get(key) or next(iter(units.values()))


def when(scene: Scene) -> str:
    """When officers answer, in words."""
    hours, now = scene.hall.hours(desk(scene)), scene.hall.local(scene.now)
    zone = now.tzname() or ""
    if is_open(now, hours, scene.hall.holidays):
        until = closing(now, hours, scene.hall.holidays)
        return scene.word("petugas.sekarang", sampai=f"{until:%H.%M} {zone}")
    opening = next_opening(now, hours, scene.hall.holidays)
    if opening is None:
        return scene.word("petugas.nanti")
    return scene.word(
        "petugas.buka_lagi", hari=near_day(scene, opening.date()), mulai=f"{opening:%H.%M} {zone}"
    )


@presses("human")
async def _human(scene: Scene, _: list[str]) -> Replies:
    return await connect(scene, Reason.ASKED)


async def pass_on(scene: Scene) -> Replies:
    """Keep the citizen's words for the officer; answer only the first after the handover."""
    escalation = await escalations.open_of_chat(scene.session, scene.chat)
    if escalation is None:
        scene.memory.with_human, scene.memory.escalation = False, None
        return [main_menu(scene, "petugas.bot_kembali")]
    escalation.active_at = scene.now
    if scene.incoming.file is not None:
        return [scene.say("petugas.hanya_tulisan", [[scene.button("kembali", "back")]])]
    if escalation.status == State.CLAIMED or scene.memory.last_key == "petugas.tercatat":
        return []
    return [scene.say("petugas.tercatat", [[scene.button("kembali", "back")]])]


@presses("back")
async def _back(scene: Scene, _: list[str]) -> Replies:
    return await form.with_way_on(scene, await come_back(scene))


async def come_back(scene: Scene) -> Replies:
    """Let the bot answer again. A handover that nobody took stays in the officers' list."""
    scene.memory.with_human, scene.memory.escalation = False, None
    escalation = await escalations.open_of_chat(scene.session, scene.chat)
    if escalation is not None and escalation.status == State.CLAIMED:
        escalation.status, escalation.closed_at = State.CLOSED, scene.now
    return [main_menu(scene, "petugas.bot_kembali")]
