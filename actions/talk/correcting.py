"""Corrections in words: "salah, namanya Siti" finds the field, and the value when it is there."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from actions.flow import engine
from actions.flow.context import Given, Unreadable
from actions.flow.forms import Field
from actions.registry import Replies
from actions.scene import Scene
from actions.storage.tables import Request
from actions.talk import answering, form

ALIKE = 80
WORD = re.compile(r"\w+")


def correct_by_words(scene: Scene, request: Request) -> Replies:
    """Correct the field that the words name, else let the citizen choose it."""
    field = named_field(scene, request)
    if field is None:
        return [form.fields_to_correct(scene, request)]
    value = new_value(scene, field)
    if value is not None:
        try:
            return answering.accept(scene, request, field, Given(text=value))
        except Unreadable:
            pass
    return answering.correct(scene, request, field)


def named_field(scene: Scene, request: Request) -> Field | None:
    """The answered field whose label or kind the sentence names."""
    sheet = form.form_of_request(request)
    answered = [field for field, _ in engine.summary(sheet, request.answers)]
    words = [_bare(word) for word in WORD.findall(scene.text.lower())]
    for word in words:
        for field in answered:
            names = [*WORD.findall(field.label.lower()), field.kind, field.key]
            if any(len(word) > 1 and fuzz.ratio(word, name) >= ALIKE for name in names):
                return field
    return None


def _bare(word: str) -> str:
    return word.removesuffix("nya") if len(word) > 4 else word  # noqa: PLR2004


def new_value(scene: Scene, field: Field) -> str | None:
    """What follows the name of the field, up to "bukan ..."; None when nothing does."""
    leads = scene.hall.words["perbaiki"]["pengantar"]
    said = re.split(r"\b(?:bukan|bkn)\b", scene.text, maxsplit=1, flags=re.IGNORECASE)[0]
    words = said.split()
    names = {*WORD.findall(field.label.lower()), field.kind, field.key}
    while words and (_plain(words[0]) in leads or _bare(_plain(words[0])) in names):
        words.pop(0)
    value = " ".join(words).strip(" ,.:")
    return value if value and value != said.strip() else None


def _plain(word: str) -> str:
    return word.lower().strip(" ,.:;!?")
