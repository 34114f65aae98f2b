"""A form is data: the fields of one service or complaint, in the order they are asked.

A copy of the form is kept with each request (`to_json`), so that an old request stays
readable after its data file has changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as default
from typing import Any

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What an answer is stored as. None stands for a question that was skipped."""

Answers = Mapping[str, Json]
"""Stored answers by field key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that can be chosen; `words` mean it wherever they stand in a text."""

    key: str
    label: str
    words: tuple[str, ...] = ()


UPLOADS = frozenset({"foto", "dokumen"})
"""Kinds of question that a file answers."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `when` holds what earlier answers must be, for the question to be asked: all keys, each
    with one of its values. `limits` may hold "min", "maks" (numbers; for teks: characters)
    and "batas" ("lampau" or "mendatang", for dates).
    """

    key: str
    kind: str
    label: str
    question: str
    required: bool = True
    when: Mapping[str, tuple[str, ...]] = default(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    limits: Mapping[str, int | str] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one service or complaint; `slug` names its data file."""

    slug: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field:
        """The field of that key; raises KeyError."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def to_json(form: Form) -> dict[str, Any]:
    """The snapshot that is stored with a request."""
    return {"slug": form.slug, "fields": [asdict(field) for field in form.fields]}


def from_json(data: Mapping[str, Any]) -> Form:
    """Read what `to_json` wrote, before or after it went through a database."""
    return Form(data["slug"], fields_from_json(data["fields"]))


def fields_from_json(entries: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Read fields that were stored as mappings."""
    return tuple(map(_field, entries))


def _field(entry: Mapping[str, Any]) -> Field:
    when = {key: tuple(values) for key, values in entry["when"].items()}
    choices = tuple(
        Choice(choice["key"], choice["label"], tuple(choice.get("words", ())))
        for choice in entry["choices"]
    )
    return Field(**{**entry, "when": when, "choices": choices})
