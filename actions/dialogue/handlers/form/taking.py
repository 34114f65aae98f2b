"""What an open form takes from the tray: each thing for the question that has a place for it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from actions.casework import attachments, cases, returned
from actions.casework.returned import form_of_case
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.form.answers import accept
from actions.dialogue.handlers.form.build import STORY
from actions.dialogue.handlers.form.questions import pending
from actions.dialogue.registry import Replies
from actions.dialogue.wording import length_of
from actions.domain.messages import Contact, Location, Reply, StoredFile
from actions.domain.status import Status
from actions.domain.text import words_of
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Field
from actions.storage.tables import Attachment, Case

PLACE_OF_PHOTO = "tempat_foto"
PLACE, PHONE = "lokasi", "telepon"
OWN_WORDS = "kata"
FILES = frozenset({"berkas", "suara"})
"""What of the tray lies in the table of attachments."""
ANSWERED_BY = {
    **{kind: frozenset({"berkas"}) for kind in UPLOADS},
    PLACE: frozenset({"lokasi"}),
    PHONE: frozenset({"kontak"}),
}
"""What lies on the tray, by the kind of question that it answers."""

Taken = tuple[Replies, Rows, bool]
"""What is said of it, ways to change that, and whether anything was taken."""


async def take_all(turn: TurnContext, case: Case) -> Taken:
    """Let a form take what it has a place for; the rest stays where it is."""
    untouched = turn.memory.untouched
    said: Replies = []
    ways: list[Sequence[Any]] = []
    taken = False
    for one in list(turn.memory.shared):
        if "milik" not in one and one["jenis"] in _TAKERS:
            reply = _TAKERS[one["jenis"]](turn, case, one)
            taken = taken or reply is not None
            said += reply or []
    if any(one["jenis"] in FILES and "milik" not in one for one in turn.memory.shared):
        for file_said, file_ways in await _take_files(turn, case):
            taken = True
            said.append(file_said)
            ways += file_ways
    offer = _place_of_photo(turn, case)
    turn.memory.untouched = untouched
    if offer is not None:
        said.append(offer)
        ways.append([turn.button("tempat_foto", "photoplace", case.id)])
    return said, ways, taken


def put_on_map(turn: TurnContext, case: Case, one: dict[str, Any]) -> Replies | None:
    """A shared place, for the question of a place; beside the words that told it."""
    field = _field_for(turn, case, PLACE)
    if field is None:
        return None
    raw = RawAnswer(location=Location(one["lat"], one["lon"]))
    return _accepted(turn, case, one, field, raw, "berkas.lokasi_dicatat")


def _take_contact(turn: TurnContext, case: Case, one: dict[str, Any]) -> Replies | None:
    field = _field_for(turn, case, PHONE)
    if field is None:
        return None
    raw = RawAnswer(contact=Contact(one["nomor"], own=one["sendiri"]))
    return _accepted(turn, case, one, field, raw, "berkas.nomor_dicatat")


def _accepted(
    turn: TurnContext,
    case: Case,
    one: dict[str, Any],
    field: Field,
    raw: RawAnswer,
    key: str,
) -> Replies:
    """Store it, and say so where something else was asked."""
    one["milik"] = case.id
    try:
        accept(turn, case, field, raw)
    except Unreadable as error:
        turn.memory.shared.remove(one)
        text = turn.reference.texts.html(f"salah.{error.key}", **error.params)
        return [Reply(f"salah.{error.key}", text)]
    was_asked = (turn.memory.last_key or "").endswith(f"tanya.{field.key}")
    return [] if was_asked else [turn.say(key)]


def _take_words(
    turn: TurnContext,
    case: Case,
    one: dict[str, Any],
) -> Replies | None:
    """Passed-on words, for what is told of a complaint."""
    if STORY not in {field.key for field in form_of_case(case).fields}:
        return None
    one["milik"] = case.id
    told = [str(text) for text in (case.answers.get(STORY), one["teks"]) if text]
    cases.save_answers(case, {**case.answers, STORY: "\n".join(told)}, turn.now)
    return [turn.say("berkas.pesan_dicatat")]


def _take_own_words(turn: TurnContext, case: Case, one: dict[str, Any]) -> Replies | None:
    """Words said just before, in front of those that began the report."""
    begun = case.answers.get(STORY)
    if not begun or one["teks"] in str(begun):
        return None
    one["milik"] = case.id
    cases.save_answers(case, {**case.answers, STORY: f"{one['teks']}\n{begun}"}, turn.now)
    return []


_TAKERS = {
    "lokasi": put_on_map,
    "kontak": _take_contact,
    "pesan": _take_words,
    OWN_WORDS: _take_own_words,
}


def _field_for(turn: TurnContext, case: Case, kind: str) -> Field | None:
    """The question of a kind: the one that waits, an open one, else the last of them."""
    waiting = pending(turn, case)
    if waiting is not None and waiting.kind == kind:
        return waiting
    fields = [f for f in engine.visible(form_of_case(case), case.answers) if f.kind == kind]
    open_ones = [field for field in fields if case.answers.get(field.key) is None]
    return next(iter([*open_ones, *fields[-1:]]), None)


def _place_of_photo(turn: TurnContext, case: Case) -> Reply | None:
    """Offer the place that a photo tells, where no place is known yet."""
    found = [one for one in turn.memory.shared if one["jenis"] == PLACE_OF_PHOTO]
    field = _field_for(turn, case, PLACE)
    if not found or field is None or "ditawarkan" in found[-1]:
        return None
    known = case.answers.get(field.key)
    if isinstance(known, dict) and "lat" in known:
        return None
    where = Location(found[-1]["lat"], found[-1]["lon"])
    raw = RawAnswer(location=where)
    try:
        engine.answer(form_of_case(case), case.answers, field.key, raw, turn.form_context)
    except Unreadable:
        return None
    found[-1]["ditawarkan"] = True
    return turn.say("berkas.tempat_foto", lintang=where.latitude, bujur=where.longitude)


async def _take_files(turn: TurnContext, case: Case) -> list[tuple[Reply, Rows]]:
    """Let files answer the questions for files, an album together; voices go with the case."""
    waiting = list(await attachments.early(turn.session, turn.chat, turn.now))
    found: dict[str, tuple[Reply, Rows]] = {}
    for voice in [file for file in waiting if file.mime in attachments.SOUNDS]:
        voice.case_id, voice.field = case.id, attachments.VOICE
        lasts = length_of(voice.seconds or 0)
        key = "berkas.suara_disimpan" if turn.text else "berkas.suara_diterima"
        found[attachments.VOICE] = (turn.say(key, lama=lasts), [])
    papers = [file for file in waiting if file.mime not in attachments.SOUNDS]
    new = {file.id for file in papers}
    for _, group in groupby(papers, key=lambda file: file.album or file.id):
        field = await _field_of_file(turn, case)
        if field is not None:
            found[field.key] = await _answer_with(turn, case, field, list(group), new)
    if all(file.case_id is not None for file in waiting):
        for one in turn.memory.shared:
            one.update({"milik": case.id} if one["jenis"] in FILES else {})
    return list(found.values())


async def _field_of_file(turn: TurnContext, case: Case) -> Field | None:
    """The field that a file is for: what waits, what is still empty, else the last one again."""
    waiting = pending(turn, case)
    if waiting is not None and waiting.kind in UPLOADS:
        return waiting
    if case.status != Status.DRAFT:
        return _beyond_the_form(turn, case)
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


def _beyond_the_form(turn: TurnContext, case: Case) -> Field:
    """Where a file goes that answers an officer's question; the question is answered by it."""
    asked = pending(turn, case)
    if asked is not None and returned.is_question_of_officer(asked):
        answers = engine.skip(form_of_case(case), case.answers, asked.key)
        cases.save_answers(case, answers, turn.now)
    return returned.make_room(turn.reference, case)


