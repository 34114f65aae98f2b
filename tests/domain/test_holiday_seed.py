"""The seed of the holidays table equals the joint decree where one was compared."""

from __future__ import annotations

from datetime import date

from tests.support.holiday_seed import seed_holidays


def test_2026_has_the_25_days_of_the_joint_decree() -> None:
    days = seed_holidays(2026)
    assert len(days) == 25
    assert days[date(2026, 3, 20)] == ("Cuti Bersama Hari Raya Idul Fitri", False)
    assert days[date(2026, 8, 17)] == ("Hari Kemerdekaan Republik Indonesia", False)
    assert not any(estimate for _, estimate in days.values())


def test_later_years_are_estimates_without_a_mark_in_the_name() -> None:
    days = seed_holidays(2028)
    assert all(estimate for _, estimate in days.values())
    assert not any("perkiraan" in name for name, _ in days.values())
    assert list(days) == sorted(days)
