"""Photos and documents that come while a form is open, in whatever order."""

from __future__ import annotations

from actions.casework import requests as casework
from actions.casework import returned
from actions.domain.status import Status
from actions.flow import engine
from actions.flow.context import Given, Unreadable
from actions.flow.forms import UPLOADS, Field
from actions.registry import Replies
from actions.scene import Scene
from actions.storage.tables import Request
from actions.talk import form
from actions.talk.answering import accept, explain
from actions.turn import FileFault, StoredFile


async def take_file(scene: Scene, request: Request) -> Replies:
    """Keep a photo or document for the field that waits for one, in whatever order it came."""
    file = scene.incoming.file
    field = _file_field(scene, request)
    if file is None or (field is None and request.status == Status.DRAFT):
        return [scene.say("berkas.tidak_perlu"), form.next_step(scene, request)]
    stored = scene.stored_file(file)
    if isinstance(stored, FileFault):
        return [scene.say(f"berkas.{stored.key}"), form.next_step(scene, request)]
    if field is None:
        field = _beyond_the_form(scene, request)
    return _keep(scene, request, field, stored)


def _keep(scene: Scene, request: Request, field: Field, stored: StoredFile) -> Replies:
    key = "berkas.diganti" if request.answers.get(field.key) else "berkas.diterima"
    try:
        replies = accept(scene, request, field, Given(file=stored))
    except Unreadable as error:
        return explain(scene, request, field, error)
    casework.attach(scene.session, request, field.key, stored, scene.now)
    return [scene.say(key, hal=field.label), *replies]


def _beyond_the_form(scene: Scene, request: Request) -> Field:
    """Where a file goes that answers an officer's question; the question is answered by it."""
    asked = form.pending(scene, request)
    if asked is not None and returned.is_question_of_officer(asked):
        sheet = form.form_of_request(request)
        answers = engine.skip(sheet, request.answers, asked.key)
        casework.save_answers(request, answers, scene.now)
    return returned.make_room(scene.hall, request)


def _file_field(scene: Scene, request: Request) -> Field | None:
    waiting = form.pending(scene, request)
    if waiting is not None and waiting.kind in UPLOADS:
        return waiting
    if request.status != Status.DRAFT:
        return None
    sheet = form.form_of_request(request)
    wanted = [f for f in engine.visible(sheet, request.answers) if f.kind in UPLOADS]
    empty = [field for field in wanted if not request.answers.get(field.key)]
    return next(iter(empty or wanted), None)
