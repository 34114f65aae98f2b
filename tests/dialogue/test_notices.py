"""What the office tells everybody these days stands above the menu and beside its unit's hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.catalogue.reference import Notice, ReferenceData
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.information import duration, place
from actions.dialogue.handlers.menu import main_menu
from actions.domain.clocks import Clock
from actions.domain.memory import ChatMemory
from actions.domain.messages import Fetched, Incoming
from tests.support.clock import FRIDAY_MORNING as NOW
from tests.support.running_bot import reference_of_tests

TODAY = date(2026, 11, 27)


def turn(reference: ReferenceData) -> TurnContext:
    incoming = Incoming("tg:1", NOW, "1", text="menu")
    return TurnContext(None, reference, incoming, ChatMemory(), Fetched(), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "begins", "ends", "in_menu", "at_unit"),
    [
        (None, TODAY, TODAY, True, True),
        ("dinsos", TODAY, TODAY, False, True),
        ("dinkes", TODAY, TODAY, False, False),
        (None, date(2026, 11, 28), date(2026, 12, 1), False, False),
        (None, date(2026, 11, 1), date(2026, 11, 26), False, False),
    ],
)
def test_a_notice_is_read_in_its_time_where_it_belongs(
    unit: str | None, begins: date, ends: date, in_menu: bool, at_unit: bool
) -> None:
    notice = Notice("Tutup <b>Senin</b>", unit, begins, ends)
    now = turn(replace(reference_of_tests(), notices=(notice,)))
    told = "<b>Pengumuman:</b> Tutup &lt;b&gt;Senin&lt;/b&gt;\n\n"
    assert main_menu(now).text.startswith(told) is in_menu
    assert place(now, "dinsos").text.startswith(told) is at_unit


def test_days_are_told_by_the_rule_that_counts() -> None:
    rule = Clock(1, 17, True, TODAY, slug="ktp_hilang")
    now = turn(replace(reference_of_tests(), clocks=(rule,)))
    assert "17 hari kerja" in duration(now, "ktp_hilang").text
    assert "17" not in duration(now, "ktp_rusak").text
