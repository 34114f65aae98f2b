"""What to ask next, and what an answer changes. Everything is computed from the answers.

`answers` maps field keys to stored values; None stands for a question that was skipped.
Functions return new answers and never change those they were given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Answers, Field, Form, Json
from actions.forms.kinds import KINDS


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
    value = KINDS[field.kind].read(raw, field, context)
    return _pruned(form, {**answers, key: value})


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
    everything found of that kind reads as one and the same value.
    """
    filled = dict(answers)
    for kind in dict.fromkeys(entry.kind for entry in found):
        field = _only_field(form, kind)
        if field is None or field.key in filled or field not in visible(form, filled):
            continue
        values = _readings((entry.text for entry in found if entry.kind == kind), field, context)
        if len(values) == 1:
            filled[field.key] = values[0]
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


def _pruned(form: Form, answers: Answers) -> dict[str, Json]:
    return {
        field.key: answers[field.key] for field in visible(form, answers) if field.key in answers
    }


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
