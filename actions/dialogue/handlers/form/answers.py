"""One answer in an open form: read, stored, explained, skipped, or left to an officer."""

from collections.abc import Sequence
from dataclasses import replace

from actions.casework import cases
from actions.casework.returned import form_of_case
from actions.dialogue.agreement import means_no, says_done, says_send
from actions.dialogue.context import TurnContext, rows
from actions.dialogue.decide import Reading
from actions.dialogue.handlers.clarify import NO_TARGET, choice
from actions.dialogue.handlers.form.questions import (
    next_step,
    own_draft,
    question,
    stale,
    visible_field,
)
from actions.dialogue.registry import Replies, changeable, on_button, once
from actions.domain.messages import Reply
from actions.domain.text import is_question, words_of
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Answers, Field
from actions.storage.tables import Case

TRIES = 2
TOLD = frozenset({"teks", "pilihan", "ya_tidak"})
FEW_WORDS = 6
NEVER_A_WORD = UPLOADS | {"nama", "nik", "kk", "telepon", "alamat", "lokasi"}
"""Kinds of question that "sudah" never answers."""


def accept(turn: TurnContext, case: Case, field: Field, raw: RawAnswer) -> Replies:
    """Store an answer and go on; raises Unreadable."""
    form = form_of_case(case)
    answers = engine.answer(form, case.answers, field.key, raw, turn.form_context)
    return _stored(turn, case, field, answers)


def correct_now(turn: TurnContext, case: Case, field: Field, raw: RawAnswer) -> Replies:
    """Replace an answer, say so, and go on; raises Unreadable."""
    was = case.answers.get(field.key)
    replies = accept(turn, case, field, raw)
    said = [] if was is None else [turn.say("formulir.dibetulkan", hal=field.label)]
    return [*said, *replies]


def _stored(turn: TurnContext, case: Case, field: Field, answers: Answers) -> Replies:
    cases.save_answers(case, answers, turn.now)
    turn.memory.attempts.pop(field.key, None)
    if turn.memory.editing == field.key:
        turn.memory.editing = None
    turn.memory.misses, turn.memory.untouched, turn.memory.topic = 0, False, case.slug
    turn.memory.answered = [case.id, field.key]
    return [next_step(turn, case)]


def insist(turn: TurnContext, case: Case, field: Field, raw: RawAnswer) -> Replies:
    """Take the words as the answer if that can be done at all, else say what is wrong.

    Where a name is asked and its words hold one, that one may be the answer by itself.
    """
    named = [replace(raw, text=found.value) for found in turn.understanding.of(field.kind)]
    for attempt in (raw, *named[:1], replace(raw, insisted=True)):
        try:
            return accept(turn, case, field, attempt)
        except Unreadable as error:
            fault = error
    return explain(turn, case, field, fault)


def wait(turn: TurnContext, case: Case) -> Reply:
    """Let the citizen look for it; nothing is asked again."""
    return turn.say("formulir.silakan", [[turn.button("lanjutkan", "resume", case.id)]])


def or_something_else(
    turn: TurnContext, case: Case, field: Field, found: Sequence[Reading]
) -> Reply:
    """Ask whether the words answer the question, or what else they want."""
    turn.memory.parked = turn.text
    known = turn.reference.catalogue
    wishes = [wish for wish in found if known.intent(wish.intent).button is not None]
    buttons = [choice(turn, wish.intent, wish.target or NO_TARGET) for wish in wishes]
    ways = [[turn.button("itu_jawaban", "answer", case.id, field.key)], *rows(buttons)]
    return turn.say("formulir.jawaban_atau", ways, hal=field.label)


@on_button("answer")
@once
async def it_is_the_answer(turn: TurnContext, case_id: str, key: str) -> Replies:
    """Store the words that were asked about."""
    case = await own_draft(turn, case_id)
    field = visible_field(case, key) if case else None
    words, turn.memory.parked = turn.memory.parked, None
    if case is None or field is None or not words:
        return stale(turn)
    return insist(turn, case, field, RawAnswer(text=words))


def explain(turn: TurnContext, case: Case, field: Field, error: Unreadable) -> Replies:
    """Say what is wrong; from the second time in other words, with a way past."""
    tries = turn.memory.attempts.get(field.key, 0) + 1
    turn.memory.attempts[field.key] = tries
    text = turn.reference.texts.html(f"salah.{error.key}", tries - 1, **error.params)
    no_wall = tries >= TRIES and field.required
    asked = _no_wall(turn, case, field) if no_wall else question(turn, case, field)
    return [Reply(f"salah.{error.key}", text), asked]


