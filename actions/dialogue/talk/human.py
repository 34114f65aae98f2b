"""Handing a citizen to a human, and passing words on while one answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.casework import escalations
from actions.casework.escalations import Reason, State
from actions.catalogue import Unit
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk import form
from actions.dialogue.talk.days import near_day
from actions.dialogue.talk.menu import main_menu
from actions.domain.calendar import closing, is_open, next_opening

DESK = "mpp"


async def connect(turn: TurnContext, reason: Reason, key: str = "petugas.sambungkan") -> Replies:
    """Open a handover and say who answers and when."""
    was_open = await escalations.open_of_chat(turn.session, turn.chat)
    escalation = await escalations.open_escalation(
        turn.session,
        turn.reference,
        chat=turn.chat,
        reason=reason,
        now=turn.now,
        understood=understood(turn),
        unit=unit_of_topic(turn),
        case_id=turn.memory.draft,
    )
    turn.memory.with_human, turn.memory.escalation = True, escalation.id
    turn.memory.misses = 0
    ways = [[turn.button("kembali", "back")]]
    lead = "petugas.sudah_diminta" if was_open else key
    return [turn.say(lead), turn.say("petugas.kapan", ways, kapan=when(turn))]


def understood(turn: TurnContext) -> dict[str, Any]:
    """What the NLU made of the last words, for the officer; empty without words."""
    known = turn.fetched.understanding
    if known is None:
        return {"topik": turn.memory.topic} if turn.memory.topic else {}
    return {
        "topik": turn.memory.topic,
        "niat": [asdict(candidate) for candidate in known.intents[:3]],
        "sasaran": [asdict(candidate) for candidate in known.targets[:3]],
    }


def unit_of_topic(turn: TurnContext) -> str | None:
    """The office of the service last spoken of."""
    item = turn.reference.catalogue.find(turn.memory.topic)
    return item.unit if item else None


def desk(turn: TurnContext) -> Unit:
    """The office whose hours decide when a human answers."""
    units = turn.reference.catalogue.office.units
    key = unit_of_topic(turn) or DESK
    return units.get(key) or next(iter(units.values()))


def when(turn: TurnContext) -> str:
    """When officers answer, in words."""
    hours, now = turn.reference.hours(desk(turn)), turn.reference.local(turn.now)
    zone = now.tzname() or ""
    if is_open(now, hours, turn.reference.holidays):
        until = closing(now, hours, turn.reference.holidays)
        return turn.word("petugas.sekarang", sampai=f"{until:%H.%M} {zone}")
    opening = next_opening(now, hours, turn.reference.holidays)
    if opening is None:
        return turn.word("petugas.nanti")
    return turn.word(
        "petugas.buka_lagi", hari=near_day(turn, opening.date()), mulai=f"{opening:%H.%M} {zone}"
    )


@on_button("human")
async def _human(turn: TurnContext, _: list[str]) -> Replies:
    return await connect(turn, Reason.ASKED)


async def pass_on(turn: TurnContext) -> Replies:
    """Keep the citizen's words for the officer; answer only the first after the handover."""
    escalation = await escalations.open_of_chat(turn.session, turn.chat)
    if escalation is None:
        turn.memory.with_human, turn.memory.escalation = False, None
        return [main_menu(turn, "petugas.bot_kembali")]
    escalation.active_at = turn.now
    if turn.incoming.file is not None:
        return [turn.say("petugas.hanya_tulisan", [[turn.button("kembali", "back")]])]
    if escalation.status == State.CLAIMED or turn.memory.last_key == "petugas.tercatat":
        return []
    return [turn.say("petugas.tercatat", [[turn.button("kembali", "back")]])]


@on_button("back")
async def _back(turn: TurnContext, _: list[str]) -> Replies:
    return await form.with_way_on(turn, await come_back(turn))


async def come_back(turn: TurnContext) -> Replies:
    """Let the bot answer again. A handover that nobody took stays in the officers' list."""
    turn.memory.with_human, turn.memory.escalation = False, None
    escalation = await escalations.open_of_chat(turn.session, turn.chat)
    if escalation is not None and escalation.status == State.CLAIMED:
        escalation.status, escalation.closed_at = State.CLOSED, turn.now
    return [main_menu(turn, "petugas.bot_kembali")]
