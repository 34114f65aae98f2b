"""The tray: what was shared lies here until a form has a place for it, ten minutes at most.

Pictures, places, numbers, voices and passed-on words come in any order, before the form, at the
"wrong" question, or with words. All of them are laid on the tray first. At the end of each turn
that asks a question of a form, that form takes what it has a place for. Files lie in the table of
attachments without a case; the rest, and that files lie there, in the chat's memory.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from actions.casework import attachments, cases
from actions.casework.messages import Sender, add_file, note
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.form import corrections
from actions.dialogue.handlers.form.build import STORY_WORDS
from actions.dialogue.handlers.form.files import new_kinds
from actions.dialogue.handlers.form.questions import (
    next_step,
    open_case,
    pending,
    visible_field,
)
from actions.dialogue.handlers.form.taking import (
    ANSWERED_BY,
    OWN_WORDS,
    PLACE_OF_PHOTO,
    take_all,
    tell,
)
from actions.dialogue.registry import Replies
from actions.domain.messages import FileFault, FileKind, Reply, SentFile, StoredFile
from actions.domain.text import LONGEST
from actions.forms.form import Field
from actions.storage.tables import Case

Stages = Callable[[TurnContext], Awaitable[Replies]]
NOT_THAT = "not:"
SUMMARY = "formulir.ringkasan"
IN_ONE_GO = timedelta(minutes=1)
"""Lines that come one after the other, though each is answered, belong together."""
UNCLEAR = ("salah.", "umum.maksud_mana")
"""What words are answered with that told of the picture above them."""


async def take(turn: TurnContext, stages: Stages) -> Replies:
    """A turn in which something was shared, perhaps with words."""
    faults, later = await _lay_down(turn)
    if later and not turn.text and not _is_new(turn):
        return faults
    replies = await (_words_too(turn, stages) if turn.text else stages(turn))
    if turn.memory.with_human:
        await _hand_over(turn)
    return [*faults, *replies]


async def _lay_down(turn: TurnContext) -> tuple[Replies, bool]:
    """Lay everything on the tray; returns what could not be read, and whether an album grew."""
    faults: Replies = []
    grew = False
    for file in turn.incoming.files:
        stored = turn.stored_file(file)
        if isinstance(stored, FileFault):
            faults.append(turn.say(f"berkas.{stored.key}"))
        elif await _joins(turn, file, stored):
            grew = True
        else:
            await _keep(turn, file, stored)
    for part in turn.incoming.each:
        if part.location is not None:
            where = part.location
            _remember(turn, "lokasi", lat=where.latitude, lon=where.longitude)
        if part.contact is not None:
            _remember(turn, "kontak", nomor=part.contact.phone, sendiri=part.contact.own)
    return list(dict.fromkeys(faults)), grew


def hear(turn: TurnContext) -> Replies:
    """Read the words of voices as if they had been written, and say what was heard."""
    files = [turn.fetched.files.get(file.ref) for file in turn.incoming.files]
    heard = [file.words for file in files if isinstance(file, StoredFile) and file.words]
    if not heard:
        return []
    said = "\n".join(heard)[:LONGEST]
    words = "\n".join(text for text in (turn.text, said) if text)[:LONGEST]
    turn.incoming = replace(turn.incoming, text=words)
    line = turn.word("umum.catatan.terdengar", isi=said)
    note(turn.session, turn.chat, Sender.CITIZEN, line, turn.now)
    return [turn.say("berkas.terdengar", isi=said)]


async def _joins(turn: TurnContext, file: SentFile, stored: StoredFile) -> bool:
    """Keep a picture beside the others of its album, which came in a turn before."""
    if file.album is None:
        return False
    first = await attachments.join_album(turn.session, turn.chat, file.album, stored, turn.now)
    if first is None:
        return False
    case = await cases.open_form(turn.session, first.case_id)
    field = visible_field(case, first.field) if case else None
    if case is not None and field is not None:
        await turn.session.flush()
        tell(turn, case, field, await attachments.of_field(turn.session, case, field.key))
    return True


async def _keep(turn: TurnContext, file: SentFile, stored: StoredFile) -> None:
    await attachments.keep_early(turn.session, turn.chat, file.album, stored, turn.now)
    _remember(turn, "suara" if file.kind is FileKind.VOICE else "berkas")
    if stored.place is not None:
        place = stored.place
        _remember(turn, PLACE_OF_PHOTO, lat=place.latitude, lon=place.longitude)


def keep_words(turn: TurnContext) -> None:
    """Keep words that were passed on from elsewhere for the form that follows."""
    _remember(turn, "pesan", teks=turn.text)


def keep_own_words(turn: TurnContext) -> None:
    """Keep words that came to nothing: the line after them may tell what they are about."""
    if len(turn.text.split()) >= STORY_WORDS:
        _remember(turn, OWN_WORDS, teks=turn.text)


def _remember(turn: TurnContext, kind: str, **said: Any) -> None:
    came = {"at": turn.now.isoformat(), "giliran": turn.memory.turns}
    turn.memory.shared.append({"jenis": kind, **came, **said})


def _is_new(turn: TurnContext) -> bool:
    """Whether something was laid on the tray in this turn."""
    return bool(new_kinds(turn))


async def _words_too(turn: TurnContext, stages: Stages) -> Replies:
    """Words that came along: for the question that is open, unless what came with them is."""
    words = replace(turn, incoming=turn.incoming.only_words)
    case = await open_case(turn)
    asked = pending(turn, case) if case else None
    if case is not None and (asked is None or _is_answered(turn, asked)):
        return await corrections.another_answer(words) or [next_step(turn, case)]
    attempts = dict(turn.memory.attempts)
    replies = await stages(words)
    if case is not None and replies[0].key.startswith(UNCLEAR) and turn.incoming.files:
        # They told of the picture, and were no answer that is wrong.
        turn.memory.attempts = attempts
        return [next_step(turn, case)]
    if await open_case(turn) is None and _is_new(turn) and not turn.urgent:
        return [turn.say("berkas.disimpan"), *replies]
    return replies


def _is_answered(turn: TurnContext, asked: Field) -> bool:
    """Whether what was asked for has come with the words."""
    return bool(new_kinds(turn) & ANSWERED_BY.get(asked.kind, frozenset()))


async def _hand_over(turn: TurnContext) -> None:
    """Give the officer what came with the words that asked for one."""
    for file in await attachments.early(turn.session, turn.chat, turn.now):
        line = turn.word("umum.catatan.berkas")
        note(turn.session, turn.chat, Sender.CITIZEN, line, turn.now)
        await turn.session.flush()
        await add_file(turn.session, turn.chat, StoredFile(file.name, file.mime, file.size))
        await turn.session.delete(file)
    turn.memory.shared = []


async def lay_out(turn: TurnContext, replies: Replies) -> Replies:
    """Let the form whose question is asked take what lies on the tray, and ask on from there."""
    turn.memory.shared = [one for one in turn.memory.shared if _is_fresh(one, turn.now)]
    case = await open_case(turn) if turn.memory.shared and replies else None
    if case is None or not _asks(replies[-1]):
        return replies
    said, ways, taken = await take_all(turn, case)
    if not taken:
        unwanted = _unwanted(turn) if turn.incoming.shares else []
        return [*replies[:-1], *unwanted, *said, _with(replies[-1], ways)]
    return [*replies[:-1], *said, _with(_asked_on(turn, case, replies[-1]), ways)]


def _is_fresh(one: dict[str, Any], now: datetime) -> bool:
    kept = IN_ONE_GO if one["jenis"] == OWN_WORDS else attachments.EARLY_KEPT
    return datetime.fromisoformat(one["at"]) >= now - kept


def _asks(reply: Reply) -> bool:
    return reply.key.startswith("tanya.") or reply.key == SUMMARY


def _unwanted(turn: TurnContext) -> Replies:
    """That this form has no place for what came; it stays for the next one."""
    if not _is_new(turn):
        return []
    return [turn.say("berkas.tidak_perlu" if turn.incoming.files else "berkas.belum_perlu_lokasi")]


def _asked_on(turn: TurnContext, case: Case, before: Reply) -> Reply:
    """What is asked now; where that is still the same, with the same ways past it."""
    step = next_step(turn, case)
    if step.key == before.key != SUMMARY:
        return before
    away = [row for row in before.buttons if any(b.data.startswith(NOT_THAT) for b in row)]
    return replace(step, buttons=(*step.buttons, *away))


def _with(reply: Reply, ways: Rows) -> Reply:
    return replace(reply, buttons=(*reply.buttons, *(tuple(row) for row in ways)))
