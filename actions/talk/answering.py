"""Reads what a citizen gives while a form is open, and explains what could not be read."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import requests as casework
from actions.domain.status import Status
from actions.flow import engine
from actions.flow.context import Given, Unreadable
from actions.flow.forms import Answers, Field
from actions.flow.kinds import KINDS
from actions.registry import Replies, presses
from actions.scene import Scene
from actions.storage.tables import Request
from actions.talk import form, waiting
from actions.talk.menu import main_menu
from actions.talk.waiting import Waiting
from actions.turn import Reply

TRIES = 2


def given(scene: Scene) -> Given | None:
    """What came in as the form engine takes it; None for what no field can be."""
    incoming = scene.incoming
    if incoming.contact is not None:
        return Given(contact=incoming.contact)
    if incoming.location is not None:
        return Given(location=incoming.location)
    return Given(text=scene.text) if scene.text else None


def yes_or_no(scene: Scene) -> bool:
    """Whether the words mean yes; raises Unreadable when they mean neither."""
    field = Field(key="setuju", kind="ya_tidak", label="", question="")
    return KINDS["ya_tidak"].read(Given(text=scene.text), field, scene.form_context) == "ya"


def accept(scene: Scene, request: Request, field: Field, value: Given) -> Replies:
    """Store an answer and go on; raises Unreadable."""
    sheet = form.form_of_request(request)
    answers = engine.answer(sheet, request.answers, field.key, value, scene.form_context)
    return _stored(scene, request, field, answers)


def correct_now(scene: Scene, request: Request, field: Field, value: Given) -> Replies:
    """Replace an answer, say so, and go on; raises Unreadable."""
    was = request.answers.get(field.key)
    replies = accept(scene, request, field, value)
    return (
        replies if was is None else [scene.say("formulir.dibetulkan", hal=field.label), *replies]
    )


def _stored(scene: Scene, request: Request, field: Field, answers: Answers) -> Replies:
    casework.save_answers(request, answers, scene.now)
    scene.memory.attempts.pop(field.key, None)
    if scene.memory.editing == field.key:
        scene.memory.editing = None
    scene.memory.misses = 0
    return [form.next_step(scene, request)]


def explain(scene: Scene, request: Request, field: Field, error: Unreadable) -> Replies:
    """Say what is wrong; from the second time in other words, with a way past."""
    tries = scene.memory.attempts.get(field.key, 0) + 1
    scene.memory.attempts[field.key] = tries
    text = scene.hall.texts.html(f"salah.{error.key}", tries - 1, **error.params)
    replies = [Reply(f"salah.{error.key}", text)]
    if tries >= TRIES and field.required:
        replies.append(_no_wall(scene, request, field))
        return replies
    return [*replies, form.question(scene, request, field)]


def pass_over(scene: Scene, request: Request, field: Field) -> Replies:
    """Leave a question unanswered: an optional one at once, a required one when sure."""
    if not field.required:
        return skip(scene, request, field)
    if scene.memory.attempts.get(field.key, 0) >= TRIES:
        sheet = form.form_of_request(request)
        return _stored(scene, request, field, engine.defer(sheet, request.answers, field.key))
    scene.memory.attempts[field.key] = TRIES
    return [_no_wall(scene, request, field)]


def _no_wall(scene: Scene, request: Request, field: Field) -> Reply:
    """After two tries: leave it to an officer, or talk to one."""
    asked = form.question(scene, request, field)
    leave = [scene.button("lewati_dulu", "leave", request.id, field.key),
             scene.button("petugas", "human")]  # fmt: skip
    help_text = scene.word("formulir.tidak_apa")
    return Reply(asked.key, f"{help_text}\n\n{asked.text}", (*asked.buttons, tuple(leave)),
                 asked.ask)  # fmt: skip


async def _own(scene: Scene, request_id: str) -> Request | None:
    """The request of a button, when it is this chat's and still takes answers."""
    request = await casework.draft(scene.session, scene.chat, int(request_id))
    if request is not None:
        scene.memory.draft = request.id
    return request


def stale(scene: Scene) -> Replies:
    """The answer to a button of a form that is over."""
    return [scene.say("umum.tombol_lama"), main_menu(scene)]


def _field(request: Request, key: str) -> Field | None:
    sheet = form.form_of_request(request)
    return next((f for f in engine.visible(sheet, request.answers) if f.key == key), None)


