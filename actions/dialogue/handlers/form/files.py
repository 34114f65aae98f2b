"""Photos and documents: for the open form in whatever order, or without one."""

from actions.casework import attachments, cases, returned
from actions.casework.chats import lock_chat
from actions.casework.returned import form_of_case
from actions.dialogue import reading
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.form.answers import accept, explain
from actions.dialogue.handlers.form.questions import next_step, open_case, pending
from actions.dialogue.registry import ON_INTENT, Replies
from actions.domain.messages import FileFault, StoredFile
from actions.domain.status import Status
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Field
from actions.storage.tables import Case


async def take_file(turn: TurnContext, case: Case) -> Replies:
    """Keep a photo or document for the field that waits for one, in whatever order it came."""
    file = turn.incoming.file
    field = await _file_field(turn, case)
    if file is None or (field is None and case.status == Status.DRAFT):
        return [turn.say("berkas.tidak_perlu"), next_step(turn, case)]
    stored = turn.stored_file(file)
    if isinstance(stored, FileFault):
        return [turn.say(f"berkas.{stored.key}"), next_step(turn, case)]
    return await _keep(turn, case, field or _beyond_the_form(turn, case), stored)


async def _keep(turn: TurnContext, case: Case, field: Field, stored: StoredFile) -> Replies:
    key = "berkas.diganti" if case.answers.get(field.key) else "berkas.diterima"
    try:
        replies = accept(turn, case, field, RawAnswer(file=stored))
    except Unreadable as error:
        return explain(turn, case, field, error)
    await attachments.make_way(turn.session, case, field.key)
    album = await _album(turn)
    cases.attach(turn.session, case, field.key, stored, turn.now, album=album)
    return [turn.say(key, hal=field.label), *replies]


async def _album(turn: TurnContext) -> str | None:
    """The album that this file may be the first of; a later file is never of an older one."""
    return (await lock_chat(turn.session, turn.chat, turn.now)).album


def _beyond_the_form(turn: TurnContext, case: Case) -> Field:
    """Where a file goes that answers an officer's question; the question is answered by it."""
    asked = pending(turn, case)
    if asked is not None and returned.is_question_of_officer(asked):
        answers = engine.skip(form_of_case(case), case.answers, asked.key)
        cases.save_answers(case, answers, turn.now)
    return returned.make_room(turn.reference, case)


async def _file_field(turn: TurnContext, case: Case) -> Field | None:
    """The field that a file is for: what waits, what is still empty, else the last one again."""
    waiting = pending(turn, case)
    if waiting is not None and waiting.kind in UPLOADS:
        return waiting
    if case.status != Status.DRAFT:
        return None
    visible = engine.visible(form_of_case(case), case.answers)
    wanted = [field for field in visible if field.kind in UPLOADS]
    empty = [field for field in wanted if not case.answers.get(field.key)]
    if empty or not wanted:
        return next(iter(empty), None)
    given = [kept.field for kept in await cases.attachments(turn.session, case)]
    return max(wanted, key=lambda field: _last(given, field.key))


def _last(given: list[str], key: str) -> int:
    """Where a field stands last among those that files were given for."""
    return max((at for at, other in enumerate(given) if other == key), default=-1)


async def file_without_form(turn: TurnContext) -> Replies | None:
    """A picture or place that nobody asked for; its caption may say what it is for.

    A picture waits for the form that is begun next.
    """
    incoming = turn.incoming
    if incoming.file is None and incoming.location is None and incoming.contact is None:
        return None
    if incoming.file is not None and turn.text and turn.is_legible:
        begun = await _begun_by_caption(turn)
        if begun is not None:
            return begun
    kept = await _kept_early(turn)
    if kept is not None:
        return kept
    return [turn.say("berkas.tanpa_formulir", _ways(turn))]


async def _kept_early(turn: TurnContext) -> Replies | None:
    """Keep a picture that came before its form."""
    if turn.incoming.file is None:
        return None
    stored = turn.stored_file(turn.incoming.file)
    if isinstance(stored, FileFault):
        return [turn.say(f"berkas.{stored.key}", _ways(turn))]
    album = await _album(turn)
    await attachments.keep_early(turn.session, turn.chat, album, stored, turn.now)
    return [turn.say("berkas.disimpan_dulu", _ways(turn))]


def _ways(turn: TurnContext) -> Rows:
    return [[turn.button("lapor", "complaints", 0)], [turn.button("menu", "menu")]]


async def _begun_by_caption(turn: TurnContext) -> Replies | None:
    """The form that the caption asks for, with the picture in it."""
    known = turn.understanding
    opens = turn.reference.catalogue.intent(known.intent.name).opens
    if not opens or not reading.is_sure(turn):
        return None
    replies = await ON_INTENT[known.intent.name](turn)
    case = await open_case(turn)
    return replies if case is None else [*replies[:-1], *await take_file(turn, case)]
