"""The longest answer there can be is read in an instant, whatever it is made of."""

from __future__ import annotations

import contextlib

import pytest

from actions.forms.context import FormContext, Unreadable
from actions.forms.kinds import KINDS
from tests.forms.samples import LOSS, field, read
from tests.support.long_texts import LONGEST, UNITS, seconds

MOST = 0.6
"""Seconds of CPU; a bad reader takes some."""


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_question_is_slow(kind: str, context: FormContext) -> None:
    asked = field(kind, choices=LOSS)

    def answer(text: str) -> None:
        with contextlib.suppress(Unreadable):
            read(asked, text, context)

    texts = [run for unit in UNITS for run in (unit * LONGEST, f"a{unit * LONGEST}")]
    spent = {text[:9]: seconds(answer, f"{text[:LONGEST]}x", 1, MOST) for text in texts}
    assert {text: time for text, time in spent.items() if time > MOST} == {}