async def _answer_with(
    turn: TurnContext,
    case: Case,
    field: Field,
    files: Sequence[Attachment],
    new: set[int],
) -> tuple[Reply, Rows]:
    """Let files answer a question, beside those that did before."""
    before = await attachments.of_field(turn.session, case, field.key)
    replaced = bool(before) and (turn.memory.editing == field.key or _says_so(turn))
    if replaced:
        await attachments.make_way(turn.session, case, field.key)
        before = []
    known = {kept.name for kept in before}
    for file in files:
        if len(before) < attachments.MOST and file.name not in known:
            file.case_id, file.field = case.id, field.key
            before = [*before, file]
            known.add(file.name)
        else:
            await attachments.let_go(turn.session, Attachment.id == file.id)
    tell(turn, case, field, before)
    return _said(turn, case, field, before, new, replaced=replaced)


def tell(turn: TurnContext, case: Case, field: Field, files: Sequence[Attachment]) -> None:
    """Make the files the answer to a question."""
    newest = files[-1]
    size = sum(file.size for file in files)
    raw = RawAnswer(file=StoredFile(newest.name, newest.mime, size), count=len(files))
    accept(turn, case, field, raw)


def _said(
    turn: TurnContext,
    case: Case,
    field: Field,
    kept: Sequence[Attachment],
    new: set[int],
    *,
    replaced: bool,
) -> tuple[Reply, Rows]:
    if replaced:
        return turn.say("berkas.diganti", hal=field.label), []
    if len(kept) >= attachments.MOST and not new & {file.id for file in kept[-1:]}:
        return turn.say("berkas.cukup", hal=field.label, jumlah=attachments.MOST), []
    if kept[0].id not in new and new & {file.id for file in kept}:
        newest = turn.button("pakai_yang_baru", "newest", case.id, field.key)
        return turn.say("berkas.ditambah", hal=field.label, jumlah=len(kept)), [[newest]]
    if len(kept) > 1:
        return turn.say("berkas.diterima_banyak", hal=field.label, jumlah=len(kept)), []
    return turn.say("berkas.diterima", hal=field.label), []


def _says_so(turn: TurnContext) -> bool:
    """Whether the words say that the picture before was no good."""
    return bool(set(words_of(turn.text)) & {*turn.reference.words["perbaiki"]["foto_buruk"]})
