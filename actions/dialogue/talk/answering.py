"""Reads what a citizen gives while a form is open, and explains what could not be read."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import cases as casework
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk import form, waiting
from actions.dialogue.talk.menu import main_menu
from actions.dialogue.talk.waiting import Waiting
from actions.domain.messages import Reply
from actions.domain.status import Status
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Answers, Field
from actions.forms.kinds import KINDS
from actions.storage.tables import Case

TRIES = 2


def given(turn: TurnContext) -> RawAnswer | None:
    """What came in as the form engine takes it; None for what no field can be."""
    incoming = turn.incoming
    if incoming.contact is not None:
        return RawAnswer(contact=incoming.contact)
    if incoming.location is not None:
        return RawAnswer(location=incoming.location)
    return RawAnswer(text=turn.text) if turn.text else None


def yes_or_no(turn: TurnContext) -> bool:
    """Whether the words mean yes; raises Unreadable when they mean neither."""
    field = Field(key="setuju", kind="ya_tidak", label="", question="")
    return KINDS["ya_tidak"].read(RawAnswer(text=turn.text), field, turn.form_context) == "ya"


def accept(turn: TurnContext, case: Case, field: Field, value: RawAnswer) -> Replies:
    """Store an answer and go on; raises Unreadable."""
    sheet = form.form_of_case(case)
    answers = engine.answer(sheet, case.answers, field.key, value, turn.form_context)
    return _stored(turn, case, field, answers)


def correct_now(turn: TurnContext, case: Case, field: Field, value: RawAnswer) -> Replies:
    """Replace an answer, say so, and go on; raises Unreadable."""
    was = case.answers.get(field.key)
    replies = accept(turn, case, field, value)
    return replies if was is None else [turn.say("formulir.dibetulkan", hal=field.label), *replies]


def _stored(turn: TurnContext, case: Case, field: Field, answers: Answers) -> Replies:
    casework.save_answers(case, answers, turn.now)
    turn.memory.attempts.pop(field.key, None)
    if turn.memory.editing == field.key:
        turn.memory.editing = None
    turn.memory.misses = 0
    return [form.next_step(turn, case)]


def explain(turn: TurnContext, case: Case, field: Field, error: Unreadable) -> Replies:
    """Say what is wrong; from the second time in other words, with a way past."""
    tries = turn.memory.attempts.get(field.key, 0) + 1
    turn.memory.attempts[field.key] = tries
    text = turn.reference.texts.html(f"salah.{error.key}", tries - 1, **error.params)
    replies = [Reply(f"salah.{error.key}", text)]
    if tries >= TRIES and field.required:
        replies.append(_no_wall(turn, case, field))
        return replies
    return [*replies, form.question(turn, case, field)]


def pass_over(turn: TurnContext, case: Case, field: Field) -> Replies:
    """Leave a question unanswered: an optional one at once, a required one when sure."""
    if not field.required:
        return skip(turn, case, field)
    if turn.memory.attempts.get(field.key, 0) >= TRIES:
        sheet = form.form_of_case(case)
        return _stored(turn, case, field, engine.defer(sheet, case.answers, field.key))
    turn.memory.attempts[field.key] = TRIES
    return [_no_wall(turn, case, field)]


def _no_wall(turn: TurnContext, case: Case, field: Field) -> Reply:
    """After two tries: leave it to an officer, or talk to one."""
    asked = form.question(turn, case, field)
    leave = [
        turn.button("lewati_dulu", "leave", case.id, field.key),
        turn.button("petugas", "human"),
    ]
    help_text = turn.word("formulir.tidak_apa")
    return Reply(
        asked.key, f"{help_text}\n\n{asked.text}", (*asked.buttons, tuple(leave)), asked.ask
    )


async def _own(turn: TurnContext, case_id: str) -> Case | None:
    """The request of a button, when it is this chat's and still takes answers."""
    case = await casework.draft(turn.session, turn.chat, int(case_id))
    if case is not None:
        turn.memory.draft = case.id
    return case


def stale(turn: TurnContext) -> Replies:
    """The answer to a button of a form that is over."""
    return [turn.say("umum.tombol_lama"), main_menu(turn)]


def _field(case: Case, key: str) -> Field | None:
    sheet = form.form_of_case(case)
    return next((f for f in engine.visible(sheet, case.answers) if f.key == key), None)


