"""What comes before any form and any model: danger, buttons, a human, words that always work."""

import re

from actions.catalogue.reference import ReferenceData
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import (
    claiming,
    handoff,
    information,
    links,
    on_behalf,
    secrecy,
    survey,
    taking_over,
)
from actions.dialogue.handlers.form.questions import stale, with_way_on
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.registry import (
    ASIDE,
    ON_AWAITED,
    ON_BUTTON,
    ON_WORD,
    Handler,
    Replies,
    takes,
)
from actions.dialogue.short_words import ways_said
from actions.domain.danger import find_danger

NUMBER = re.compile(r"[\s+\-_\d]+")
LONGEST_NUMBER = 18
"""Digits of a number that the database can hold; no button of ours has a longer one."""
ADDRESS = re.compile(r"@\w+")
ALONE = re.compile(r"/\w+(?:@\w+)?")
COMMAND = re.compile(r"(/\w+)(?:@\w+)?\s+(.+)", re.DOTALL)
LEAD_BACK = frozenset({"menu", "batal"})
"""Words that take the chat back from a human; to say it again may be asked of the human."""
LEAVE_AS_IT_IS = frozenset({"ulang", "maksud", "pelan", "tunggu"})
"""Words after which what was asked for is still waited for."""
WAITS_SECONDS = 2 * 60 * 60


def danger(turn: TurnContext) -> Replies:
    """The numbers to call, before everything else, when the words tell of danger."""
    found = find_danger(turn.text, turn.reference.danger) if turn.text else None
    if found is None:
        return []
    turn.danger = found
    purposes = {entry.number: entry.purpose for entry in turn.office.emergency}
    lines = [
        turn.word("darurat.nomor", nomor=number, untuk=purposes.get(number, ""))
        for number in found.numbers
    ]
    return [turn.say("darurat.telepon", daftar="\n".join(lines))]


async def button(turn: TurnContext) -> Replies | None:
    """A pressed button; one that no longer means anything is answered too."""
    if turn.incoming.button is None:
        return None
    verb, *arguments = turn.incoming.button.split(":")
    handler = ON_BUTTON.get(verb)
    if handler is None or _is_odd(arguments) or not takes(handler, len(arguments)):
        return stale(turn)
    turn.memory.awaited = turn.memory.danger = None
    try:
        return await _answer(turn, handler, *arguments)
    except (ValueError, KeyError):
        return stale(turn)


def _is_odd(arguments: list[str]) -> bool:
    """Whether a client of somebody's own made up what no column of ours can hold."""
    return any(
        not one.isprintable() or (len(one) > LONGEST_NUMBER and NUMBER.fullmatch(one))
        for one in arguments
    )


async def _answer(turn: TurnContext, handler: Handler, *arguments: str) -> Replies:
    replies = await handler(turn, *arguments)
    return await with_way_on(turn, replies) if handler in ASIDE else replies


async def human_has_the_chat(turn: TurnContext) -> Replies | None:
    """While a human answers, words go to the officer; a word that always works leads back."""
    if not turn.memory.with_human:
        return None
    back = _meaning(turn) in LEAD_BACK
    return await handoff.come_back(turn) if back else await handoff.pass_on(turn)


def _meaning(turn: TurnContext) -> str | None:
    return _spelt(turn.reference, turn.text)


def _spelt(reference: ReferenceData, text: str) -> str | None:
    """What a word stands for; it may be addressed to the bot, as in "/menu@balai_bot"."""
    said = ways_said(reference, ADDRESS.sub(" ", text))
    words = reference.words["global"].items()
    return next((str(name) for name, known in words if not said.isdisjoint(known)), None)


def stands_alone(reference: ReferenceData, text: str) -> bool:
    """Whether words are a command, or one of those that always work."""
    return text.lstrip().startswith("/") or _spelt(reference, text) is not None


async def word(turn: TurnContext) -> Replies | None:
    """A word that is understood in every state: menu, batal, bantuan, petugas, ulang ..."""
    meaning = _meaning(turn)
    if meaning is None:
        found = await _command(turn) or await taking_over.in_words(turn)
        found = found or await claiming.in_words(turn) or await on_behalf.told_aside(turn)
        found = found or await links.bare_code(turn) or await links.mistyped_code(turn)
        found = found or await survey.mark_in_words(turn)
        return found or await information.surely_asked(turn) or await secrecy.surely_asked(turn)
    if meaning not in LEAVE_AS_IT_IS:
        turn.memory.awaited = None
    return await _answer(turn, ON_WORD[meaning])


async def _command(turn: TurnContext) -> Replies | None:
    """A command that is none, or one with something behind it: "/start lampu_jalan"."""
    if ALONE.fullmatch(turn.text):
        return await with_way_on(turn, [main_menu(turn, "umum.perintah_lain")])
    said = COMMAND.fullmatch(turn.text)
    meaning = _spelt(turn.reference, said[1]) if said else None
    if said is None or meaning is None:
        return None
    turn.memory.awaited = None
    followed = await _FOLLOWS[meaning](turn, said[2]) if meaning in _FOLLOWS else None
    return followed or await _answer(turn, ON_WORD[meaning])


_FOLLOWS = {
    "mulai": links.follow,
    "status": links.of_case,
    "lapor": links.in_words,
    "layanan": links.in_words,
}


async def awaited_text(turn: TurnContext) -> Replies | None:
    """Free text that was asked for outside a form: a reason, a comment, a code."""
    awaited = turn.memory.awaited
    if awaited is None or not turn.text:
        return None
    turn.memory.awaited = None
    if turn.memory.seconds_since(turn.now) > WAITS_SECONDS:
        return None
    name, *arguments = awaited.split(":")
    return await ON_AWAITED[name](turn, *arguments) if name in ON_AWAITED else None
