"""What words mean while a form is open: an answer, a yes to the summary, or something else.

Its own kinds of question are read first; then the NLU is asked what else was meant.
"""

from collections.abc import Sequence

from actions.casework import cases
from actions.casework.returned import form_of_case
from actions.catalogue.intent_models import Intent
from actions.dialogue import reading, targets
from actions.dialogue.acting import carry_out
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import NEWS, REPLIES, SERVICE, Kind, Move, Reading
from actions.dialogue.handlers import information, several
from actions.dialogue.handlers.clarify import offer
from actions.dialogue.handlers.form import answers, besides, corrections
from actions.dialogue.handlers.form.questions import (
    next_step,
    open_case,
    pending,
    summary,
    with_way_on,
)
from actions.dialogue.handlers.form.sending import send
from actions.dialogue.registry import Replies
from actions.dialogue.short_words import says
from actions.domain.messages import Reply
from actions.domain.status import CaseKind
from actions.domain.text import is_question
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.storage.tables import Case

UNLIKELY = 0.1
NEARLY = 0.3
CHOICES = (
    "umum.pilih_",
    "umum.layanan_mana",
    "umum.keluhan_mana",
    "umum.kantor_mana",
    "pribadi.",
    "status.daftar",
)
"""Replies that leave something to choose, so that the form's question does not follow at once."""


async def open_form(turn: TurnContext) -> Replies | None:
    """Read the answer to the waiting question."""
    case = await open_case(turn)
    if case is None:
        turn.memory.leave_form()
        return None
    case.urgent = case.urgent or (turn.urgent and CaseKind(case.kind) is CaseKind.COMPLAINT)
    if turn.incoming.shares:
        return [next_step(turn, case)]  # takes what it has a place for from the tray
    field = pending(turn, case)
    if not turn.text:
        return [turn.say("salah.umum.tulis"), next_step(turn, case)]
    if field is None:
        return await _at_summary(turn, case)
    return await _read(turn, case, field, RawAnswer(text=turn.text))


async def _read(turn: TurnContext, case: Case, field: Field, raw: RawAnswer) -> Replies:
    if answers.wants_to_skip(turn, field):
        return answers.pass_over(turn, case, field)
    if answers.claims_it_was_given(turn, field):
        return answers.not_here_yet(turn, case, field)
    if turn.is_legible and reading.is_doubtful(turn, field):
        return await _weighed(turn, case, field, raw)
    try:
        return answers.accept(turn, case, field, raw)
    except Unreadable as error:
        return await _unread(turn, case, field, raw, error)


async def _unread(
    turn: TurnContext, case: Case, field: Field, raw: RawAnswer, error: Unreadable
) -> Replies:
    """Words that do not answer the question as they stand."""
    told = besides.told_when(turn, case, field)
    if told is not None:
        return told
    if answers.skips_among_others(turn) and not reading.asks_to_wait(turn):
        return answers.pass_over(turn, case, field)
    if not turn.is_legible or _tells_another_number(turn, field):
        return answers.explain(turn, case, field, error)
    return await _weighed(turn, case, field, raw)


def _tells_another_number(turn: TurnContext, field: Field) -> bool:
    """Whether a few words where a count is asked hold a number that may count something else."""
    told = any(char.isdigit() for char in turn.text) and not is_question(turn.text)
    return field.kind == "angka" and told and not reading.is_long(turn)


async def _weighed(turn: TurnContext, case: Case, field: Field, raw: RawAnswer) -> Replies:
    """Words that may answer the question, and may as well mean something else."""
    free = field.kind in reading.FREE
    move = reading.move(turn, reading.state_of(turn, field))
    if move.kind is Kind.WAIT and (free or reading.asks_to_wait(turn)):
        return [answers.wait(turn, case)]
    if move.kind is Kind.SKIP:
        return answers.pass_over(turn, case, field)
    several_wishes = len(turn.understanding.wishes) > 1
    if move.kind is Kind.OFFER and not several_wishes and (free or len(move.readings) > 1):
        return await _or_something_else(turn, case, field, move)
    wanted = several_wishes or move.kind in {Kind.ACT, Kind.CARD}
    digressed = await _digress(turn, case, move) if wanted else None
    unserved = digressed is None and wanted and free and not several_wishes
    if unserved and reading.is_rather_a_wish(turn) and not _is_told(turn, field):
        return await _no_answer(turn, case, field, move)
    return digressed or answers.insist(turn, case, field, raw)


def _is_told(turn: TurnContext, field: Field) -> bool:
    """Whether something is told in words of one's own, of which the model only sees no wish."""
    outside = all(intent.outside for intent in several.meant(turn))
    return field.kind == "teks" and outside and not is_question(turn.text)


