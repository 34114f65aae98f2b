"""The open form: its own kinds read first, then the NLU is asked what else was meant."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import cases as casework
from actions.casework import returned
from actions.dialogue.context import TurnContext, press, rows
from actions.dialogue.registry import ON_INTENT, Replies
from actions.dialogue.talk import (
    agreeing,
    answering,
    correcting,
    files,
    form,
    skipping,
    targets,
    wishes,
)
from actions.domain.legible import Legibility, legibility
from actions.domain.messages import Reply
from actions.domain.status import CaseKind
from actions.domain.text import is_question
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.storage.tables import Case

PAUSE_SECONDS = 2 * 60 * 60
STAYS_IN_FORM = frozenset({"setuju", "tolak"})
GO_ON = "lanjutkan"
WISHES = frozenset(
    {
        "ajukan_layanan",
        "lapor",
        "cek_status",
        "permohonan_saya",
        "minta_petugas",
        "batal",
        "data_saya",
        "tanya_syarat",
        "tanya_biaya",
        "tanya_lama",
        "tanya_jam_lokasi",
        "tanya_info",
        "daftar_layanan",
        "buka_kembali",
        "beri_nilai",
    }
)
ABOUT_A_CASE = frozenset({"cek_status", "permohonan_saya"})
DURATION = "tanya_lama"
STATEMENTS = frozenset({"data_saya", "perbaiki", "di_luar_cakupan", "setuju", "sapa"})
OUT_OF_SCOPE = "di_luar_cakupan"
ANSWERS = frozenset({"lapor", "di_luar_cakupan", "setuju", "tolak", "perbaiki"})
CHOICES = (
    "umum.pilih_",
    "umum.layanan_mana",
    "umum.keluhan_mana",
    "umum.kantor_mana",
    "pribadi.",
    "status.daftar",
)
LEAVES_FORM = frozenset({"batal", "minta_petugas", "ajukan_layanan", "lapor", "perbaiki"})


async def paused_form(turn: TurnContext) -> Replies | None:
    """After a long pause ask whether to go on; the words are kept as the next answer."""
    if turn.memory.draft is None or turn.memory.seconds_since(turn.now) < PAUSE_SECONDS:
        return None
    case = await form.open_case(turn)
    if case is None:
        return None
    if _is_another_wish(turn, case):
        replies = await wishes.serve(turn)
        leaves = bool(wishes.intents(turn) & LEAVES_FORM)
        return replies if leaves else await form.with_way_on(turn, replies)
    turn.memory.parked, turn.memory.expects = turn.text or None, GO_ON
    called = turn.reference.catalogue.item(case.slug).called
    ways = [
        [turn.button("lanjutkan", "resume", case.id)],
        [turn.button("batal", "drop", case.id), turn.button("menu", "menu")],
    ]
    return [turn.say("formulir.lanjutkan", ways, hal=called)]


def _is_another_wish(turn: TurnContext, case: Case) -> bool:
    """Whether the words are surely a wish of their own, and not the answer that waits."""
    if not turn.text or not _askable(turn):
        return False
    known = turn.understanding
    if known.intent.confidence < known.accept or known.intent.name not in WISHES:
        return False
    wanted = {"ajukan_layanan": targets.services, "lapor": targets.complaints}
    named = wanted.get(known.intent.name)
    return named is None or targets.clear(named(turn)) not in {case.slug, None}


async def going_on(turn: TurnContext) -> Replies | None:
    """Yes or no in words to whether the form goes on; None when it is neither."""
    case = await form.open_case(turn)
    turn.memory.expects = None
    if case is None:
        return None
    if agreeing.agrees(turn):
        return await answering.resume(turn, case)
    if agreeing.declines(turn):
        return await answering.cancel(turn, case)
    turn.memory.parked = None
    return None


async def open_form(turn: TurnContext) -> Replies | None:
    """Read the answer to the waiting question."""
    case = await form.open_case(turn)
    if case is None:
        turn.memory.leave_form()
        return None
    if turn.urgent and CaseKind(case.kind) is CaseKind.REQUEST:
        return [form.next_step(turn, case)]
    case.urgent = case.urgent or turn.urgent
    if turn.incoming.file is not None:
        return await files.take_file(turn, case)
    given = answering.given(turn)
    field = form.pending(turn, case)
    if given is None:
        return [turn.say("salah.umum.tulis"), form.next_step(turn, case)]
    if field is None:
        return await _at_summary(turn, case)
    return await _read(turn, case, field, given)


async def _read(turn: TurnContext, case: Case, field: Field, given: RawAnswer) -> Replies:
    if skipping.wants_to(turn, field):
        return answering.pass_over(turn, case, field)
    try:
        return answering.accept(turn, case, field, given)
    except Unreadable as error:
        if skipping.says_so_among_others(turn):
            return answering.pass_over(turn, case, field)
        if given.text is None or not _askable(turn):
            return answering.explain(turn, case, field, error)
        digression = await _digress(turn, case)
        if digression is not None:
            return digression
        return _insist(turn, case, field, given)


def _askable(turn: TurnContext) -> bool:
    """Whether the text may be something other than an answer: it has words at all."""
    if not any(char.isalpha() for char in turn.text):
        return False
    foreign = turn.reference.words["asing"]["kata"]
    return legibility(turn.text, foreign) is Legibility.FINE


def _insist(turn: TurnContext, case: Case, field: Field, given: RawAnswer) -> Replies:
    """Nothing else was meant, so take the words as the answer if that can be done at all."""
    try:
        return answering.accept(turn, case, field, replace(given, insisted=True))
    except Unreadable as error:
        return answering.explain(turn, case, field, error)


async def _digress(turn: TurnContext, case: Case) -> Replies | None:
    """Answer something else that was meant for sure, and come back to the question."""
    meant = wishes.intents(turn)
    if not wishes.surely(turn) or meant <= STAYS_IN_FORM:
        return None
    if meant <= ABOUT_A_CASE and not await casework.any_of(turn.session, turn.chat):
        return _and_back(turn, case, await ON_INTENT[DURATION](turn))
    if meant == {OUT_OF_SCOPE} and not _asks_elsewhere(turn):
        return None
    replies = await wishes.serve(turn)
    if meant & LEAVES_FORM or turn.memory.draft != case.id:
        return replies
    turn.memory.topic = case.slug
    if replies[-1].key.startswith(CHOICES):
        return await form.with_way_on(turn, replies)
    return _and_back(turn, case, replies)


def _asks_elsewhere(turn: TurnContext) -> bool:
    """Whether out of scope is a question or another office's matter, not an odd answer."""
    others = turn.reference.catalogue.office.others
    return is_question(turn.text) or targets.clear(targets.offices(turn)) in others


