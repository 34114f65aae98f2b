"""The brake on a chat, whatever its channel: what is over a limit is not read, and told once."""

from datetime import datetime

from actions.casework import brakes
from actions.domain.brakes import Brake, Braked
from actions.domain.danger import find_danger
from bot.channels import OpenTurn

QUOTED = 40


async def message_is_too_much(turn: OpenTurn, words: str, at: datetime) -> bool:
    """Count a message; whoever tells of danger is always heard.

    The first one too many is answered with what was not read, and until when.
    """
    over = await _over(turn, Braked.MESSAGES, at)
    if over is None or (words and find_danger(words, turn.reference.danger)):
        return False
    if over.first:
        turn.say("rem.pesan", awal=_named(turn, words), jam=_hour(turn, over))
    return True


async def file_is_too_much(turn: OpenTurn, at: datetime) -> bool:
    """Count a file; one too many is not kept, and the first of those is told so."""
    over = await _over(turn, Braked.FILES, at)
    if over is not None and over.first:
        limit = turn.reference.limits.of(Braked.FILES)
        turn.say("rem.berkas", jumlah=limit, jam=_hour(turn, over))
    return over is not None


async def guesses_too_much(turn: OpenTurn) -> bool:
    """Count a code that somebody tries; the first one too many is told so."""
    over = await _over(turn, Braked.GUESSES, turn.now)
    if over is not None and over.first:
        limit = turn.reference.limits.of(Braked.GUESSES)
        turn.say("rem.kode", jumlah=limit, jam=_hour(turn, over))
    return over is not None


async def _over(turn: OpenTurn, what: Braked, at: datetime) -> Brake | None:
    return await brakes.one_more(turn.session, turn.reference, turn.chat, what, at)


def _named(turn: OpenTurn, words: str) -> str:
    """What was the first not to be read."""
    texts, said = turn.reference.texts, " ".join(words.split())
    if not said:
        return texts.plain("rem.awal_lain")
    short = said if len(said) <= QUOTED else f"{said[:QUOTED].rstrip()} ..."
    return texts.plain("rem.awal", kata=short)


def _hour(turn: OpenTurn, over: Brake) -> str:
    local = turn.reference.local(over.until)
    return f"{local:%H.%M} {local.tzname()}"
