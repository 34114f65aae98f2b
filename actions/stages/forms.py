"""The open form: its own kinds read first, then the NLU is asked what else was meant."""

from __future__ import annotations

from dataclasses import replace

from actions.casework import requests as casework
from actions.casework import returned
from actions.domain.legible import Legibility, legibility
from actions.domain.status import CaseKind
from actions.flow.context import Given, Unreadable
from actions.flow.forms import Field
from actions.flow.words import is_question
from actions.registry import HANDLERS, Replies
from actions.scene import Scene, press, rows
from actions.storage.tables import Request
from actions.talk import agreeing, answering, correcting, files, form, skipping, targets, wishes
from actions.turn import Reply

PAUSE_SECONDS = 2 * 60 * 60
STAYS_IN_FORM = frozenset({"setuju", "tolak"})
GO_ON = "lanjutkan"
WISHES = frozenset({
    "ajukan_layanan", "lapor", "cek_status", "permohonan_saya", "minta_petugas", "batal",
    "data_saya", "tanya_syarat", "tanya_biaya", "tanya_lama", "tanya_jam_lokasi", "tanya_info",
    "daftar_layanan", "buka_kembali", "beri_nilai",
})  # fmt: skip
ABOUT_A_CASE = frozenset({"cek_status", "permohonan_saya"})
DURATION = "tanya_lama"
STATEMENTS = frozenset({"data_saya", "perbaiki", "di_luar_cakupan", "setuju", "sapa"})
OUT_OF_SCOPE = "di_luar_cakupan"
ANSWERS = frozenset({"lapor", "di_luar_cakupan", "setuju", "tolak", "perbaiki"})
CHOICES = ("umum.pilih_", "umum.layanan_mana", "umum.keluhan_mana", "umum.kantor_mana", "pribadi.",
           "status.daftar")  # fmt: skip
LEAVES_FORM = frozenset({"batal", "minta_petugas", "ajukan_layanan", "lapor", "perbaiki"})


async def paused_form(scene: Scene) -> Replies | None:
    """After a long pause ask whether to go on; the words are kept as the next answer."""
    if scene.memory.draft is None or scene.memory.seconds_since(scene.now) < PAUSE_SECONDS:
        return None
    request = await form.open_request(scene)
    if request is None:
        return None
    if _is_another_wish(scene, request):
        replies = await wishes.serve(scene)
        leaves = bool(wishes.intents(scene) & LEAVES_FORM)
        return replies if leaves else await form.with_way_on(scene, replies)
    scene.memory.parked, scene.memory.expects = scene.text or None, GO_ON
    called = scene.hall.catalogue.item(request.slug).called
    ways = [[scene.button("lanjutkan", "resume", request.id)],
            [scene.button("batal", "drop", request.id), scene.button("menu", "menu")]]  # fmt: skip
    return [scene.say("formulir.lanjutkan", ways, hal=called)]


def _is_another_wish(scene: Scene, request: Request) -> bool:
    """Whether the words are surely a wish of their own, and not the answer that waits."""
    if not scene.text or not _askable(scene):
        return False
    known = scene.understanding
    if known.intent.confidence < known.accept or known.intent.name not in WISHES:
        return False
    wanted = {"ajukan_layanan": targets.services, "lapor": targets.complaints}
    named = wanted.get(known.intent.name)
    return named is None or targets.clear(named(scene)) not in {request.slug, None}


async def going_on(scene: Scene) -> Replies | None:
    """Yes or no in words to whether the form goes on; None when it is neither."""
    request = await form.open_request(scene)
    scene.memory.expects = None
    if request is None:
        return None
    if agreeing.agrees(scene):
        return await answering.resume(scene, request)
    if agreeing.declines(scene):
        return await answering.cancel(scene, request)
    scene.memory.parked = None
    return None


async def open_form(scene: Scene) -> Replies | None:
    """Read the answer to the waiting question."""
    request = await form.open_request(scene)
    if request is None:
        scene.memory.leave_form()
        return None
    if scene.urgent and CaseKind(request.kind) is CaseKind.REQUEST:
        return [form.next_step(scene, request)]
    request.urgent = request.urgent or scene.urgent
    if scene.incoming.file is not None:
        return await files.take_file(scene, request)
    given = answering.given(scene)
    field = form.pending(scene, request)
    if given is None:
        return [scene.say("salah.umum.tulis"), form.next_step(scene, request)]
    if field is None:
        return await _at_summary(scene, request)
    return await _read(scene, request, field, given)


