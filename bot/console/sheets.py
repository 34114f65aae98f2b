"""A whole form on one page: what it shows of each question, and what was filled in.

The questions, how answers are read, and the words about what is wrong are those of the chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.domain.messages import FileFault, StoredFile
from actions.forms import engine
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import UPLOADS, Answers, Field, Form, Json
from bot.console.context import Console
from bot.http import forms
from bot.http.forms import Sent

SHOWN, LATER = "tampil", "nanti"
CHOSEN = frozenset({"pilihan", "ya_tidak"})
LONG = frozenset({"teks", "alamat", "lokasi"})
DIGITS = frozenset({"nik", "kk", "telepon"})
NUMBERS = frozenset({"nik", "kk"})
LONGEST = 2000

Files = Mapping[str, StoredFile | FileFault]


class RefusedError(Exception):
    """What was sent cannot be an answer at all; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__("refused")
        self.words = words


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the page.

    `given` says what an uploaded file is; one that is `deferrable` may be left to an officer.
    """

    field: Field
    text: str
    given: str
    fault: str
    choices: tuple[tuple[str, str], ...]
    deferred: bool
    deferrable: bool

    @property
    def how(self) -> str:
        """What it is filled in with."""
        kind = self.field.kind
        if kind in UPLOADS:
            return "berkas"
        return "pilihan" if kind in CHOSEN else "panjang" if kind in LONG else "pendek"

    @property
    def keyboard(self) -> str:
        """Which keys a phone should offer."""
        return "numeric" if self.field.kind in DIGITS else "text"


@dataclass
class Sheet:
    """A form as it is being filled in: answers that were read, faults by field, words as typed."""

    answers: dict[str, Json]
    faults: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def questions(console: Console, form: Form, sheet: Sheet) -> list[Asked]:
    """Every question that applies with these answers, answered or not."""
    return [_asked(console, one, sheet) for one in engine.visible(form, sheet.answers)]


def _asked(console: Console, one: Field, sheet: Sheet) -> Asked:
    value, fault = sheet.answers.get(one.key), sheet.faults.get(one.key, "")
    shown = sheet.typed.get(one.key, text_of(one, value))
    deferred = one.required and one.key in sheet.answers and value is None
    return Asked(
        field=one,
        text="" if one.kind in UPLOADS else shown,
        given=engine.show(one, value) if one.kind in UPLOADS and value else "",
        fault=fault,
        choices=_choices(console, one),
        deferred=deferred,
        deferrable=one.required and (bool(fault) or deferred),
    )


def in_full(one: Field, value: Json) -> str:
    """An answer in words, for whoever has just typed it; empty where there is none."""
    if value is None:
        return ""
    return str(value) if one.kind in NUMBERS else engine.show(one, value)


def text_of(one: Field, value: Json) -> str:
    """An answer as it stands in its field: in full, since whoever types it must see it."""
    if value is None or one.kind in UPLOADS:
        return ""
    if isinstance(value, dict) and "teks" in value:
        return str(value["teks"])
    return str(value) if one.kind in CHOSEN else in_full(one, value)


def _choices(console: Console, one: Field) -> tuple[tuple[str, str], ...]:
    if one.kind == "ya_tidak":
        plain = console.reference.texts.plain
        return tuple((key, plain(f"tombol.{key}")) for key in ("ya", "tidak"))
    return tuple((choice.key, choice.label) for choice in one.choices)


@dataclass(frozen=True)
class Reader:
    """Reads what was sent for the questions that the page showed, each as an answer of its own."""

    console: Console
    form: Form
    sent: Sent
    files: Files
    context: FormContext

    def fill(self, answers: Answers) -> Sheet:
        """The answers with what was sent; what an answer brings into play is asked next time."""
        sheet, done = Sheet(dict(answers)), set[str]()
        while (one := self._next(sheet, done)) is not None:
            done.add(one.key)
            try:
                sheet.answers = self._answered(sheet.answers, one)
            except Unreadable as error:
                words = self.console.reference.texts
                self._refuse(sheet, one, words.plain(f"salah.{error.key}", 0, **error.params))
            except RefusedError as error:
                self._refuse(sheet, one, error.words)
        return sheet

    def _refuse(self, sheet: Sheet, one: Field, why: str) -> None:
        sheet.faults[one.key], sheet.typed[one.key] = why, self._typed(one)

    def _next(self, sheet: Sheet, done: set[str]) -> Field | None:
        shown = {str(key) for key in self.sent.getall(SHOWN, [])}
        open_ones = (f for f in engine.visible(self.form, sheet.answers) if f.key in shown)
        return next((one for one in open_ones if one.key not in done), None)

    def _typed(self, one: Field) -> str:
        return forms.words(self.sent, one.key, longest=LONGEST)

    def _answered(self, answers: dict[str, Json], one: Field) -> dict[str, Json]:
        """Raises Unreadable or RefusedError."""
        if one.kind in UPLOADS:
            return self._with_file(answers, one)
        typed, value = self._typed(one), answers.get(one.key)
        if value is not None and typed == text_of(one, value):
            return answers
        if not typed:
            return self._without(answers, one)
        raw = RawAnswer(text=typed, insisted=True)
        if one.kind in CHOSEN:
            raw = RawAnswer(button=typed)
        return engine.answer(self.form, answers, one.key, raw, self.context)

    def _with_file(self, answers: dict[str, Json], one: Field) -> dict[str, Json]:
        file = self.files.get(one.key)
        if isinstance(file, FileFault):
            raise RefusedError(self.console.reference.texts.plain(f"berkas.{file.key}", 0))
        if file is not None:
            raw = RawAnswer(file=file)
            return engine.answer(self.form, answers, one.key, raw, self.context)
        return answers if answers.get(one.key) else self._without(answers, one)

    def _without(self, answers: dict[str, Json], one: Field) -> dict[str, Json]:
        if not one.required:
            return engine.skip(self.form, answers, one.key)
        if one.key not in self.sent.getall(LATER, []):
            raise RefusedError(self.console.word("loket.perlu_diisi"))
        return engine.defer(self.form, answers, one.key)
