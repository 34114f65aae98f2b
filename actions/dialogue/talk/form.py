"""Leads a citizen through an open form: question, answer, correction, summary, receipt.

Only answers are stored. What comes next is computed from the form and the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.casework import cases as casework
from actions.catalogue import Complaint
from actions.dialogue.context import TurnContext, press, rows
from actions.dialogue.registry import Replies
from actions.dialogue.talk import waiting
from actions.dialogue.talk.build import STORY, form_of
from actions.domain.messages import Ask, Button, Reply
from actions.domain.status import Status
from actions.forms import engine
from actions.forms.engine import Found
from actions.forms.form import Answers, Field, Form, from_json
from actions.forms.show import show_day
from actions.storage.tables import Case

SHARE = {"telepon": Ask.CONTACT, "lokasi": Ask.LOCATION}
WIDE_LABEL = 14
STORY_WORDS = 3


async def open_case(turn: TurnContext) -> Case | None:
    """The request whose form is open in this chat."""
    return await casework.draft(turn.session, turn.chat, turn.memory.draft)


async def start(turn: TurnContext, slug: str, found: Sequence[Found] = ()) -> Replies:
    """Begin a form, or ask what to do with the one that is open."""
    current = await open_case(turn)
    item = turn.reference.catalogue.item(slug)
    if current is not None and current.slug == slug:
        return [resume_question(turn, current)]
    if current is not None and current.answers:
        return [_which_first(turn, current, slug, found)]
    if current is not None:
        await drop(turn, current)
    form = form_of(slug, item, turn.reference.texts)
    answers = engine.prefill(form, told(turn, form), found, turn.form_context)
    case = await casework.open_draft(
        turn.session,
        chat=turn.chat,
        slug=slug,
        item=item,
        form=form,
        answers=answers,
        now=turn.now,
        urgent=turn.urgent,
    )
    turn.memory.leave_form()
    turn.memory.draft, turn.memory.topic, turn.memory.misses = case.id, slug, 0
    waiting.forget(turn, slug)
    return [*_opening(turn, slug), next_step(turn, case)]


def told(turn: TurnContext, form: Form) -> Answers:
    """The story of a complaint in the citizen's own words, when it began with words."""
    if STORY not in {field.key for field in form.fields}:
        return {}
    enough = len(turn.text.split()) >= STORY_WORDS
    return {STORY: turn.text if enough else None}


def _opening(turn: TurnContext, slug: str) -> Replies:
    item = turn.reference.catalogue.item(slug)
    kind = "pengaduan" if isinstance(item, Complaint) else "layanan"
    replies = [turn.say(f"formulir.mulai_{kind}", hal=item.called)]
    if isinstance(item, Complaint) and item.elsewhere:
        replies = [turn.say("formulir.bukan_kami", isi=item.elsewhere.text)]
    if isinstance(item, Complaint) and item.secret:
        replies.append(turn.say("formulir.rahasia"))
    if not turn.memory.noticed:
        turn.memory.noticed = True
        notice = turn.reference.catalogue.office.privacy_notice
        replies.append(turn.say("formulir.pemberitahuan", isi=notice))
    return replies


def _which_first(turn: TurnContext, current: Case, slug: str, found: Sequence[Found]) -> Reply:
    """Ask which of two goes first; the new one waits with what was said for it."""
    was = turn.reference.catalogue.item(current.slug).called
    new = turn.reference.catalogue.item(slug).called
    waiting.remember(turn, slug, turn.text, found)
    ways = [
        [turn.button("lanjutkan_ini", "resume", current.id, hal=was)],
        [turn.button("mulai_ini", "switch", current.id, slug, hal=new)],
    ]
    return turn.say("formulir.masih_ada", ways, hal=was, baru=new)


def resume_question(turn: TurnContext, case: Case) -> Reply:
    """The next question again, with a word that the form goes on."""
    step = next_step(turn, case)
    called = turn.reference.catalogue.item(case.slug).called
    lead = turn.reference.texts.html("formulir.lanjut", turn.memory.turns, hal=called)
    return replace(step, text=f"{lead}\n\n{step.text}")


async def with_way_on(turn: TurnContext, replies: Replies) -> Replies:
    """Put a button in front that leads back to the open form, where there is one."""
    case = await open_case(turn)
    if case is None or not replies:
        return replies
    called = turn.reference.catalogue.item(case.slug).called
    go_on = press(turn.word("tombol.lanjutkan_ini", hal=called), "resume", case.id)
    return [*replies[:-1], replace(replies[-1], buttons=((go_on,), *replies[-1].buttons))]


