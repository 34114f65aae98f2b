"""Leads a citizen through an open form: question, answer, correction, summary, receipt.

Only answers are stored. What comes next is computed from the form and the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.casework import requests as casework
from actions.catalogue import Complaint
from actions.domain.status import Status
from actions.flow import engine
from actions.flow.engine import Found
from actions.flow.forms import Answers, Field, Form, from_json
from actions.flow.show import show_day
from actions.registry import Replies
from actions.scene import Scene, press, rows
from actions.storage.tables import Request
from actions.talk import waiting
from actions.talk.build import STORY, form_of
from actions.turn import Ask, Button, Reply

SHARE = {"telepon": Ask.CONTACT, "lokasi": Ask.LOCATION}
WIDE_LABEL = 14
STORY_WORDS = 3


async def open_request(scene: Scene) -> Request | None:
    """The request whose form is open in this chat."""
    return await casework.draft(scene.session, scene.chat, scene.memory.draft)


async def start(scene: Scene, slug: str, found: Sequence[Found] = ()) -> Replies:
    """Begin a form, or ask what to do with the one that is open."""
    current = await open_request(scene)
    item = scene.hall.catalogue.item(slug)
    if current is not None and current.slug == slug:
        return [resume_question(scene, current)]
    if current is not None and current.answers:
        return [_which_first(scene, current, slug, found)]
    if current is not None:
        await drop(scene, current)
    form = form_of(slug, item, scene.hall.texts)
    answers = engine.prefill(form, told(scene, form), found, scene.form_context)
    request = await casework.open_draft(
        scene.session, chat=scene.chat, slug=slug, item=item, form=form, answers=answers,
        now=scene.now, urgent=scene.urgent,
    )  # fmt: skip
    scene.memory.leave_form()
    scene.memory.draft, scene.memory.topic, scene.memory.misses = request.id, slug, 0
    waiting.forget(scene, slug)
    return [*_opening(scene, slug), next_step(scene, request)]


def told(scene: Scene, form: Form) -> Answers:
    """The story of a complaint in the citizen's own words, when it began with words."""
    if STORY not in {field.key for field in form.fields}:
        return {}
    enough = len(scene.text.split()) >= STORY_WORDS
    return {STORY: scene.text if enough else None}


def _opening(scene: Scene, slug: str) -> Replies:
    item = scene.hall.catalogue.item(slug)
    kind = "pengaduan" if isinstance(item, Complaint) else "layanan"
    replies = [scene.say(f"formulir.mulai_{kind}", hal=item.called)]
    if isinstance(item, Complaint) and item.elsewhere:
        replies = [scene.say("formulir.bukan_kami", isi=item.elsewhere.text)]
    if isinstance(item, Complaint) and item.secret:
        replies.append(scene.say("formulir.rahasia"))
    if not scene.memory.noticed:
        scene.memory.noticed = True
        notice = scene.hall.catalogue.office.privacy_notice
        replies.append(scene.say("formulir.pemberitahuan", isi=notice))
    return replies


def _which_first(scene: Scene, current: Request, slug: str, found: Sequence[Found]) -> Reply:
    """Ask which of two goes first; the new one waits with what was said for it."""
    was = scene.hall.catalogue.item(current.slug).called
    new = scene.hall.catalogue.item(slug).called
    waiting.remember(scene, slug, scene.text, found)
    ways = [[scene.button("lanjutkan_ini", "resume", current.id, hal=was)],
            [scene.button("mulai_ini", "switch", current.id, slug, hal=new)]]  # fmt: skip
    return scene.say("formulir.masih_ada", ways, hal=was, baru=new)


def resume_question(scene: Scene, request: Request) -> Reply:
    """The next question again, with a word that the form goes on."""
    step = next_step(scene, request)
    called = scene.hall.catalogue.item(request.slug).called
    lead = scene.hall.texts.html("formulir.lanjut", scene.memory.turns, hal=called)
    return replace(step, text=f"{lead}\n\n{step.text}")


async def with_way_on(scene: Scene, replies: Replies) -> Replies:
    """Put a button in front that leads back to the open form, where there is one."""
    request = await open_request(scene)
    if request is None or not replies:
        return replies
    called = scene.hall.catalogue.item(request.slug).called
    go_on = press(scene.word("tombol.lanjutkan_ini", hal=called), "resume", request.id)
    return [*replies[:-1], replace(replies[-1], buttons=((go_on,), *replies[-1].buttons))]


async def drop(scene: Scene, request: Request) -> None:
    """Give a draft up. A request that was returned stays as it is."""
    if request.status == Status.DRAFT:
        target = casework.withdrawal(request)
        assert target is not None  # noqa: S101  the table lets a citizen end a draft
        await casework.move(
            scene.session, scene.hall, request, target, by=casework.CITIZEN, now=scene.now
        )
    scene.memory.leave_form()