@on_button("pick")
async def _pick(turn: TurnContext, args: list[str]) -> Replies:
    case_id, key, choice = args
    case = await _own(turn, case_id)
    field = _field(case, key) if case else None
    if case is None or field is None:
        return stale(turn)
    if turn.memory.editing == key:
        return accept(turn, case, field, RawAnswer(button=choice))
    return correct_now(turn, case, field, RawAnswer(button=choice))


@on_button("skip")
async def _skip(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    field = _field(case, args[1]) if case else None
    if case is None or field is None or field.required:
        return stale(turn)
    return skip(turn, case, field)


def skip(turn: TurnContext, case: Case, field: Field) -> Replies:
    """Leave an optional question unanswered."""
    sheet = form.form_of_case(case)
    return _stored(turn, case, field, engine.skip(sheet, case.answers, field.key))


@on_button("leave")
async def _leave(turn: TurnContext, args: list[str]) -> Replies:
    """Pass over a required question that could not be answered: an officer completes it."""
    case = await _own(turn, args[0])
    field = _field(case, args[1]) if case else None
    if case is None or field is None or field.key not in turn.memory.attempts:
        return stale(turn)
    sheet = form.form_of_case(case)
    return _stored(turn, case, field, engine.defer(sheet, case.answers, field.key))


@on_button("send")
async def _send(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    return await form.send(turn, case) if case else await _sent_before(turn, args[0])


async def _sent_before(turn: TurnContext, case_id: str) -> Replies:
    """A second press tells the code again instead of sending twice."""
    case = await turn.session.get(Case, int(case_id))
    if case is None or case.chat != turn.chat or case.code is None:
        return stale(turn)
    ways = [[turn.button("status_ini", "status", case.code)]]
    return [turn.say("formulir.sudah_dikirim", ways, kode=case.code)]


@on_button("edit")
async def _edit(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    if case is None:
        return stale(turn)
    if len(args) == 1:
        return [form.fields_to_correct(turn, case)]
    field = _field(case, args[1])
    return stale(turn) if field is None else correct(turn, case, field)


def correct(turn: TurnContext, case: Case, field: Field) -> Replies:
    """Ask one field again."""
    turn.memory.editing = field.key
    return [form.question(turn, case, field)]


@on_button("drop")
async def _drop(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    return stale(turn) if case is None else await cancel(turn, case)


async def cancel(turn: TurnContext, case: Case) -> Replies:
    """Give the open form up and say so, with the way to begin again."""
    called = turn.reference.catalogue.item(case.slug).called
    was_draft = case.status == Status.DRAFT
    await form.drop(turn, case)
    if not was_draft:
        again = turn.button("lengkapi", "complete", case.id)
        ways = [[again], [turn.button("cabut", "withdraw", case.id)]]
        return [turn.say("formulir.belum_dilengkapi", ways, kode=case.code)]
    ways = [[turn.button("mulai_lagi", "start", case.slug)], [turn.button("menu", "menu")]]
    return [turn.say("formulir.dibatalkan", ways, hal=called)]


@on_button("resume")
async def _resume(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    if case is None:
        return stale(turn)
    turn.memory.editing = None
    return await resume(turn, case)


async def resume(turn: TurnContext, case: Case) -> Replies:
    """Go on with the form; what was written before the question counts as the answer."""
    parked, turn.memory.parked = turn.memory.parked, None
    field = form.pending(turn, case)
    if parked and field is not None:
        try:
            return accept(turn, case, field, RawAnswer(text=parked))
        except Unreadable:
            pass
    return [form.resume_question(turn, case)]


@on_button("switch")
async def _switch(turn: TurnContext, args: list[str]) -> Replies:
    """Leave the open form for another one; its draft is given up."""
    case = await _own(turn, args[0])
    if case is not None:
        await form.drop(turn, case)
    wish = waiting.of(turn, args[1])
    return await begin(turn, wish) if wish else await form.start(turn, args[1])


async def begin(turn: TurnContext, wish: Waiting) -> Replies:
    """Open the form of a wish that waited, with what was said for it."""
    told = replace(turn, incoming=replace(turn.incoming, text=wish.text or None))
    return await form.start(told, wish.slug, wish.found)


@on_button("start")
async def _start(turn: TurnContext, args: list[str]) -> Replies:
    catalogue = turn.reference.catalogue
    if args[0] not in catalogue.services and args[0] not in catalogue.complaints:
        return stale(turn)
    return await form.start(turn, args[0])


@on_button("complete")
async def _complete(turn: TurnContext, args: list[str]) -> Replies:
    """Open the form of a request that an officer returned."""
    case = await _own(turn, args[0])
    return stale(turn) if case is None else [form.next_step(turn, case)]
