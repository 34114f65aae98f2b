"""Handing a citizen to a human, and passing words on while one answers."""

from dataclasses import asdict
from typing import Any

from actions.casework import escalations, messages
from actions.casework.escalations import Reason, State
from actions.catalogue import Unit
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.questions import open_case, with_way_on
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.registry import Replies, on_button, on_intent, on_word
from actions.dialogue.wording import opening_in_words
from actions.domain.messages import FileFault

ANSWERING_WORDS = ("petugas.sekarang", "petugas.buka_lagi", "petugas.nanti")


async def connect(turn: TurnContext, reason: Reason, key: str = "petugas.sambungkan") -> Replies:
    """Open an escalation and say who answers and when."""
    was_open = await escalations.open_of_chat(turn.session, turn.chat)
    item = turn.reference.catalogue.find(turn.memory.topic)
    escalation = await escalations.open_escalation(
        turn.session,
        turn.reference,
        chat=turn.chat,
        reason=reason,
        now=turn.now,
        understood=_understood(turn),
        unit=item.unit if item else None,
        case_id=await _spoken_of(turn),
    )
    turn.memory.with_human, turn.memory.escalation = True, escalation.id
    turn.memory.misses = 0
    lead = "petugas.sudah_diminta" if was_open else key
    ways = [[turn.button("kembali", "back")]]
    return [turn.say(lead), turn.say("petugas.kapan", ways, kapan=when(turn))]


async def _spoken_of(turn: TurnContext) -> int | None:
    """The case whose form is open; none without a name, since the chat would say whose it is."""
    case = await open_case(turn)
    return None if case is None or case.anonymous else case.id


@on_intent("minta_petugas")
@on_word("petugas")
@on_button("human")
async def ask_for_human(turn: TurnContext) -> Replies:
    """Hand the chat over."""
    return await connect(turn, Reason.ASKED)


def _understood(turn: TurnContext) -> dict[str, Any]:
    """What the NLU made of the last words, for the officer; empty without words."""
    known = turn.fetched.known
    if known is None:
        return {"topik": turn.memory.topic} if turn.memory.topic else {}
    return {
        "topik": turn.memory.topic,
        "niat": [asdict(candidate) for candidate in known.intents[:3]],
        "sasaran": [asdict(candidate) for candidate in known.targets[:3]],
    }


def when(turn: TurnContext) -> str:
    """When officers answer, in words: the hours of the topic's office, else of the help desk."""
    return opening_in_words(turn, _answering_unit(turn), ANSWERING_WORDS)


def _answering_unit(turn: TurnContext) -> Unit:
    item, units = turn.reference.catalogue.find(turn.memory.topic), turn.office.units
    key = item.unit if item else turn.office.help_desk
    return units.get(key or "") or next(iter(units.values()))


async def pass_on(turn: TurnContext) -> Replies:
    """Keep the citizen's words for the officer; answer only the first after the handoff."""
    escalation = await escalations.open_of_chat(turn.session, turn.chat)
    if escalation is None:
        turn.memory.with_human, turn.memory.escalation = False, None
        return [main_menu(turn, "petugas.bot_kembali")]
    escalation.active_at = turn.now
    ways = [[turn.button("kembali", "back")]]
    if turn.incoming.file is not None:
        stored = turn.stored_file(turn.incoming.file)
        if isinstance(stored, FileFault):
            return [turn.say(f"berkas.{stored.key}", ways)]
        await messages.add_file(turn.session, turn.chat, stored)
    if escalation.status == State.CLAIMED or turn.memory.last_key == "petugas.tercatat":
        return []
    return [turn.say("petugas.tercatat", ways)]


@on_button("back")
async def come_back(turn: TurnContext) -> Replies:
    """Let the bot answer again. An escalation that nobody took stays in the officers' list."""
    turn.memory.with_human, turn.memory.escalation = False, None
    escalation = await escalations.open_of_chat(turn.session, turn.chat)
    if escalation is not None and escalation.status == State.CLAIMED:
        escalation.status, escalation.closed_at = State.CLOSED, turn.now
    return await with_way_on(turn, [main_menu(turn, "petugas.bot_kembali")])
