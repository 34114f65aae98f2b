"""Photos and documents that come while a form is open, in whatever order."""

from __future__ import annotations

from actions.casework import cases as casework
from actions.casework import returned
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies
from actions.dialogue.talk import form
from actions.dialogue.talk.answering import accept, explain
from actions.domain.messages import FileFault, StoredFile
from actions.domain.status import Status
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Field
from actions.storage.tables import Case


async def take_file(turn: TurnContext, case: Case) -> Replies:
    """Keep a photo or document for the field that waits for one, in whatever order it came."""
    file = turn.incoming.file
    field = _file_field(turn, case)
    if file is None or (field is None and case.status == Status.DRAFT):
        return [turn.say("berkas.tidak_perlu"), form.next_step(turn, case)]
    stored = turn.stored_file(file)
    if isinstance(stored, FileFault):
        return [turn.say(f"berkas.{stored.key}"), form.next_step(turn, case)]
    if field is None:
        field = _beyond_the_form(turn, case)
    return _keep(turn, case, field, stored)


def _keep(turn: TurnContext, case: Case, field: Field, stored: StoredFile) -> Replies:
    key = "berkas.diganti" if case.answers.get(field.key) else "berkas.diterima"
    try:
        replies = accept(turn, case, field, RawAnswer(file=stored))
    except Unreadable as error:
        return explain(turn, case, field, error)
    casework.attach(turn.session, case, field.key, stored, turn.now)
    return [turn.say(key, hal=field.label), *replies]


def _beyond_the_form(turn: TurnContext, case: Case) -> Field:
    """Where a file goes that answers an officer's question; the question is answered by it."""
    asked = form.pending(turn, case)
    if asked is not None and returned.is_question_of_officer(asked):
        sheet = form.form_of_case(case)
        answers = engine.skip(sheet, case.answers, asked.key)
        casework.save_answers(case, answers, turn.now)
    return returned.make_room(turn.reference, case)


def _file_field(turn: TurnContext, case: Case) -> Field | None:
    waiting = form.pending(turn, case)
    if waiting is not None and waiting.kind in UPLOADS:
        return waiting
    if case.status != Status.DRAFT:
        return None
    sheet = form.form_of_case(case)
    wanted = [f for f in engine.visible(sheet, case.answers) if f.kind in UPLOADS]
    empty = [field for field in wanted if not case.answers.get(field.key)]
    return next(iter(empty or wanted), None)
