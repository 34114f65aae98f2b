"""What was answered: numbers of people are hidden until a click that is logged."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.casework.returned import form_of_case
from actions.forms import engine
from actions.forms.form import UPLOADS, Answers, Field
from actions.storage.tables import Case
from bot.console.context import Console
from bot.console.masking import mask

WHOLE = frozenset({"nik", "kk"})
"""Kinds whose own way to be shown hides them."""
HIDDEN = WHOLE | {"telepon"}
NAME = "nama"
Show = Callable[[str], str]
"""Hides numbers among words, or leaves them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; a hidden one is shown in part, and in full after a click that is logged.

    `written` are the citizen's own words where the answer was read from others.
    """

    label: str
    text: str
    written: str = ""
    hidden: bool = False
    missing: bool = False


def plainly(text: str) -> str:
    """Words as they are."""
    return text


def answers_of(console: Console, case: Case, *, revealed: bool) -> list[Answer]:
    """What the citizen answered, in the order of the form; files have a list of their own."""
    form = form_of_case(case)
    shown = [f for f in engine.visible(form, case.answers) if f.kind not in UPLOADS]
    show = plainly if revealed else mask
    return [_answer(console, f, case.answers, show) for f in shown if f.key in case.answers]


def _answer(console: Console, field: Field, answers: Answers, show: Show) -> Answer:
    value, written = answers[field.key], engine.written(answers, field.key) or ""
    if value is None:
        key = "perkara.perlu_ditanya" if field.required else "perkara.dilewati"
        return Answer(field.label, console.word(key), missing=field.required)
    hidden = field.kind in HIDDEN
    text = str(value) if field.kind in WHOLE else engine.show(field, value)
    return Answer(field.label, show(text), show(written), hidden=hidden)


def name_of(case: Case) -> str:
    """The name that was given; empty without one."""
    field = next((f.key for f in form_of_case(case).fields if f.kind == NAME), None)
    return str(case.answers.get(field) or "") if field else ""
