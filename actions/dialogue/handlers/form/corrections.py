"""Corrections in words: "salah, namanya Siti" finds the field, and the value when it is there."""

import re

from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.answers import correct_now
from actions.dialogue.handlers.form.questions import (
    form_of_case,
    open_case,
    own_draft,
    question,
    stale,
    visible_field,
)
from actions.dialogue.handlers.status import mine
from actions.dialogue.registry import Replies, on_button, on_intent
from actions.domain.messages import Reply
from actions.domain.text import alike, is_question, words_of
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.storage.tables import Case

ALIKE = 80
NO_FIT = (0, 0.0)


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


def correct_by_words(turn: TurnContext, case: Case) -> Replies:
    """Correct the field that the words name, else let the citizen choose it."""
    field = _named_field(turn, case)
    if field is None:
        return [_fields_to_correct(turn, case)]
    value = _new_value(turn, field)
    if value is not None:
        try:
            return correct_now(turn, case, field, RawAnswer(text=value))
        except Unreadable:
            pass
    return _ask_again(turn, case, field)


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
    """The answered field whose label the sentence names best; None when two fit alike."""
    leads = turn.reference.words["perbaiki"]["pengantar"]
    words = {_bare(word) for word in words_of(turn.text)} - set(leads)
    fits = sorted(
        (
            (_fit(field, words), field)
            for field, _ in engine.summary(form_of_case(case), case.answers)
        ),
        key=lambda pair: pair[0],
        reverse=True,
    )
    if not fits or fits[0][0] == NO_FIT or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def _fit(field: Field, words: set[str]) -> tuple[int, float]:
    """How many words of the label are named, and which share of it that is."""
    label = words_of(field.label)
    named = sum(any(_alike(word, part) for word in words) for part in label)
    if not named:
        named = int(any(_alike(word, name) for word in words for name in (field.kind, field.key)))
    return (named, named / len(label)) if named else NO_FIT


def _alike(word: str, name: str) -> bool:
    return len(word) > 1 and alike(word, name, ALIKE)


def _bare(word: str) -> str:
    return word.removesuffix("nya") if len(word) > 4 else word  # noqa: PLR2004


def _new_value(turn: TurnContext, field: Field) -> str | None:
    """What follows the name of the field, up to "bukan ..."; None when nothing does."""
    leads = turn.reference.words["perbaiki"]["pengantar"]
    said = re.split(r"\b(?:bukan|bkn)\b", turn.text, maxsplit=1, flags=re.IGNORECASE)[0]
    words = said.split()
    names = {*words_of(field.label), field.kind, field.key}
    while words and (_plain(words[0]) in leads or _bare(_plain(words[0])) in names):
        words.pop(0)
    value = " ".join(words).strip(" ,.:")
    return value if value and value != said.strip() else None


def _plain(word: str) -> str:
    return word.lower().strip(" ,.:;!?")
