"""Every choice of the shipped catalogue can be typed, numbered and pressed."""

from __future__ import annotations

import pytest

from actions.catalogue import read_catalogue
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Choice, Field
from actions.forms.kinds import KINDS
from tests.forms.conftest import DATA

CATALOGUE = read_catalogue(DATA)
FIELDS = [
    pytest.param(
        Field(
            question.key,
            "pilihan",
            question.label or "",
            question.ask or "",
            choices=tuple(Choice(*pair) for pair in question.choices.items()),
        ),
        id=f"{slug}.{question.key}",
    )
    for slug, item in {**CATALOGUE.services, **CATALOGUE.complaints}.items()
    for question in item.questions
    if question.kind == "pilihan"
]


@pytest.mark.parametrize("asked", FIELDS)
def test_a_choice_is_known_by_all_its_names(context: FormContext, asked: Field) -> None:
    for number, choice in enumerate(asked.choices, 1):
        for text in (
            choice.label,
            f"{choice.label.lower()} pak",
            f"yang {choice.label}",
            choice.key,
        ):
            assert KINDS["pilihan"].read(RawAnswer(text=text), asked, context) == choice.key
        for given in (RawAnswer(text=str(number)), RawAnswer(button=choice.key)):
            assert KINDS["pilihan"].read(given, asked, context) == choice.key


@pytest.mark.parametrize("asked", FIELDS)
def test_a_slip_of_the_thumb_never_picks_another_choice(
    context: FormContext, asked: Field
) -> None:
    for choice in asked.choices:
        for at in range(1, len(choice.label) - 1):
            slipped = choice.label[:at] + choice.label[at + 1 :]
            assert _read_or_none(slipped, asked, context) in {choice.key, None}


def _read_or_none(text: str, asked: Field, context: FormContext) -> object:
    try:
        return KINDS["pilihan"].read(RawAnswer(text=text), asked, context)
    except Unreadable:
        return None
