"""The brake on a chat that sends too much, before anything else looks at it.

What is over the limit is not read, and that is said once, with what was not read and until when.
Whoever tells of danger is always heard.
"""

from datetime import datetime
from typing import Any

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop

from actions.casework import brakes
from actions.domain.brakes import Brake, Braked
from actions.domain.danger import find_danger
from bot.channels import OpenTurn
from bot.telegram.context import Context, end_waiting

QUOTED = 40


async def brake(update: Update, context: Context) -> None:
    """Count what a private chat sends; raises ApplicationHandlerStop for what is too much."""
    message, turn = update.effective_message, context.turn
    if message is None or message.chat.type != "private" or _moves_by_itself(update):
        return
    if (over := await _over(turn, Braked.MESSAGES, _sent_at(update, turn))) is None:
        return
    words = "" if update.callback_query else message.text or message.caption or ""
    if words and find_danger(words, turn.reference.danger):
        return
    if update.callback_query is not None:
        end_waiting(turn, update.callback_query.id)
    if over.first:
        turn.say("rem.pesan", awal=_named(turn, words), jam=_hour(turn, over))
    raise ApplicationHandlerStop


async def file_is_too_much(turn: OpenTurn, message: Message) -> bool:
    """Count a file; one too many is not kept, and the first of those is told so."""
    over = await _over(turn, Braked.FILES, message.date)
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


def _moves_by_itself(update: Update) -> bool:
    """Whether a place that is shared live has moved: nobody wrote, and nothing is answered."""
    return update.edited_message is not None and update.edited_message.location is not None


async def _over(turn: OpenTurn, what: Braked, at: datetime) -> Brake | None:
    return await brakes.one_more(turn.session, turn.reference, turn.chat, what, at)


def _sent_at(update: Update, turn: OpenTurn) -> datetime:
    """When it was sent: what piled up while the bot was away did not come all at once."""
    message: Any = update.edited_message or update.message
    return turn.now if message is None else message.edit_date or message.date


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