async def _read(scene: Scene, request: Request, field: Field, given: Given) -> Replies:
    if skipping.wants_to(scene, field):
        return answering.pass_over(scene, request, field)
    try:
        return answering.accept(scene, request, field, given)
    except Unreadable as error:
        if skipping.says_so_among_others(scene):
            return answering.pass_over(scene, request, field)
        if given.text is None or not _askable(scene):
            return answering.explain(scene, request, field, error)
        digression = await _digress(scene, request)
        if digression is not None:
            return digression
        return _insist(scene, request, field, given)


def _askable(scene: Scene) -> bool:
    """Whether the text may be something other than an answer: it has words at all."""
    if not any(char.isalpha() for char in scene.text):
        return False
    foreign = scene.hall.words["asing"]["kata"]
    return legibility(scene.text, foreign) is Legibility.FINE


def _insist(scene: Scene, request: Request, field: Field, given: Given) -> Replies:
    """Nothing else was meant, so take the words as the answer if that can be done at all."""
    try:
        return answering.accept(scene, request, field, replace(given, insisted=True))
    except Unreadable as error:
        return answering.explain(scene, request, field, error)


async def _digress(scene: Scene, request: Request) -> Replies | None:
    """Answer something else that was meant for sure, and come back to the question."""
    meant = wishes.intents(scene)
    if not wishes.surely(scene) or meant <= STAYS_IN_FORM:
        return None
    if meant <= ABOUT_A_CASE and not await casework.any_of(scene.session, scene.chat):
        return _and_back(scene, request, await HANDLERS[DURATION](scene))
    if meant == {OUT_OF_SCOPE} and not _asks_elsewhere(scene):
        return None
    replies = await wishes.serve(scene)
    if meant & LEAVES_FORM or scene.memory.draft != request.id:
        return replies
    scene.memory.topic = request.slug
    if replies[-1].key.startswith(CHOICES):
        return await form.with_way_on(scene, replies)
    return _and_back(scene, request, replies)


def _asks_elsewhere(scene: Scene) -> bool:
    """Whether out of scope is a question or another office's matter, not an odd answer."""
    others = scene.hall.catalogue.office.others
    return is_question(scene.text) or targets.clear(targets.offices(scene)) in others


def _and_back(scene: Scene, request: Request, replies: Replies) -> Replies:
    plain = [Reply(reply.key, reply.text) for reply in replies]
    return [*plain, form.next_step(scene, request)]


async def _at_summary(scene: Scene, request: Request) -> Replies:
    """Everything is answered: yes sends, no corrects, anything else is understood."""
    if agreeing.agrees(scene):
        return await form.send(scene, request)
    if agreeing.declines(scene):
        return correcting.correct_by_words(scene, request)
    if _askable(scene):
        states = not wishes.surely(scene) or wishes.intents(scene) <= STATEMENTS
        told = correcting.told_anew(scene, request) if states else None
        changed = told or await _digress(scene, request)
        if changed is not None:
            return changed
    return [scene.say("formulir.kirim_atau_perbaiki"), form.summary(scene, request)]


async def returned_case(scene: Scene) -> Replies | None:
    """Words and files that answer an officer's question, without pressing anything."""
    waiting = await returned.of_chat(scene.session, scene.chat)
    if not waiting or scene.memory.draft is not None or not _may_answer(scene):
        return None
    if len(waiting) == 1:
        scene.memory.draft = waiting[0].id
        return await open_form(scene)
    if scene.incoming.file is None:
        return None
    ways = [press(str(case.code), "complete", case.id) for case in waiting]
    return [scene.say("berkas.untuk_yang_mana", rows(ways, 2))]


def _may_answer(scene: Scene) -> bool:
    """Whether this can be what an officer waits for, rather than a wish of its own."""
    if scene.incoming.file is not None or scene.incoming.location is not None:
        return True
    if not scene.text or not _askable(scene):
        return False
    intent = scene.understanding.intent
    return intent.confidence < scene.understanding.accept or intent.name in ANSWERS


async def file_without_form(scene: Scene) -> Replies | None:
    """A picture or place that nobody asked for; its caption may say what it is for."""
    incoming = scene.incoming
    if incoming.file is None and incoming.location is None and incoming.contact is None:
        return None
    if incoming.file is not None and scene.text and _askable(scene):
        begun = await _begun_by_caption(scene)
        if begun is not None:
            return begun
    save_it = scene.button("lapor", "complaints", 0)
    return [scene.say("berkas.tanpa_formulir", [[save_it], [scene.button("menu", "menu")]])]


async def _begun_by_caption(scene: Scene) -> Replies | None:
    """The form that the caption asks for, with the picture in it."""
    known = scene.understanding
    wants = known.intent.name in {"lapor", "ajukan_layanan"}
    if not wants or known.intent.confidence < known.accept:
        return None
    replies = await HANDLERS[known.intent.name](scene)
    request = await form.open_request(scene)
    if request is None:
        return replies
    return [*replies[:-1], *await files.take_file(scene, request)]