@presses("pick")
async def _pick(scene: Scene, args: list[str]) -> Replies:
    request_id, key, choice = args
    request = await _own(scene, request_id)
    field = _field(request, key) if request else None
    if request is None or field is None:
        return stale(scene)
    if scene.memory.editing == key:
        return accept(scene, request, field, Given(button=choice))
    return correct_now(scene, request, field, Given(button=choice))


@presses("skip")
async def _skip(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    field = _field(request, args[1]) if request else None
    if request is None or field is None or field.required:
        return stale(scene)
    return skip(scene, request, field)


def skip(scene: Scene, request: Request, field: Field) -> Replies:
    """Leave an optional question unanswered."""
    sheet = form.form_of_request(request)
    return _stored(scene, request, field, engine.skip(sheet, request.answers, field.key))


@presses("leave")
async def _leave(scene: Scene, args: list[str]) -> Replies:
    """Pass over a required question that could not be answered: an officer completes it."""
    request = await _own(scene, args[0])
    field = _field(request, args[1]) if request else None
    if request is None or field is None or field.key not in scene.memory.attempts:
        return stale(scene)
    sheet = form.form_of_request(request)
    return _stored(scene, request, field, engine.defer(sheet, request.answers, field.key))


@presses("send")
async def _send(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    return await form.send(scene, request) if request else await _sent_before(scene, args[0])


async def _sent_before(scene: Scene, request_id: str) -> Replies:
    """A second press tells the code again instead of sending twice."""
    request = await scene.session.get(Request, int(request_id))
    if request is None or request.chat != scene.chat or request.code is None:
        return stale(scene)
    ways = [[scene.button("status_ini", "status", request.code)]]
    return [scene.say("formulir.sudah_dikirim", ways, kode=request.code)]


@presses("edit")
async def _edit(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    if request is None:
        return stale(scene)
    if len(args) == 1:
        return [form.fields_to_correct(scene, request)]
    field = _field(request, args[1])
    return stale(scene) if field is None else correct(scene, request, field)


def correct(scene: Scene, request: Request, field: Field) -> Replies:
    """Ask one field again."""
    scene.memory.editing = field.key
    return [form.question(scene, request, field)]


@presses("drop")
async def _drop(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    return stale(scene) if request is None else await cancel(scene, request)


async def cancel(scene: Scene, request: Request) -> Replies:
    """Give the open form up and say so, with the way to begin again."""
    called = scene.hall.catalogue.item(request.slug).called
    was_draft = request.status == Status.DRAFT
    await form.drop(scene, request)
    if not was_draft:
        again = scene.button("lengkapi", "complete", request.id)
        ways = [[again], [scene.button("cabut", "withdraw", request.id)]]
        return [scene.say("formulir.belum_dilengkapi", ways, kode=request.code)]
    ways = [[scene.button("mulai_lagi", "start", request.slug)], [scene.button("menu", "menu")]]
    return [scene.say("formulir.dibatalkan", ways, hal=called)]


@presses("resume")
async def _resume(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    if request is None:
        return stale(scene)
    scene.memory.editing = None
    return await resume(scene, request)


async def resume(scene: Scene, request: Request) -> Replies:
    """Go on with the form; what was written before the question counts as the answer."""
    parked, scene.memory.parked = scene.memory.parked, None
    field = form.pending(scene, request)
    if parked and field is not None:
        try:
            return accept(scene, request, field, Given(text=parked))
        except Unreadable:
            pass
    return [form.resume_question(scene, request)]


@presses("switch")
async def _switch(scene: Scene, args: list[str]) -> Replies:
    """Leave the open form for another one; its draft is given up."""
    request = await _own(scene, args[0])
    if request is not None:
        await form.drop(scene, request)
    wish = waiting.of(scene, args[1])
    return await begin(scene, wish) if wish else await form.start(scene, args[1])


async def begin(scene: Scene, wish: Waiting) -> Replies:
    """Open the form of a wish that waited, with what was said for it."""
    told = replace(scene, incoming=replace(scene.incoming, text=wish.text or None))
    return await form.start(told, wish.slug, wish.found)


@presses("start")
async def _start(scene: Scene, args: list[str]) -> Replies:
    catalogue = scene.hall.catalogue
    if args[0] not in catalogue.services and args[0] not in catalogue.complaints:
        return stale(scene)
    return await form.start(scene, args[0])


@presses("complete")
async def _complete(scene: Scene, args: list[str]) -> Replies:
    """Open the form of a request that an officer returned."""
    request = await _own(scene, args[0])
    return stale(scene) if request is None else [form.next_step(scene, request)]
