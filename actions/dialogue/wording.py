"""How Balai names days and hours: today and tomorrow by word, other days by date."""

from datetime import date, timedelta

from actions.catalogue import Unit
from actions.dialogue.context import TurnContext
from actions.domain.calendar import DAY_KEYS, closing, is_open, next_opening
from actions.forms.show import show_day


def near_day(turn: TurnContext, day: date) -> str:
    """A day as people say it today."""
    if day == turn.today:
        return turn.word("umum.hari.ini")
    if day == turn.today + timedelta(days=1):
        return turn.word("umum.hari.besok", hari=show_day(day))
    return show_day(day)


def opening_in_words(turn: TurnContext, unit: Unit, texts: tuple[str, str, str]) -> str:
    """Whether an office is open, and until or from when.

    `texts` are the keys for open now ({sampai}), open later ({hari}, {mulai}), and never.
    """
    open_now, open_later, never = texts
    holidays, now = turn.reference.holidays, turn.reference.local(turn.now)
    hours, zone = turn.reference.hours(unit), now.tzname() or ""
    if is_open(now, hours, holidays):
        return turn.word(open_now, sampai=f"{closing(now, hours, holidays):%H.%M} {zone}")
    opening = next_opening(now, hours, holidays)
    if opening is None:
        return turn.word(never)
    day = near_day(turn, opening.date())
    return turn.word(open_later, hari=day, mulai=f"{opening:%H.%M} {zone}")


def week_in_words(turn: TurnContext, unit: Unit) -> str:
    """The hours of a week, days with equal hours in one line."""
    groups: list[tuple[list[str], tuple[str, ...]]] = []
    for day in DAY_KEYS:
        hours = unit.hours.get(day, ())
        if groups and groups[-1][1] == hours:
            groups[-1][0].append(day)
        elif hours:
            groups.append(([day], hours))
    lines = (f"{_days(days)}: {', '.join(hours)}" for days, hours in groups)
    return "\n".join(lines) or turn.word("layanan.jam_tak_tentu")


def _days(days: list[str]) -> str:
    first, last = days[0].capitalize(), days[-1].capitalize()
    return first if first == last else f"{first}-{last}"


def length_of(seconds: int) -> str:
    """How long a voice is: "0:42"."""
    return f"{seconds // 60}:{seconds % 60:02d}"
