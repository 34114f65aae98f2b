"""Which messages are one turn, and how long more are waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actions.domain.bursts import FLOOD, LONGEST, MOST, Burst, Piece, Quiet, Waiting, next_burst

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
WINDOW = timedelta(seconds=3)
PHOTO, SHORT, LONG = Piece(shares=True), Piece("lampu mati"), Piece("di depan kantor desa pak")
ASKS, CODE = Piece("biaya bikin ktp berapa?"), Piece("SKM-222-222")


def came(*pieces: Piece | None, ago: float = 0.0, apart: float = 0.0) -> list[Waiting]:
    """Messages of which the last came so many seconds ago."""
    first = NOW - timedelta(seconds=ago + apart * (len(pieces) - 1))
    return [Waiting(p, first + timedelta(seconds=apart * n)) for n, p in enumerate(pieces)]


@pytest.mark.parametrize(
    ("waiting", "open_ended", "expected"),
    [
        (came(PHOTO), True, Burst(1, 3.0)),
        (came(PHOTO), False, Burst(1, 3.0)),
        (came(PHOTO, ago=3.0), False, Burst(1)),
        (came(SHORT, ago=1.0), True, Burst(1, 2.0)),
        (came(SHORT), False, Burst(1)),
        (came(ASKS), True, Burst(1)),
        (came(CODE), True, Burst(1)),
        (came(PHOTO, ASKS), True, Burst(2, 3.0)),
        (came(SHORT, LONG, apart=2.0), True, Burst(2, 3.0)),
        (came(SHORT, LONG, apart=4.0), True, Burst(1)),
        (came(SHORT, LONG), False, Burst(1)),
        (came(PHOTO, SHORT, LONG), False, Burst(2)),
        (came(PHOTO, None), True, Burst(1)),
        (came(None, PHOTO), True, Burst(1)),
        (came(*[PHOTO] * 5, apart=2.5), True, Burst(5)),
        (came(*[PHOTO] * (MOST + 5)), True, Burst(MOST)),
        (came(PHOTO, ago=-60.0), True, Burst(1)),
        (came(*[SHORT] * (FLOOD - 1)), False, Burst(1)),
        (came(*[SHORT] * FLOOD), False, Burst(FLOOD, 3.0)),
    ],
)
def test_what_is_one_turn(waiting: list[Waiting], open_ended: bool, expected: Burst) -> None:
    assert next_burst(waiting, Quiet(WINDOW, open_ended), NOW) == expected


@given(
    some.lists(some.tuples(some.sampled_from([PHOTO, SHORT, ASKS, None]), some.floats(0, 9))),
    some.booleans(),
    some.floats(0, 20),
)
def test_a_turn_comes_of_whatever_waits_and_in_time(
    told: list[tuple[Piece | None, float]],
    open_ended: bool,
    ago: float,
) -> None:
    at, waiting = NOW, []
    for piece, pause in told:
        at += timedelta(seconds=pause)
        waiting.append(Waiting(piece, at))
    if not waiting:
        return

    burst = next_burst(waiting, Quiet(WINDOW, open_ended), at + timedelta(seconds=ago))

    assert 1 <= burst.size <= min(len(waiting), MOST)
    assert 0.0 <= burst.wait <= WINDOW.total_seconds()
    assert burst.wait == 0.0 or burst.size == len(waiting), "what follows is never waited for"
    assert burst.wait == 0.0 or at + timedelta(seconds=ago) < waiting[0].at + LONGEST * WINDOW
