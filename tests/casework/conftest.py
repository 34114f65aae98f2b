"""The office of these tests, on both kinds of database."""

from __future__ import annotations

import pytest

from actions.storage.engine import Sessions
from tests.casework.database import Office
from tests.support.clock import Clock


@pytest.fixture
def office(sessions: Sessions, clock: Clock) -> Office:
    return Office(sessions, clock)
