"""What to ask next, and what an answer changes. Everything is computed from the answers.

`answers` maps field keys to stored values; None stands for a question that was skipped. Below
`WRITTEN` it keeps what the citizen wrote, by field key, where the stored value reads otherwise.
Functions return new answers and never change those they were given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.domain.text import tidy, without_politeness, words_of
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Answers, Field, Form, Json
from actions.forms.kinds import KINDS
from actions.forms.kinds.choice import told_choice

WRITTEN = "@ditulis"
"""No field is called so: keys of fields have no such sign."""

CHOICE = "pilihan"
"""The kind of question whose answers are told by words inside of a sentence."""


class NotAsked(KeyError):  # noqa: N818  (an old button, not a fault)
    """The form does not ask this field, or not with these answers."""


class MayNotSkip(ValueError):  # noqa: N818  (what a citizen may not do, not a fault)
    """A required question cannot be skipped; it can be left to an officer (`defer`)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that the citizen said before being asked: a kind of question and the words."""

    kind: str
    text: str


def visible(form: Form, answers: Answers) -> tuple[Field, ...]:
    """The fields that apply with these answers, in order."""
    fields: list[Field] = []
    said: dict[str, Json] = {}
    for field in form.fields:
        if holds(field.when, said):
            fields.append(field)
            if field.key in answers:
                said[field.key] = answers[field.key]
    return tuple(fields)


def next_field(form: Form, answers: Answers) -> Field | None:
    """The first field that applies and has no answer; None when all have."""
    return next((field for field in visible(form, answers) if field.key not in answers), None)


def answer(
    form: Form, answers: Answers, key: str, raw: RawAnswer, context: FormContext
) -> dict[str, Json]:
    """The answers with one more, or a corrected one; drops those that no longer apply.

    Raises `Unreadable` when the kind cannot read what was given, `NotAsked` when the field
    does not apply.
    """
    field = _asked(form, answers, key)
    kind = KINDS[field.kind]
    value = kind.joined(answers.get(key), kind.read(raw, field, context))
    return _pruned(form, _with_answer(answers, field, value, raw.text))


def skip(form: Form, answers: Answers, key: str) -> dict[str, Json]:
    """The answers with an optional question skipped; raises `MayNotSkip`, `NotAsked`."""
    if _asked(form, answers, key).required:
        raise MayNotSkip(key)
    return _pruned(form, {**answers, key: None})


def defer(form: Form, answers: Answers, key: str) -> dict[str, Json]:
    """The answers with a question left to an officer, required or not; raises `NotAsked`."""
    _asked(form, answers, key)
    return _pruned(form, {**answers, key: None})


def prefill(
    form: Form, answers: Answers, found: Sequence[Found], context: FormContext
) -> dict[str, Json]:
    """The answers with what was said beforehand, where it cannot mean anything else.

    A kind is filled when the form has one field of it, the field applies and is open, and
    everything found of that kind reads as one and the same value. Of choices every field is
    filled whose words stand in what was found.
    """
    filled = _with_choices(form, dict(answers), found, context)
    for kind in dict.fromkeys(entry.kind for entry in found if entry.kind != CHOICE):
        field = _only_field(form, kind)
        if field is None or field.key in filled or field not in visible(form, filled):
            continue
        texts = [entry.text for entry in found if entry.kind == kind]
        values = _readings(texts, field, context)
        if len(values) == 1:
            filled = _with_answer(filled, field, values[0], texts[0])
    return filled


def summary(form: Form, answers: Answers) -> list[tuple[Field, str]]:
    """Each answered field with what the citizen reads; "–" where it was skipped."""
    return [
        (field, "–" if answers[field.key] is None else show(field, answers[field.key]))
        for field in visible(form, answers)
        if field.key in answers
    ]


def show(field: Field, value: Json) -> str:
    """What the citizen reads of one answer."""
    return KINDS[field.kind].show(value, field)


def written(answers: Answers, key: str) -> str | None:
    """What the citizen wrote for an answer; None where the answer reads the same."""
    texts = answers.get(WRITTEN)
    text = texts.get(key) if isinstance(texts, dict) else None
    return None if text is None else str(text)


def holds(when: Mapping[str, Iterable[str]], answers: Answers) -> bool:
    """Whether a condition of a field or a requirement is met by these answers."""
    return all(
        answers.get(key) is not None and str(answers[key]) in values
        for key, values in when.items()
    )


def _asked(form: Form, answers: Answers, key: str) -> Field:
    for field in visible(form, answers):
        if field.key == key:
            return field
    raise NotAsked(key)


def _with_answer(answers: Answers, field: Field, value: Json, text: str | None) -> dict[str, Json]:
    texts = {other: written(answers, other) for other in answers if other != field.key}
    if text is not None and _reads_otherwise(field, value, text):
        texts[field.key] = tidy(text)
    kept: dict[str, Json] = {key: said for key, said in texts.items() if said is not None}
    return {**_without_words(answers), field.key: value, **({WRITTEN: kept} if kept else {})}


def _reads_otherwise(field: Field, value: Json, text: str) -> bool:
    """Whether an officer would see other words or numbers than those that were written."""
    stored = value.get("teks", "") if isinstance(value, dict) else value
    said = "".join(words_of(without_politeness(text)))
    seen = ("".join(words_of(str(form))) for form in (stored, show(field, value)))
    return said not in seen


def _without_words(answers: Answers) -> dict[str, Json]:
    return {key: value for key, value in answers.items() if key != WRITTEN}


def _pruned(form: Form, answers: Answers) -> dict[str, Json]:
    kept: dict[str, Json] = {
        field.key: answers[field.key] for field in visible(form, answers) if field.key in answers
    }
    texts = {key: written(answers, key) for key, value in kept.items() if value is not None}
    words: dict[str, Json] = {key: text for key, text in texts.items() if text is not None}
    return {**kept, WRITTEN: words} if words else kept


def _with_choices(
    form: Form, answers: dict[str, Json], found: Sequence[Found], context: FormContext
) -> dict[str, Json]:
    said = [entry.text for entry in found if entry.kind == CHOICE]
    for field in (field for field in form.fields if field.kind == CHOICE):
        if field.key not in answers and field in visible(form, answers):
            keys = {told_choice(text, field, context) for text in said} - {None}
            if len(keys) == 1:
                answers = _with_answer(answers, field, keys.pop(), ", ".join(said))
    return answers


def _only_field(form: Form, kind: str) -> Field | None:
    fields = [field for field in form.fields if field.kind == kind]
    return fields[0] if len(fields) == 1 else None


def _readings(texts: Iterable[str], field: Field, context: FormContext) -> list[Json]:
    values: list[Json] = []
    for text in texts:
        try:
            value = KINDS[field.kind].read(RawAnswer(text=text), field, context)
        except Unreadable:
            continue
        if value not in values:
            values.append(value)
    return values
