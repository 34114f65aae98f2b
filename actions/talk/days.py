"""How Balai names a day that is near: today and tomorrow by word, others by date."""

from __future__ import annotations

from datetime import date, timedelta

from actions.flow.show import show_day
from actions.scene import Scene


def near_day(scene: Scene, day: date) -> str:
    """A day as people say it today."""
    if day == scene.today:
        return scene.word("umum.hari.ini")
    if day == scene.today + timedelta(days=1):
        return scene.word("umum.hari.besok", hari=show_day(day))
    return show_day(day)
