"""Danger to life: the numbers to call, one calm line, and nothing that is asked for."""

from datetime import datetime, timedelta

from actions.casework.escalations import Reason
from actions.dialogue import reading, targets
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.decide import Kind
from actions.dialogue.handlers import handoff
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.opening import start
from actions.dialogue.handlers.form.questions import open_case, pending, with_way_on
from actions.dialogue.handlers.menu import complaints_menu
from actions.dialogue.registry import Replies, on_button
from actions.domain.danger import Danger, find_danger
from actions.domain.fear import is_afraid
from actions.domain.messages import Button
from actions.domain.text import plain_words

WANTS_TO_DIE = "bunuh_diri"
STAYS = timedelta(minutes=30)
"""So long what is written after an alarm is heard as a part of it, unless it clearly is not."""


async def stay_calm(turn: TurnContext) -> Replies | None:
    """What follows the numbers, unless the words answer a question or ask one themselves."""
    if turn.danger is None or await _answers(turn) or _only_asks(turn):
        return None
    turn.hear()
    turn.memory.danger, turn.memory.danger_at = turn.danger.kind, turn.now.isoformat()
    key = f"darurat.lalu.{turn.danger.kind}"
    known = key in turn.reference.texts
    calm = turn.say(key if known else "darurat.lalu.umum", _ways(turn, turn.danger))
    afraid = is_afraid(turn.text, turn.reference.fear)
    quiet = [turn.say("umum.jaga_rahasia.tenang")] if afraid else []
    return await with_way_on(turn, [*quiet, calm])


async def still_there(turn: TurnContext) -> Replies | None:
    """Words after an alarm: no menu and no question, but somebody who is there."""
    kind = _of_late(turn)
    if kind is None or not turn.text or _wants_something(turn):
        return None
    if kind == WANTS_TO_DIE:
        return await handoff.connect(turn, Reason.IN_DANGER, f"darurat.masih.{WANTS_TO_DIE}")
    if await open_case(turn) is not None:
        return None
    if _calls_for_somebody(turn):
        return await handoff.connect(turn, Reason.IN_DANGER)
    human, note = turn.button("petugas", "human"), _note(turn)
    if _is_over(turn):
        turn.memory.danger = None
        return [turn.say("darurat.lega", [[note, turn.button("menu", "menu")]])]
    afraid = is_afraid(turn.text, turn.reference.fear)
    quiet = [turn.say("umum.jaga_rahasia.tenang")] if afraid else []
    return [*quiet, turn.say("darurat.masih.umum", [[human, note]])]


def _calls_for_somebody(turn: TurnContext) -> bool:
    """Whether the words rather ask for a human: whoever is in danger is not asked twice."""
    known = turn.understanding.intent
    calls = turn.reference.catalogue.intent(known.name).hands_over
    return turn.is_legible and calls and known.confidence >= reading.LIKELY


def _of_late(turn: TurnContext) -> str | None:
    """The danger that was told of a short while ago."""
    memory = turn.memory
    if memory.danger is None or memory.danger_at is None:
        return None
    lately = turn.now - datetime.fromisoformat(memory.danger_at) <= STAYS
    return memory.danger if lately else None


def _is_over(turn: TurnContext) -> bool:
    spoken = f" {' '.join(plain_words(turn.text))} "
    return any(f" {phrase} " in spoken for phrase in turn.reference.words["lega"]["lega"])


def _wants_something(turn: TurnContext) -> bool:
    """Whether the words are clearly about a service, a complaint or an office by name."""
    if not turn.is_legible or not targets.mentions_something(turn):
        return False
    move = reading.move(turn)
    return move.kind is Kind.ACT and move.first.target is not None


def _note(turn: TurnContext) -> Button:
    return turn.button("catat_laporan", "note", turn.memory.heard_at)


def _ways(turn: TurnContext, danger: Danger) -> Rows:
    """A human; a report, for later; and the service that may be meant, where it was no danger."""
    human = turn.button("petugas", "human")
    if danger.kind == WANTS_TO_DIE:
        return [[human]]
    at, slug = turn.memory.heard_at, _service(turn)
    if slug is None:
        return [[human, _note(turn)]]
    begin = turn.button("mulai_ini", "begin", slug, at, hal=turn.called(slug))
    return [[human, _note(turn)], [begin]]


def _service(turn: TurnContext) -> str | None:
    """The service that is surely meant, where the alarm was none: a card of a child is lost."""
    slug = targets.clear(targets.services(turn)) if turn.is_legible else None
    move = reading.move(turn) if slug is not None else None
    return slug if move and move.kind is Kind.ACT and move.first.target == slug else None


async def _answers(turn: TurnContext) -> bool:
    """Whether an open question is answered: an alarm in a name or a place rejects nothing."""
    case = await open_case(turn)
    field = pending(turn, case) if case else None
    if field is None or field.kind not in reading.FREE or not turn.is_legible:
        return False
    return reading.replies(turn, field.kind)[Kind.ANSWER] >= reading.LIKELY


def _only_asks(turn: TurnContext) -> bool:
    """Whether a question about a service or an office is asked for sure."""
    if not turn.is_legible:
        return False
    move = reading.move(turn)
    if move.kind is not Kind.ACT:
        return False
    intent = turn.reference.catalogue.intent(move.first.intent)
    return intent.target is not None and not intent.outside and not intent.opens


@on_button("note")
async def note_it(turn: TurnContext, heard_at: str) -> Replies:
    """Note what was told as a report, once there is time for it."""
    told = turn.as_heard(heard_at)
    if told is not None:
        likely = targets.complaints(told)
        if likely and likely[0].confidence >= reading.LIKELY:
            told.danger = find_danger(told.text, turn.reference.danger)
            return await start(told, likely[0].name, prefill.found(told, likely[0].name))
    return [complaints_menu(told or turn)]
