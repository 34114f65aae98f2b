"""Public holidays and joint leave of Indonesia, to seed the table that officials edit.

Source: the `holidays` package. Through 2026 its dates were compared with the joint decree of
the three ministers; later years are estimates until somebody compares them.
"""

from __future__ import annotations

from datetime import date

import holidays

DECREED_THROUGH = 2026
_ESTIMATE_MARK = " (perkiraan)"


def seed_holidays(year: int) -> dict[date, tuple[str, bool]]:
    """For each day off: its Indonesian name, and whether the date is an estimate."""
    days = holidays.country_holidays(
        "ID", years=year, categories=("public", "government"), language="id"
    )
    return {
        day: (name.replace(_ESTIMATE_MARK, ""), year > DECREED_THROUGH)
        for day, name in sorted(days.items())
    }
