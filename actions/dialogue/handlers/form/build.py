"""Makes the form of a service or complaint: its questions, then what it wants uploaded."""

from collections.abc import Iterator

from actions.catalogue import Complaint, Item, Service
from actions.catalogue.models import Question, Requirement
from actions.catalogue.texts import Texts
from actions.forms.form import Choice, Field, Form

STORY = "cerita"
STORY_WORDS = 3
"""Fewer words tell nothing."""


def form_of(slug: str, item: Item, texts: Texts) -> Form:
    """The form as it stands today; a request keeps the one it was begun with."""
    story = [_story(texts)] if isinstance(item, Complaint) else []
    asked = [_asked(question, texts) for question in item.questions]
    fields = [*story, *asked, *_uploads(item, texts)]
    return Form(slug, tuple(fields))


def _story(texts: Texts) -> Field:
    """The citizen's own words; kept from the first message, never asked for again."""
    return Field(
        key=STORY,
        kind="teks",
        label=texts.plain("formulir.label_cerita"),
        question=texts.plain("formulir.tanya_cerita"),
        required=False,
    )


def _asked(question: Question, texts: Texts) -> Field:
    bounds = {"min": question.minimum, "maks": question.maximum, "batas": question.bound}
    limits = {name: limit for name, limit in bounds.items() if limit is not None}
    return Field(
        key=question.key,
        kind=question.kind,
        label=question.label or texts.plain(f"formulir.label.{question.kind}"),
        question=question.ask or texts.plain(f"formulir.tanya.{question.kind}"),
        required=question.required,
        when=question.when,
        choices=tuple(
            Choice(key, label, question.words.get(key, ()))
            for key, label in question.choices.items()
        ),
        limits=limits,
    )


def _uploads(item: Item, texts: Texts) -> Iterator[Field]:
    if not isinstance(item, Service):
        return
    for requirement in item.requirements:
        if requirement.upload and requirement.key:
            yield _upload(requirement, requirement.key, requirement.upload, texts)


def _upload(requirement: Requirement, key: str, kind: str, texts: Texts) -> Field:
    question = texts.plain(f"formulir.unggah.{kind}", syarat=requirement.text)
    return Field(
        key=key,
        kind=kind,
        label=requirement.text,
        question=question,
        required=False,
        when=requirement.when,
    )
