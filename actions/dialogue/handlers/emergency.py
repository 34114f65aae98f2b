"""Danger to life: the numbers to call, one calm line, and nothing that is asked for."""

from actions.dialogue import reading, targets
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.decide import Kind
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.opening import start
from actions.dialogue.handlers.form.questions import open_case, pending, with_way_on
from actions.dialogue.handlers.menu import complaints_menu
from actions.dialogue.registry import Replies, on_button
from actions.domain.danger import Danger, find_danger
from actions.domain.fear import is_afraid

WANTS_TO_DIE = "bunuh_diri"


async def stay_calm(turn: TurnContext) -> Replies | None:
    """What follows the numbers, unless the words answer a question or ask one themselves."""
    if turn.danger is None or await _answers(turn) or _only_asks(turn):
        return None
    turn.hear()
    key = f"darurat.lalu.{turn.danger.kind}"
    known = key in turn.reference.texts
    calm = turn.say(key if known else "darurat.lalu.umum", _ways(turn, turn.danger))
    afraid = is_afraid(turn.text, turn.reference.fear)
    quiet = [turn.say("umum.jaga_rahasia.tenang")] if afraid else []
    return await with_way_on(turn, [*quiet, calm])


def _ways(turn: TurnContext, danger: Danger) -> Rows:
    """A human; a report, for later; and the service that may be meant, where it was no danger."""
    human = turn.button("petugas", "human")
    if danger.kind == WANTS_TO_DIE:
        return [[human]]
    at = turn.memory.heard_at
    note = turn.button("catat_laporan", "note", at)
    slug = targets.clear(targets.services(turn)) if turn.is_legible else None
    if slug is None:
        return [[human, note]]
    return [[human, note], [turn.button("mulai_ini", "begin", slug, at, hal=turn.called(slug))]]


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
