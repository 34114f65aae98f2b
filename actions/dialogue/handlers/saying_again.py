"""Once more, slower, in other words, or not now: what people say who read and write slowly."""

from dataclasses import replace

from actions.casework.messages import Sender, last_lines
from actions.catalogue import Service
from actions.dialogue import reading, targets
from actions.dialogue.agreement import says_done
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import information
from actions.dialogue.handlers.form.answers import in_other_words, wait
from actions.dialogue.handlers.form.questions import next_step, open_case, pending, summary
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.registry import Replies, on_word
from actions.dialogue.short_words import says
from actions.domain.messages import Button
from actions.storage.tables import Message

MOST_LINES = 3
HARDLY_A_WISH = 0.2
SHOWN = ("layanan.", "umum.kapan_saja", "umum.saya_tunggu")
"""Keys of what is said about a service, and of waiting behind it."""


@on_word("ulang")
async def again(turn: TurnContext) -> Replies:
    """The question that waits, once more; without a form what was said last."""
    case = await open_case(turn)
    return await _said_last(turn) if case is None else [next_step(turn, case)]


@on_word("pelan")
async def slowly(turn: TurnContext) -> Replies:
    """That there is no hurry, and the same once more."""
    return [turn.say("umum.pelan"), *await again(turn)]


@on_word("maksud")
async def in_plain_words(turn: TurnContext) -> Replies:
    """How to answer the question that waits; without a form what can be done now."""
    case = await open_case(turn)
    if case is None:
        return await _what_it_was_for(turn)
    field = pending(turn, case)
    if field is None:
        return [turn.say("formulir.maksud.ringkasan"), summary(turn, case)]
    return in_other_words(turn, case, field)


@on_word("tunggu")
async def wait_for_it(turn: TurnContext) -> Replies:
    """Nothing is asked again until something is written."""
    case = await open_case(turn)
    return [turn.say("umum.saya_tunggu") if case is None else wait(turn, case)]


async def beside_a_service(turn: TurnContext) -> Replies | None:
    """Answer "sudah", "belum punya" and "nanti dulu" after something was said about a service."""
    slug = None if turn.incoming.shares else _shown(turn)
    if slug is None:
        return None
    item = turn.reference.catalogue.item(slug)
    begin = [turn.button("ajukan_ini", "begin", slug, turn.memory.heard_at)]
    ways = [begin, [turn.button("menu", "menu")]]
    if says(turn, "nanti"):
        return [turn.say("umum.kapan_saja", ways, hal=item.called)]
    if says_done(turn):
        return [turn.say("layanan.sudah_siap", ways, hal=item.called)]
    if says(turn, "belum") and isinstance(item, Service) and item.requirements:
        return [turn.say("layanan.belum_punya"), information.requirements(turn, slug)]
    return _for_the_form(turn, slug) if isinstance(item, Service) else None


def _for_the_form(turn: TurnContext, slug: str) -> Replies | None:
    """Words that are no wish, and about nothing else, may be meant for the form of it."""
    if not turn.text or not turn.is_legible or targets.mentions_something(turn):
        return None
    if turn.understanding.roles.get(reading.WISH, 1.0) >= HARDLY_A_WISH:
        return None
    turn.hear()
    at = turn.memory.heard_at
    ways = [
        [turn.button("ajukan_ini", "begin", slug, at)],
        [turn.button("bukan_itu", "not", slug, at)],
    ]
    return [turn.say("layanan.untuk_isian", ways, hal=turn.called(slug))]


async def _said_last(turn: TurnContext) -> Replies:
    """The last words of the bot with their buttons; the menu where none are kept."""
    lines = _of_bot(await last_lines(turn.session, turn.chat, MOST_LINES + 1))
    if not lines:
        return [main_menu(turn)]
    key = turn.memory.last_key or "umum.menu"
    said = [
        replace(turn.say("formulir.tanya_apa_adanya", isi=line.text), key=key) for line in lines
    ]
    ways = tuple(tuple(Button(*button) for button in row) for row in turn.memory.ways)
    return [*said[:-1], replace(said[-1], buttons=ways)]


def _of_bot(lines: list[Message]) -> list[Message]:
    """The lines of the bot that stand before what the citizen just wrote."""
    said: list[Message] = []
    for line in reversed(lines[:-1]):
        if line.sender != Sender.BOT:
            break
        said.insert(0, line)
    return said


async def _what_it_was_for(turn: TurnContext) -> Replies:
    human, slug = [turn.button("petugas", "human"), turn.button("menu", "menu")], _shown(turn)
    if slug is not None:
        ways = [*information.ways_on(turn, slug, "need", "where"), human]
        return [turn.say("layanan.maksud", ways, hal=turn.called(slug))]
    if not any(turn.memory.ways):
        return [turn.say("umum.maksud_umum", [human])]
    *before, last = await _said_last(turn)
    others = [row for row in last.buttons if not {b.data for b in row} & {"human", "menu"}]
    return [turn.say("umum.maksud_umum"), *before, replace(last, buttons=(*others, tuple(human)))]


def _shown(turn: TurnContext) -> str | None:
    """What the last words of the bot were about, where that was something of the catalogue."""
    slug = turn.memory.topic
    known = slug is not None and turn.reference.catalogue.find(slug) is not None
    last = (turn.memory.last_key or "").rpartition("+")[2]
    return slug if known and last.startswith(SHOWN) else None