def in_other_words(turn: TurnContext, case: Case, field: Field) -> Replies:
    """How to answer a question; who asks a second time may leave it."""
    tries = turn.memory.attempts.get(field.key, 0) + 1
    turn.memory.attempts[field.key] = tries
    no_wall = tries >= TRIES and field.required
    asked = _no_wall(turn, case, field) if no_wall else question(turn, case, field)
    return [turn.say(f"formulir.maksud.{field.kind}"), asked]


def claims_it_was_given(turn: TurnContext, field: Field) -> bool:
    """Whether "sudah" says of what no such word can be that it was given already."""
    return field.kind in NEVER_A_WORD and says_done(turn)


def not_here_yet(turn: TurnContext, case: Case, field: Field) -> Replies:
    """That an answer has not come, and the question again."""
    return [turn.say("formulir.belum_sampai", hal=field.label), question(turn, case, field)]


def _no_wall(turn: TurnContext, case: Case, field: Field) -> Reply:
    """After two tries: leave it to an officer, or talk to one."""
    asked = question(turn, case, field)
    leave = turn.button("lewati_dulu", "leave", case.id, field.key)
    ways = (*asked.buttons, (leave, turn.button("petugas", "human")))
    return replace(asked, text=f"{turn.word('formulir.tidak_apa')}\n\n{asked.text}", buttons=ways)


def pass_over(turn: TurnContext, case: Case, field: Field) -> Replies:
    """Leave a question unanswered: an optional one at once, a required one when sure."""
    if not field.required:
        return _skip(turn, case, field)
    if turn.memory.attempts.get(field.key, 0) >= TRIES:
        return _leave(turn, case, field)
    turn.memory.attempts[field.key] = TRIES
    return [_no_wall(turn, case, field)]


def _skip(turn: TurnContext, case: Case, field: Field) -> Replies:
    answers = engine.skip(form_of_case(case), case.answers, field.key)
    return _stored(turn, case, field, answers)


def _leave(turn: TurnContext, case: Case, field: Field) -> Replies:
    answers = engine.defer(form_of_case(case), case.answers, field.key)
    return _stored(turn, case, field, answers)


def wants_to_skip(turn: TurnContext, field: Field) -> bool:
    """Whether the words as a whole pass a question over; a no to a picture does too."""
    said, words = turn.text.lower().strip(" ."), turn.reference.words["lewati"]
    if said in words["lewati"]:
        return True
    if said in words["tidak_tahu"]:
        return not (field.required and field.kind in TOLD)
    if field.kind not in UPLOADS or not said:
        return False
    sends = not field.required and says_send(turn)
    return sends or (means_no(turn) and not is_question(said))


def skips_among_others(turn: TurnContext) -> bool:
    """Whether a few words that are no answer pass it over: "nik saya lupa pak"."""
    spoken, words = words_of(turn.text), turn.reference.words["lewati"]
    phrases = (words_of(phrase) for phrase in (*words["lewati"], *words["tidak_tahu"]))
    return len(spoken) <= FEW_WORDS and any(
        phrase and spoken[at : at + len(phrase)] == phrase
        for phrase in phrases
        for at in range(len(spoken))
    )


@on_button("pick")
@changeable
async def pick(turn: TurnContext, case_id: str, key: str, choice: str) -> Replies:
    """A choice, for the first time or instead of another."""
    case = await own_draft(turn, case_id)
    field = visible_field(case, key) if case else None
    if case is None or field is None:
        return stale(turn)
    store = accept if turn.memory.editing == key else correct_now
    try:
        return store(turn, case, field, RawAnswer(button=choice))
    except Unreadable as error:  # a button that we never offered
        return explain(turn, case, field, error)


@on_button("skip")
@once
async def skip(turn: TurnContext, case_id: str, key: str) -> Replies:
    """Leave an optional question unanswered."""
    case = await own_draft(turn, case_id)
    field = visible_field(case, key) if case else None
    if case is None or field is None or field.required:
        return stale(turn)
    return _skip(turn, case, field)


@on_button("leave")
@once
async def leave(turn: TurnContext, case_id: str, key: str) -> Replies:
    """Pass over a required question that could not be answered: an officer completes it."""
    case = await own_draft(turn, case_id)
    field = visible_field(case, key) if case else None
    if case is None or field is None or field.key not in turn.memory.attempts:
        return stale(turn)
    return _leave(turn, case, field)
