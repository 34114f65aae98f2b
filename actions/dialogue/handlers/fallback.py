"""What Balai says when it has not understood, or when something is not the office's business."""

from collections.abc import Sequence
from dataclasses import replace

from actions.casework.escalations import Reason
from actions.dialogue import reading, targets
from actions.dialogue.context import TurnContext, rows
from actions.dialogue.decide import CHOICES
from actions.dialogue.handlers import handoff, information
from actions.dialogue.handlers.clarify import choice, offer
from actions.dialogue.handlers.form import tray
from actions.dialogue.handlers.form.files import ways_on
from actions.dialogue.handlers.form.questions import drop_untouched
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.handlers.status import by_code
from actions.dialogue.registry import Replies, on_button, on_intent
from actions.domain.codes import read_code
from actions.domain.messages import Reply

BY_WORDS = "words"
"""Where the model could not be asked, since it is down or many wait for it."""
MISSES = 2
FEW_WORDS = 4


async def missed(turn: TurnContext) -> Replies:
    """Examples and a way on; the second time a human. What was passed on is kept for later."""
    told = await _of_code(turn)
    if told:
        return told
    if turn.incoming.forwarded:
        tray.keep_words(turn)
        return [turn.say("berkas.pesan_disimpan", ways_on(turn))]
    turn.memory.misses += 1
    if turn.memory.misses >= MISSES:
        return await handoff.connect(turn, Reason.NOT_UNDERSTOOD, "petugas.tidak_paham")
    tray.keep_own_words(turn)
    ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
    known = turn.fetched.understanding_of(turn.text)
    by_words = known is not None and known.source == BY_WORDS
    return [turn.say("umum.paham_terbatas" if by_words else "umum.tidak_paham", ways)]


async def _of_code(turn: TurnContext) -> Replies:
    """Where the case stands whose code is among words that say nothing else."""
    code = read_code(turn.text, *turn.office.code_prefixes)
    return await by_code(turn, code) if code is not None else []


@on_button("none")
async def none_of_these(turn: TurnContext) -> Replies:
    """None of the offered meanings was right."""
    return await missed(turn)


@on_button("not")
async def not_that(turn: TurnContext, slug: str, heard_at: str) -> Replies:
    """Something else was meant: the same words are read again for the next best."""
    await drop_untouched(turn)
    again = turn.as_heard(heard_at)
    others = reading.others(again, slug) if again else []
    if again is None or not others:
        return await missed(turn)
    asked = offer(again, others)
    ways = (turn.button("menu", "menu"), turn.button("petugas", "human"))
    return [replace(asked, buttons=(*asked.buttons[:-1], ways))]


@on_intent("di_luar_cakupan")
async def out_of_scope(turn: TurnContext) -> Replies:
    """Name the office that does it where it is known, else what comes near, else the menu."""
    told = await _of_code(turn)
    if told:
        return told
    office = targets.elsewhere(turn)
    if office is not None:
        return [turn.say("umum.bukan_urusan_kami"), information.place(turn, office)]
    service = _bare_service(turn)
    if service is not None:
        return [information.card(turn, service)]
    near = targets.near(turn)
    if near and not turn.incoming.forwarded:
        return [_with_a_hand(turn, near)]
    return await missed(turn) if turn.incoming.forwarded else [main_menu(turn, "umum.di_luar")]


def _bare_service(turn: TurnContext) -> str | None:
    """The service that a few words name and nothing else."""
    named = targets.named(turn)
    few = len(turn.text.split()) <= FEW_WORDS
    is_service = bool(named) and named[0].name in turn.reference.catalogue.services
    return named[0].name if few and is_service else None


def _with_a_hand(turn: TurnContext, near: Sequence[str]) -> Reply:
    """That it is not ours, with what comes near by button."""
    turn.hear()
    ways = rows([choice(turn, *targets.opening(turn, slug)) for slug in near[:CHOICES]])
    away = (turn.button("menu", "menu"), turn.button("petugas", "human"))
    return turn.say("umum.di_luar_dekat", [*ways, away])
