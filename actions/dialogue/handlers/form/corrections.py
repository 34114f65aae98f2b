"""Corrections in words: "salah, namanya Siti" finds the field, and the value when it is there.

Whatever question is open, words that correct another answer, or that can only be the answer to
another question, go to that one.
"""

import re
from collections.abc import Iterator

from actions.casework.returned import form_of_case
from actions.dialogue import reading
from actions.dialogue.agreement import agrees
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.handlers.form import prefill, rewording
from actions.dialogue.handlers.form.answers import correct_now, explain
from actions.dialogue.handlers.form.questions import (
    open_case,
    own_draft,
    pending,
    question,
    stale,
    visible_field,
)
from actions.dialogue.handlers.status import mine
from actions.dialogue.reading import CHOSEN, FREE
from actions.dialogue.registry import Replies, on_button, on_intent
from actions.domain.messages import Reply
from actions.domain.text import alike, is_question, words_of
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Field
from actions.forms.kinds import KINDS
from actions.storage.tables import Case

ALIKE = 80
NO_FIT = (0, 0.0)
Fit = tuple[int, float]
NUMBERS = frozenset({"nik", "kk", "telepon"})
DIGITS = re.compile(r"[+(]?\d[\d\s.,()/-]{7,}\d")


@on_intent("perbaiki")
async def wants_to_correct(turn: TurnContext) -> Replies:
    """Correct the field that is named; without an open form show what can still be changed."""
    case = await open_case(turn)
    return await mine(turn) if case is None else correct_by_words(turn, case)


@on_button("edit")
async def edit(turn: TurnContext, case_id: str, key: str | None = None) -> Replies:
    """Choose the answer to correct, or ask the chosen one again."""
    case = await own_draft(turn, case_id)
    if case is None:
        return stale(turn)
    if key is None:
        return [_fields_to_correct(turn, case)]
    field = visible_field(case, key)
    return stale(turn) if field is None else _ask_again(turn, case, field)


def _ask_again(turn: TurnContext, case: Case, field: Field) -> Replies:
    turn.memory.editing = field.key
    return [question(turn, case, field)]


def _fields_to_correct(turn: TurnContext, case: Case) -> Reply:
    """A button for each answered field."""
    buttons = [
        make_button(field.label[:40], "edit", case.id, field.key)
        for field, _ in engine.summary(form_of_case(case), case.answers)
    ]
    back = [turn.button("kembali_ringkasan", "resume", case.id)]
    return turn.say("formulir.perbaiki_apa", [*rows(buttons, 2), back])


async def another_answer(turn: TurnContext) -> Replies | None:
    """Words that correct an answer other than the one asked for, or tell another one."""
    case = await open_case(turn)
    if case is None or not turn.text or is_question(turn.text) or agrees(turn):
        return None
    if set(words_of(turn.text)) & set(turn.reference.words["perbaiki"]["tanya"]):
        return None
    if reading.is_long(turn) and reading.is_about_another(turn, case.slug):
        return None
    waiting = pending(turn, case)
    return (
        _told_number(turn, case, waiting)
        or _swapped(turn, case)
        or _corrected(turn, case, waiting)
    )


def _told_number(turn: TurnContext, case: Case, waiting: Field | None) -> Replies | None:
    """A NIK, KK or phone number with nothing but its name, where something else is asked."""
    digits = DIGITS.search(turn.text)
    if digits is None:
        return None
    field = _number_field(turn, case, waiting, _bare_words(turn, DIGITS.sub(" ", turn.text)))
    if field is None or (waiting is not None and waiting.kind == field.kind):
        return None
    try:
        return _replace(turn, case, field, digits[0])
    except Unreadable as error:
        turn.memory.editing = field.key
        return explain(turn, case, field, error)


def _number_field(
    turn: TurnContext, case: Case, waiting: Field | None, words: set[str]
) -> Field | None:
    """The one question that a number answers by its name, or by its form alone."""
    fields = [f for f in _visible(case) if f.kind in NUMBERS]
    known = {word for field in fields for word in _names(turn, field)}
    if not all(any(_alike(word, name) for name in known) for word in words):
        return None
    fits = [(_fit(turn, field, words), field) for field in fields]
    if not words:
        free = waiting is None or waiting.kind in FREE or waiting.kind in UPLOADS
        fits = [(_fit_of_number(turn, field), field) for field in fields if free]
    return _best(fits)


def _fit_of_number(turn: TurnContext, field: Field) -> Fit:
    try:
        KINDS[field.kind].read(RawAnswer(text=turn.text), field, turn.form_context)
    except Unreadable:
        return NO_FIT
    return (1, 1.0)


def _swapped(turn: TurnContext, case: Case) -> Replies | None:
    """Change the part of the one answer that says so: "rt 3 bukan rt 2"."""
    change = rewording.swap(turn.text)
    if change is None:
        return None
    named, leads = _named_field(turn, case), turn.reference.words["perbaiki"]["pengantar"]
    found: list[tuple[Field, str]] = []
    for field, shown in _answered(case):
        told = rewording.written(case.answers[field.key]) or shown
        told = shown if field.kind in CHOSEN else told
        new = rewording.without_leads(change.new, leads, _names_beside_rt(turn, field))
        old = rewording.without_leads(change.old, leads, _names_beside_rt(turn, field))
        value = rewording.swapped(field, told, rewording.Swap(new, old))
        if value is not None:
            found.append((field, value))
    found = [pair for pair in found if named in (pair[0], None)] or found
    if len(found) != 1:
        return None
    try:
        return _replace(turn, case, *found[0])
    except Unreadable:
        return None