def _and_back(turn: TurnContext, case: Case, replies: Replies) -> Replies:
    plain = [Reply(reply.key, reply.text) for reply in replies]
    return [*plain, form.next_step(turn, case)]


async def _at_summary(turn: TurnContext, case: Case) -> Replies:
    """Everything is answered: yes sends, no corrects, anything else is understood."""
    if agreeing.agrees(turn):
        return await form.send(turn, case)
    if agreeing.declines(turn):
        return correcting.correct_by_words(turn, case)
    if _askable(turn):
        states = not wishes.surely(turn) or wishes.intents(turn) <= STATEMENTS
        told = correcting.told_anew(turn, case) if states else None
        changed = told or await _digress(turn, case)
        if changed is not None:
            return changed
    return [turn.say("formulir.kirim_atau_perbaiki"), form.summary(turn, case)]


async def returned_case(turn: TurnContext) -> Replies | None:
    """Words and files that answer an officer's question, without pressing anything."""
    waiting = await returned.of_chat(turn.session, turn.chat)
    if not waiting or turn.memory.draft is not None or not _may_answer(turn):
        return None
    if len(waiting) == 1:
        turn.memory.draft = waiting[0].id
        return await open_form(turn)
    if turn.incoming.file is None:
        return None
    ways = [press(str(case.code), "complete", case.id) for case in waiting]
    return [turn.say("berkas.untuk_yang_mana", rows(ways, 2))]


def _may_answer(turn: TurnContext) -> bool:
    """Whether this can be what an officer waits for, rather than a wish of its own."""
    if turn.incoming.file is not None or turn.incoming.location is not None:
        return True
    if not turn.text or not _askable(turn):
        return False
    intent = turn.understanding.intent
    return intent.confidence < turn.understanding.accept or intent.name in ANSWERS


async def file_without_form(turn: TurnContext) -> Replies | None:
    """A picture or place that nobody asked for; its caption may say what it is for."""
    incoming = turn.incoming
    if incoming.file is None and incoming.location is None and incoming.contact is None:
        return None
    if incoming.file is not None and turn.text and _askable(turn):
        begun = await _begun_by_caption(turn)
        if begun is not None:
            return begun
    save_it = turn.button("lapor", "complaints", 0)
    return [turn.say("berkas.tanpa_formulir", [[save_it], [turn.button("menu", "menu")]])]


async def _begun_by_caption(turn: TurnContext) -> Replies | None:
    """The form that the caption asks for, with the picture in it."""
    known = turn.understanding
    wants = known.intent.name in {"lapor", "ajukan_layanan"}
    if not wants or known.intent.confidence < known.accept:
        return None
    replies = await ON_INTENT[known.intent.name](turn)
    case = await form.open_case(turn)
    if case is None:
        return replies
    return [*replies[:-1], *await files.take_file(turn, case)]