async def drop(turn: TurnContext, case: Case) -> None:
    """Give a draft up. A request that was returned stays as it is."""
    if case.status == Status.DRAFT:
        target = casework.withdrawal(case)
        assert target is not None  # noqa: S101  the table lets a citizen end a draft
        await casework.move(
            turn.session, turn.reference, case, target, by=casework.CITIZEN, now=turn.now
        )
    turn.memory.leave_form()


def form_of_case(case: Case) -> Form:
    """The form that the request was begun with."""
    return from_json(case.form)


def pending(turn: TurnContext, case: Case) -> Field | None:
    """The question that waits for an answer: the one being corrected, else the next."""
    form = form_of_case(case)
    if turn.memory.editing:
        fields = {field.key: field for field in engine.visible(form, case.answers)}
        if turn.memory.editing in fields:
            return fields[turn.memory.editing]
    return engine.next_field(form, case.answers)


def next_step(turn: TurnContext, case: Case) -> Reply:
    """The next question, or the summary when everything is answered."""
    field = pending(turn, case)
    return summary(turn, case) if field is None else question(turn, case, field)


def question(turn: TurnContext, case: Case, field: Field) -> Reply:
    """One question with its choices, the way past it, and the key to share a number."""
    choices = _choices(turn, field, case)
    width = 1 if any(len(choice.label) > WIDE_LABEL for choice in choices) else 2
    ways = [*rows(choices, width)]
    if not field.required:
        ways.append([turn.button("lewati", "skip", case.id, field.key)])
    text = turn.reference.texts.html("formulir.tanya_apa_adanya", isi=field.question)
    buttons = tuple(tuple(row) for row in ways)
    return Reply(f"tanya.{field.key}", text, buttons, SHARE.get(field.kind))


def _choices(turn: TurnContext, field: Field, case: Case) -> list[Button]:
    if field.kind == "ya_tidak":
        labels = [(key, turn.word(f"tombol.{key}")) for key in ("ya", "tidak")]
    else:
        labels = [(choice.key, choice.label) for choice in field.choices]
    return [press(label, "pick", case.id, field.key, key) for key, label in labels]


def summary(turn: TurnContext, case: Case) -> Reply:
    """One line a field, and the three ways on."""
    form = form_of_case(case)
    lines = [
        turn.word("formulir.baris", label=field.label, isi=shown)
        for field, shown in engine.summary(form, case.answers)
    ]
    ways = [
        [turn.button("kirim", "send", case.id)],
        [turn.button("perbaiki", "edit", case.id), turn.button("batal", "drop", case.id)],
    ]
    called = turn.reference.catalogue.item(case.slug).called
    return turn.say("formulir.ringkasan", ways, hal=called, isi="\n".join(lines))


def fields_to_correct(turn: TurnContext, case: Case) -> Reply:
    """A button for each answered field."""
    form = form_of_case(case)
    buttons = [
        press(field.label[:40], "edit", case.id, field.key)
        for field, _ in engine.summary(form, case.answers)
    ]
    back = [turn.button("kembali_ringkasan", "resume", case.id)]
    return turn.say("formulir.perbaiki_apa", [*rows(buttons, 2), back])


async def send(turn: TurnContext, case: Case) -> Replies:
    """Hand in a complete form; a second press finds nothing left to send."""
    if pending(turn, case) is not None:
        return [next_step(turn, case)]
    turn.memory.leave_form()
    if case.status == Status.DRAFT:
        await casework.submit(turn.session, turn.reference, case, turn.now, turn.random)
        return [_receipt(turn, case)]
    return [await resubmit(turn, case)]


def _receipt(turn: TurnContext, case: Case) -> Reply:
    item = turn.reference.catalogue.item(case.slug)
    reviewed = getattr(item, "reviewed", True)
    assert case.due_on is not None  # noqa: S101  set by the submission
    text = turn.reference.texts.html(
        "formulir.diterima" if reviewed else "formulir.diterima_perkiraan",
        turn.memory.turns,
        kode=case.code,
        tanggal=show_day(case.due_on),
    )
    if item.after:
        text += "\n\n" + turn.reference.texts.html("formulir.setelah", isi=item.after)
    ways = [[turn.button("status_ini", "status", case.code)]]
    if getattr(item, "requirements", ()):
        ways.append([turn.button("yang_dibawa", "about", case.slug, "need")])
    return Reply("formulir.diterima", text, tuple(tuple(row) for row in ways))


async def resubmit(turn: TurnContext, case: Case) -> Reply:
    """Give a completed request back to the officers; its clock runs again."""
    target = Status.RECEIVED if case.status == Status.NEEDS_DETAIL else Status.SUBMITTED
    await casework.move(
        turn.session, turn.reference, case, target, by=casework.CITIZEN, now=turn.now
    )
    assert case.due_on is not None  # noqa: S101  set by the first submission
    return turn.say("formulir.dilengkapi", kode=case.code, tanggal=show_day(case.due_on))
