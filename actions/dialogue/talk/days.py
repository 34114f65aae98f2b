"""How Balai names a day that is near: today and tomorrow by word, others by date."""

from __future__ import annotations

from datetime import date, timedelta

from actions.dialogue.context import TurnContext
from actions.forms.show import show_day


def near_day(turn: TurnContext, day: date) -> str:
    """A day as people say it today."""
    if day == turn.today:
        return turn.word("umum.hari.ini")
    if day == turn.today + timedelta(days=1):
        return turn.word("umum.hari.besok", hari=show_day(day))
    return show_day(day)
