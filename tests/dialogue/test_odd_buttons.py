"""Whoever writes a client of his own may press anything: the answer is calm."""

from __future__ import annotations

from itertools import product

import pytest

from actions.dialogue.registry import ON_BUTTON, takes
from actions.domain.messages import Button
from actions.storage.engine import Sessions
from tests.support.clock import Clock
from tests.support.dialogue_client import DialogueClient

ODD = ("9" * 20, "-" + "9" * 19, "0", "-1", "", "x", "1e9", "٣", "9_" * 20, "\0", "nan", "None")
MOST_ARGUMENTS = 3


@pytest.mark.parametrize("verb", ON_BUTTON)
async def test_any_argument_of_a_button_is_answered(
    verb: str, sessions: Sessions, clock: Clock
) -> None:
    chat = DialogueClient(sessions, clock)
    await chat.open()
    for count in range(MOST_ARGUMENTS + 1):
        if not takes(ON_BUTTON[verb], count):
            continue
        for arguments in product(ODD, repeat=count) if count < 2 else zip(*[ODD] * count):  # noqa: B905
            assert await chat.press(Button("?", ":".join((verb, *arguments))))


@pytest.mark.parametrize(("slug", "key"), [("ktp_hilang", "lapor_polisi"), ("ktp_hilang", "nama")])
async def test_a_choice_that_was_never_offered_is_explained(
    slug: str, key: str, sessions: Sessions, clock: Clock
) -> None:
    chat = DialogueClient(sessions, clock)
    await chat.open()
    await chat.give(button=f"start:{slug}")

    assert await chat.press(Button("?", f"pick:1:{key}:tujuh"))

    assert (await chat.memory()).draft == 1, "the form is still open"