def form_of_request(request: Request) -> Form:
    """The form that the request was begun with."""
    return from_json(request.form)


def pending(scene: Scene, request: Request) -> Field | None:
    """The question that waits for an answer: the one being corrected, else the next."""
    form = form_of_request(request)
    if scene.memory.editing:
        fields = {field.key: field for field in engine.visible(form, request.answers)}
        if scene.memory.editing in fields:
            return fields[scene.memory.editing]
    return engine.next_field(form, request.answers)


def next_step(scene: Scene, request: Request) -> Reply:
    """The next question, or the summary when everything is answered."""
    field = pending(scene, request)
    return summary(scene, request) if field is None else question(scene, request, field)


def question(scene: Scene, request: Request, field: Field) -> Reply:
    """One question with its choices, the way past it, and the key to share a number."""
    choices = _choices(scene, field, request)
    width = 1 if any(len(choice.label) > WIDE_LABEL for choice in choices) else 2
    ways = [*rows(choices, width)]
    if not field.required:
        ways.append([scene.button("lewati", "skip", request.id, field.key)])
    text = scene.hall.texts.html("formulir.tanya_apa_adanya", isi=field.question)
    buttons = tuple(tuple(row) for row in ways)
    return Reply(f"tanya.{field.key}", text, buttons, SHARE.get(field.kind))


def _choices(scene: Scene, field: Field, request: Request) -> list[Button]:
    if field.kind == "ya_tidak":
        labels = [(key, scene.word(f"tombol.{key}")) for key in ("ya", "tidak")]
    else:
        labels = [(choice.key, choice.label) for choice in field.choices]
    return [press(label, "pick", request.id, field.key, key) for key, label in labels]


def summary(scene: Scene, request: Request) -> Reply:
    """One line a field, and the three ways on."""
    form = form_of_request(request)
    lines = [
        scene.word("formulir.baris", label=field.label, isi=shown)
        for field, shown in engine.summary(form, request.answers)
    ]
    ways = [[scene.button("kirim", "send", request.id)],
            [scene.button("perbaiki", "edit", request.id),
             scene.button("batal", "drop", request.id)]]  # fmt: skip
    called = scene.hall.catalogue.item(request.slug).called
    return scene.say("formulir.ringkasan", ways, hal=called, isi="\n".join(lines))


def fields_to_correct(scene: Scene, request: Request) -> Reply:
    """A button for each answered field."""
    form = form_of_request(request)
    buttons = [
        press(field.label[:40], "edit", request.id, field.key)
        for field, _ in engine.summary(form, request.answers)
    ]
    back = [scene.button("kembali_ringkasan", "resume", request.id)]
    return scene.say("formulir.perbaiki_apa", [*rows(buttons, 2), back])


async def send(scene: Scene, request: Request) -> Replies:
    """Hand in a complete form; a second press finds nothing left to send."""
    if pending(scene, request) is not None:
        return [next_step(scene, request)]
    scene.memory.leave_form()
    if request.status == Status.DRAFT:
        await casework.submit(scene.session, scene.hall, request, scene.now, scene.random)
        return [_receipt(scene, request)]
    return [await resubmit(scene, request)]


def _receipt(scene: Scene, request: Request) -> Reply:
    item = scene.hall.catalogue.item(request.slug)
    reviewed = getattr(item, "reviewed", True)
    assert request.due_on is not None  # noqa: S101  set by the submission
    text = scene.hall.texts.html(
        "formulir.diterima" if reviewed else "formulir.diterima_perkiraan",
        scene.memory.turns, kode=request.code, tanggal=show_day(request.due_on),
    )  # fmt: skip
    if item.after:
        text += "\n\n" + scene.hall.texts.html("formulir.setelah", isi=item.after)
    ways = [[scene.button("status_ini", "status", request.code)]]
    if getattr(item, "requirements", ()):
        ways.append([scene.button("yang_dibawa", "about", request.slug, "need")])
    return Reply("formulir.diterima", text, tuple(tuple(row) for row in ways))


async def resubmit(scene: Scene, request: Request) -> Reply:
    """Give a completed request back to the officers; its clock runs again."""
    target = Status.RECEIVED if request.status == Status.NEEDS_DETAIL else Status.SUBMITTED
    await casework.move(
        scene.session, scene.hall, request, target, by=casework.CITIZEN, now=scene.now
    )
    assert request.due_on is not None  # noqa: S101  set by the first submission
    return scene.say("formulir.dilengkapi", kode=request.code, tanggal=show_day(request.due_on))