def _corrected(turn: TurnContext, case: Case, waiting: Field | None) -> Replies | None:
    """Correct the answer that is named, unless it is asked: "namanya salah, harusnya Sari"."""
    known, field = turn.reference.words["perbaiki"], _named_field(turn, case)
    if field is None or field == waiting:
        return None
    said = words_of(turn.text)
    marked = any(word in known["tanda"] for word in said)
    value = _new_value(turn, case, field)
    if not marked:
        return _plainly_told(turn, case, field, value) if waiting is None else None
    if waiting is not None and not _leaves(turn, waiting, field, value):
        return None
    return _correct(turn, case, field, value)


def _leaves(turn: TurnContext, waiting: Field, field: Field, value: str | None) -> bool:
    """Whether words about another answer are none to the question that waits."""
    said = _bare_words(turn, turn.text)
    if _fit(turn, waiting, said) >= _fit(turn, field, said):
        return False
    if waiting.kind == "teks":
        return words_of(turn.text)[0] in turn.reference.words["perbaiki"]["awal"]
    offered = {word for choice in waiting.choices for word in words_of(choice.label)}
    if any(_alike(word, label) for word in said for label in offered):
        return False
    return waiting.kind != "ya_tidak" or value is not None


def _plainly_told(
    turn: TurnContext, case: Case, field: Field, value: str | None
) -> Replies | None:
    """Take "jumlahnya 4" at the summary, where nothing else is asked."""
    if value is None or field.kind not in CHOSEN:
        return None
    try:
        return _replace(turn, case, field, value)
    except Unreadable:
        return None


def correct_by_words(turn: TurnContext, case: Case) -> Replies:
    """Correct the field that the words name, else let the citizen choose it."""
    field = _named_field(turn, case)
    if field is None:
        return [_fields_to_correct(turn, case)]
    return _correct(turn, case, field, _new_value(turn, case, field))


def _correct(turn: TurnContext, case: Case, field: Field, value: str | None) -> Replies:
    """Replace the answer where the new one is told and can be read, else ask for it."""
    try:
        return _replace(turn, case, field, value) if value else _ask_again(turn, case, field)
    except Unreadable:
        return _ask_again(turn, case, field)


def _replace(turn: TurnContext, case: Case, field: Field, value: str) -> Replies:
    """Put the value there, and go on where the form was; raises Unreadable."""
    new, editing = case.answers.get(field.key) is None, turn.memory.editing
    turn.memory.editing = None
    try:
        replies = correct_now(turn, case, field, RawAnswer(text=value))
    except Unreadable:
        turn.memory.editing = editing
        raise
    return [turn.say("formulir.dicatat", hal=field.label), *replies] if new else replies


def told_anew(turn: TurnContext, case: Case) -> Replies | None:
    """The answer that a statement changes by its value alone: "nomor hp saya 0812 ..."."""
    pieces = [p for p in prefill.found(turn, case.slug) if p.kind != engine.CHOICE]
    visible = engine.visible(form_of_case(case), case.answers)
    fields = [field for field in visible if len(pieces) == 1 and field.kind == pieces[0].kind]
    if len(fields) != 1 or is_question(turn.text):
        return None
    try:
        return correct_now(turn, case, fields[0], RawAnswer(text=pieces[0].text))
    except Unreadable:
        return None


def _named_field(turn: TurnContext, case: Case) -> Field | None:
    """The answered field that the sentence names best; None when two fit alike."""
    words = _bare_words(turn, turn.text)
    return _best([(_fit(turn, field, words), field) for field, _ in _answered(case)])


def _best(fits: list[tuple[Fit, Field]]) -> Field | None:
    fits = sorted(fits, key=lambda pair: pair[0], reverse=True)
    if not fits or fits[0][0] == NO_FIT or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def _visible(case: Case) -> tuple[Field, ...]:
    return engine.visible(form_of_case(case), case.answers)


def _answered(case: Case) -> Iterator[tuple[Field, str]]:
    yield from engine.summary(form_of_case(case), case.answers)


def _bare_words(turn: TurnContext, text: str) -> set[str]:
    """The words without "-nya", and without those that only lead to a correction."""
    leads = turn.reference.words["perbaiki"]["pengantar"]
    return {rewording.bare(word) for word in words_of(text)} - set(leads)


def _fit(turn: TurnContext, field: Field, words: set[str]) -> Fit:
    """How many words of the label are named, and which share of it that is."""
    label = words_of(field.label)
    named = sum(any(_alike(word, part) for word in words) for part in label)
    if not named:
        named = int(any(_alike(word, n) for word in words for n in _names(turn, field)))
    return (named, named / len(label)) if named else NO_FIT


def _names(turn: TurnContext, field: Field) -> set[str]:
    """What the field is called: its label, and what its kind is called every day."""
    called = turn.reference.words["perbaiki"].get(field.kind, ())
    return {*words_of(field.label), field.kind, field.key, *called}


def _names_beside_rt(turn: TurnContext, field: Field) -> list[str]:
    """The names that only lead to a value; in "rt 3" the name is part of it."""
    return sorted(_names(turn, field) - rewording.RT_RW)


def _alike(word: str, name: str) -> bool:
    return len(word) > 1 and alike(word, name, ALIKE)


def _new_value(turn: TurnContext, case: Case, field: Field) -> str | None:
    """What follows the name of the field, up to "bukan ..."; None when nothing does."""
    leads = turn.reference.words["perbaiki"]["pengantar"]
    said = re.split(r"\b(?:bukan|bkn)\b", turn.text, maxsplit=1, flags=re.IGNORECASE)[0]
    value = rewording.without_leads(said, leads, _names_beside_rt(turn, field))
    if not value or value == said.strip():
        return None
    told = rewording.written(case.answers.get(field.key))
    return rewording.completed(field, told, value)