async def _no_answer(turn: TurnContext, case: Case, field: Field, move: Move) -> Replies:
    """Words that are rather a wish nobody serves, or a yes that nothing was asked for."""
    if all(intent.reply for intent in several.meant(turn)) and not reading.is_long(turn):
        return answers.in_other_words(turn, case, field)
    return await _or_something_else(turn, case, field, move)


async def _or_something_else(turn: TurnContext, case: Case, field: Field, move: Move) -> Replies:
    """Ask what was meant: the answer to a free question, or one of the wishes."""
    if field.kind in reading.FREE:
        return [answers.or_something_else(turn, case, field, move.readings)]
    wishes = [meant for meant in move.readings if meant.intent not in REPLIES]
    return await with_way_on(turn, [offer(turn, wishes)])


async def _at_summary(turn: TurnContext, case: Case) -> Replies:
    """Everything is answered: yes sends, no corrects, anything else is understood."""
    if agrees(turn):
        return await send(turn, case)
    if says(turn, "nanti"):
        return [answers.wait(turn, case)]
    if declines(turn):
        return corrections.correct_by_words(turn, case)
    if turn.is_legible and _only_tells_a_phone(turn, case):
        return [turn.say("formulir.nomor_tidak_perlu"), summary(turn, case)]
    if turn.is_legible:
        states = all("ringkasan" in intent.may_answer for intent in several.meant(turn))
        sure, move = several.surely(turn), reading.move(several.only_wish(turn))
        sure = sure or (move.kind is Kind.OFFER and reading.is_long(turn))
        changed = corrections.told_anew(turn, case) if states or not sure else None
        changed = changed or (await _digress(turn, case, move) if sure else None)
        if changed is not None:
            return changed
    return [turn.say("formulir.kirim_atau_perbaiki"), summary(turn, case)]


def _only_tells_a_phone(turn: TurnContext, case: Case) -> bool:
    """Whether somebody gives a phone number to a form that asks for none."""
    found = [e for e in turn.understanding.entities if not e.value.isdigit() or e.kind == "hp"]
    asked = any(field.kind == "telepon" for field in form_of_case(case).fields)
    few = not reading.is_long(turn) and not is_question(turn.text)
    return few and bool(found) and all(e.kind == "hp" for e in found) and not asked


async def _digress(turn: TurnContext, case: Case, move: Move) -> Replies | None:
    """Answer something else that was meant, and come back to the question."""
    meant = several.meant(turn)
    if all(intent.reply for intent in meant):
        return None
    asks_news = all(intent.case == NEWS for intent in meant) or _rather_news(turn, meant)
    of_this = targets.item(turn) in {case.slug, None}
    if asks_news and of_this and not await cases.any_of(turn.session, turn.chat):
        return _and_back(turn, case, await information.asks_duration(turn))
    if all(intent.outside for intent in meant) and not _asks_elsewhere(turn):
        return None
    turn.hear()
    move = _about_this(turn, case, move)
    replies = await several.serve_all(turn) or await carry_out(several.only_wish(turn), move)
    if any(intent.leaves_form for intent in meant) or turn.memory.draft != case.id:
        return replies
    about_another = turn.memory.topic not in {case.slug, None} and bool(replies[-1].buttons)
    if about_another or replies[-1].key.startswith(CHOICES):
        return await with_way_on(turn, replies)
    turn.memory.topic = case.slug
    return _and_back(turn, case, replies)


def _rather_news(turn: TurnContext, meant: Sequence[Intent]) -> bool:
    """Whether a short question that seems to be none of our business asks how it goes on."""
    likely = (c.name for c in turn.understanding.intents if c.confidence >= NEARLY)
    news = any(turn.reference.catalogue.intent(name).case == NEWS for name in likely)
    return news and all(i.outside for i in meant) and targets.elsewhere(turn) is None


def _about_this(turn: TurnContext, case: Case, move: Move) -> Move:
    """A few words that ask ("ga bisa sehari?") are about the open form, unless they name another.

    A name that is only like a word of theirs names nothing.
    """
    if not move.readings or reading.is_long(turn):
        return move
    first, catalogue = move.first, turn.reference.catalogue
    asks = catalogue.intent(first.intent).target == SERVICE and not _opens(turn, first.intent)
    likely = {c.name for c in turn.understanding.targets if c.confidence >= UNLIKELY}
    if not asks or first.target in {None, *likely} or case.slug not in catalogue.services:
        return move
    return Move(move.kind, (Reading(first.intent, case.slug, first.share), *move.readings[1:]))


def _opens(turn: TurnContext, intent: str) -> bool:
    return turn.reference.catalogue.intent(intent).opens


def _asks_elsewhere(turn: TurnContext) -> bool:
    """Whether out of scope is a question or another office's matter, not an odd answer."""
    return is_question(turn.text) or targets.elsewhere(turn) is not None


def _and_back(turn: TurnContext, case: Case, replies: Replies) -> Replies:
    plain = [Reply(reply.key, reply.text) for reply in replies]
    return [*plain, next_step(turn, case)]
