"""Reads dates as the tests of dates do. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from actions.forms.context import Unreadable
from actions.forms.dates import Bound, read_date

TODAY = date(2026, 11, 24)


def read(text: str, bound: Bound | None = None, *, birth: bool = False) -> str:
    """The day that a text names, as it is stored."""
    return read_date(text, TODAY, bound, birth=birth).isoformat()


def fault(text: str, bound: Bound | None = None, *, birth: bool = False) -> Unreadable:
    """Why a text names no day."""
    with pytest.raises(Unreadable) as caught:
        read_date(text, TODAY, bound, birth=birth)
    return caught.value
