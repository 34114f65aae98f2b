"""Which moves stand first: at most two, all of them allowed, and none is lost."""

from __future__ import annotations

import pytest

from actions.domain.next_steps import next_steps
from actions.domain.status import Actor, CaseKind, Status, is_open, moves, statuses

PLACES = [(kind, status) for kind in CaseKind for status in statuses(kind)]


@pytest.mark.parametrize(("kind", "status"), PLACES)
def test_likely_ones_and_others_are_all_there_are(kind: CaseKind, status: Status) -> None:
    likely, others = next_steps(kind, status)
    assert len(likely) <= 2
    assert sorted((*likely, *others)) == sorted(moves(kind, status, Actor.OFFICER))


@pytest.mark.parametrize(("kind", "status"), PLACES)
def test_whatever_is_open_has_a_next_step(kind: CaseKind, status: Status) -> None:
    if is_open(status) and moves(kind, status, Actor.OFFICER):
        assert next_steps(kind, status)[0]
