"""What agrees to the summary: every word agrees, stretched or not, in several languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.dialogue.agreement import agrees
from actions.dialogue.context import TurnContext
from actions.domain.memory import ChatMemory
from actions.domain.messages import Fetched, Incoming
from tests.support.running_bot import reference_of_tests

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
NO_SESSION: Any = None


def says(text: str, last_key: str | None) -> bool:
    memory = ChatMemory(last_key=last_key)
    incoming = Incoming("tg:1", NOW, "1", text=text)
    turn = TurnContext(NO_SESSION, reference_of_tests(), incoming, memory, Fetched(), NOW)
    return agrees(turn)


@pytest.mark.parametrize(
    "text",
    [
        "nggih leres sedoyo",
        "inggih sampun leres",
        "sampun",
        "mpun pak",
        "pun leres sedaya",
        "wis bener kabeh",
        "atos leres sadayana",
        "sip kirim aja",
        "oke mantap lanjut",
        "udah itu aja",
        "iyaaa benerrr",
        "gas kirim",
        "👍",
    ],
)
def test_it_agrees_to_the_summary(text: str) -> None:
    assert says(text, "berkas.diterima+formulir.ringkasan")


@pytest.mark.parametrize(
    "text",
    ["belum", "sampun dangu", "sudah salah", "ada yang salah", "oke tapi namanya salah", "itu"],
)
def test_it_does_not_agree(text: str) -> None:
    assert not says(text, "formulir.ringkasan")


@pytest.mark.parametrize(("text", "yes"), [("sudah", False), ("mpun pak", False), ("ya", True)])
def test_done_is_no_yes_to_another_question(text: str, *, yes: bool) -> None:
    assert says(text, "formulir.lanjutkan") is yes
