"""What is asked next in an open form, its summary, and giving it up.

Only answers are stored. What comes next is computed from the form and the answers.
"""

from dataclasses import replace

from actions.casework import attachments, cases
from actions.casework.returned import form_of_case
from actions.dialogue.context import Rows, TurnContext, make_button, rows
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.registry import Replies
from actions.domain.messages import Ask, Button, Reply
from actions.domain.status import Status
from actions.forms import engine
from actions.forms.form import UPLOADS, Field
from actions.storage.tables import Case

SHARE = {"telepon": Ask.CONTACT, "lokasi": Ask.LOCATION}
WIDE_LABEL = 14
TOLD_AT_LENGTH = frozenset({"teks", "alamat", "lokasi"}) | UPLOADS
"""Kinds that people answer in several messages; the next answer is waited for a little."""


async def open_case(turn: TurnContext) -> Case | None:
    """The case whose form is open in this chat."""
    return await _owned(turn, turn.memory.draft)


async def _owned(turn: TurnContext, case_id: int | None) -> Case | None:
    case = await cases.open_form(turn.session, case_id)
    return case if case is not None and turn.owns(case) else None


async def own_draft(turn: TurnContext, case_id: str) -> Case | None:
    """The case of a button, when it is this chat's and still takes answers; now it is open."""
    case = await _owned(turn, int(case_id))
    if case is not None:
        turn.memory.draft = case.id
    return case


def stale(turn: TurnContext) -> Replies:
    """The answer to a button that no longer means anything."""
    return [turn.say("umum.tombol_lama"), main_menu(turn)]


def visible_field(case: Case, key: str) -> Field | None:
    """A field that applies with the answers of today."""
    fields = engine.visible(form_of_case(case), case.answers)
    return next((field for field in fields if field.key == key), None)


def pending(turn: TurnContext, case: Case) -> Field | None:
    """The question that waits for an answer: the one being corrected, else the next."""
    editing = visible_field(case, turn.memory.editing) if turn.memory.editing else None
    return editing or engine.next_field(form_of_case(case), case.answers)


def next_step(turn: TurnContext, case: Case) -> Reply:
    """The next question, or the summary when everything is answered."""
    field = pending(turn, case)
    return summary(turn, case) if field is None else question(turn, case, field)


def question(turn: TurnContext, case: Case, field: Field) -> Reply:
    """One question with its choices, the way past it, and the key to share a number."""
    turn.memory.open_ended = field.kind in TOLD_AT_LENGTH
    choices = _choices(turn, field, case)
    width = 1 if any(len(choice.label) > WIDE_LABEL for choice in choices) else 2
    ways = [*rows(choices, width)]
    if not field.required:
        ways.append([turn.button("lewati", "skip", case.id, field.key)])
    asked = turn.say(
        "formulir.tanya_apa_adanya", ways, ask=SHARE.get(field.kind), isi=field.question
    )
    return replace(asked, key=f"tanya.{field.key}")


def _choices(turn: TurnContext, field: Field, case: Case) -> list[Button]:
    if field.kind == "ya_tidak":
        labels = [(key, turn.word(f"tombol.{key}")) for key in ("ya", "tidak")]
    else:
        labels = [(choice.key, choice.label) for choice in field.choices]
    return [make_button(label, "pick", case.id, field.key, key) for key, label in labels]


def summary(turn: TurnContext, case: Case) -> Reply:
    """One line a field, and the three ways on."""
    turn.memory.open_ended = False
    lines = [
        turn.word("formulir.baris", label=field.label, isi=shown)
        for field, shown in engine.summary(form_of_case(case), case.answers)
    ]
    ways = [
        *_sending(turn, case),
        [turn.button("perbaiki", "edit", case.id), turn.button("batal", "drop", case.id)],
    ]
    first = case.status == Status.DRAFT
    if first and not case.secret:
        ways.append([_for_whom(turn, case)])
    key = "formulir.ringkasan" if first else "formulir.ringkasan_dikembalikan"
    called, told = turn.called(case.slug), "\n".join(lines)
    asked = turn.say(key, ways, hal=called, isi=told, kode=case.code or "")
    return replace(asked, key="formulir.ringkasan")


def _for_whom(turn: TurnContext, case: Case) -> Button:
    """Tells for whom it is, and leads to saying otherwise."""
    behalf = turn.memory.behalf
    noted = behalf is not None and behalf[0] == case.id
    return turn.button("untuk_ubah" if noted else "untuk_lain", "whom", case.id)


def _sending(turn: TurnContext, case: Case) -> Rows:
    """How it can be sent: a report also without a name, and only so where that was wished."""
    send = turn.button("kirim", "send", case.id)
    nameless = turn.button("kirim_tanpa_nama", "nameless", case.id)
    if not cases.is_complaint_draft(case):
        return [[send]]
    return [[nameless]] if case.anonymous else [[send], [nameless]]


def resume_question(turn: TurnContext, case: Case) -> Reply:
    """The next question again, with a word that the form goes on."""
    step, lead = next_step(turn, case), turn.say("formulir.lanjut", hal=turn.called(case.slug))
    return replace(step, text=f"{lead.text}\n\n{step.text}")


async def with_way_on(turn: TurnContext, replies: Replies) -> Replies:
    """Put a button in front that leads back to the open form, where there is one."""
    case = await open_case(turn)
    if case is None or not replies:
        return replies
    go_on = turn.button("lanjutkan_ini", "resume", case.id, hal=turn.called(case.slug))
    return [*replies[:-1], replace(replies[-1], buttons=((go_on,), *replies[-1].buttons))]


async def drop(turn: TurnContext, case: Case) -> None:
    """Give a draft up. A case that was returned stays as it is."""
    if case.status == Status.DRAFT:
        target = cases.withdrawal(case)
        assert target is not None  # noqa: S101  the table lets a citizen end a draft
        await cases.move(
            turn.session, turn.reference, case, target, by=cases.CITIZEN, now=turn.now
        )
    turn.memory.leave_form()


async def drop_untouched(turn: TurnContext) -> None:
    """Give up a form that words began and that has no answer of its own yet.

    What was shared for it goes to the form that follows.
    """
    case = await open_case(turn)
    if case is not None and turn.memory.untouched:
        if await attachments.put_back(turn.session, case, turn.now):
            turn.memory.shared.append({"jenis": "berkas", "at": turn.now.isoformat()})
        for one in turn.memory.shared:
            one.pop("milik", None)
        await drop(turn, case)


async def cancel(turn: TurnContext, case: Case) -> Replies:
    """Give the open form up and say so, with the way to begin again."""
    was_draft = case.status == Status.DRAFT
    await drop(turn, case)
    if not was_draft:
        again = turn.button("lengkapi", "complete", case.id)
        ways = [[again], [turn.button("cabut", "withdraw", case.id)]]
        return [turn.say("formulir.belum_dilengkapi", ways, kode=case.code)]
    ways = [[turn.button("mulai_lagi", "start", case.slug)], [turn.button("menu", "menu")]]
    return [turn.say("formulir.dibatalkan", ways, hal=turn.called(case.slug))]
