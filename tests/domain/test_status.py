"""The transition tables keep the promises that citizens were given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.status import (
    TRANSITIONS,
    Actor,
    CaseKind,
    Detail,
    ForbiddenMoveError,
    Meaning,
    Status,
    check_move,
    first_status,
    invites_rating,
    is_open,
    may_move,
    moves,
    pauses_clock,
    statuses,
    stops_clock,
)

KINDS = list(CaseKind)
PAIRS = [(kind, status) for kind in KINDS for status in statuses(kind)]

REQUEST_KEYS = (
    "draf diajukan belum_lengkap diperiksa menunggu_tanda_tangan siap_diambil diserahkan "
    "ditolak dibatalkan kedaluwarsa"
)
COMPLAINT_KEYS = (
    "draf diterima diverifikasi perlu_dilengkapi didisposisikan dikoordinasikan diproses "
    "dijadwalkan menunggu_tanggapan selesai selesai_otomatis dibuka_kembali bukan_kewenangan "
    "duplikat ditolak dicabut diteruskan_lapor"
)


@pytest.mark.parametrize(
    ("kind", "keys"), [(CaseKind.REQUEST, REQUEST_KEYS), (CaseKind.COMPLAINT, COMPLAINT_KEYS)]
)
def test_each_kind_has_the_statuses_of_the_field(kind: CaseKind, keys: str) -> None:
    assert {status.value for status in statuses(kind)} == set(keys.split())


def test_a_status_is_found_by_its_stored_key_and_is_that_key() -> None:
    assert Status("belum_lengkap") is Status.INCOMPLETE
    assert Status.INCOMPLETE == "belum_lengkap"
    assert f"{Status.INCOMPLETE}" == "belum_lengkap"
    assert Status.INCOMPLETE.meaning is Meaning.WAITING


@pytest.mark.parametrize(("kind", "status"), PAIRS)
def test_targets_belong_to_the_same_kind_and_draft_is_never_one(
    kind: CaseKind, status: Status
) -> None:
    targets = set(TRANSITIONS[kind][status])
    assert targets <= set(statuses(kind)) - {Status.DRAFT, status}


@pytest.mark.parametrize(("kind", "status"), PAIRS)
def test_the_bot_alone_never_rejects(kind: CaseKind, status: Status) -> None:
    refusals = {Status.REJECTED, Status.NOT_OURS, Status.DUPLICATE, Status.FORWARDED}
    assert not refusals & set(moves(kind, status, Actor.SYSTEM))


@pytest.mark.parametrize(("kind", "status"), PAIRS)
def test_the_bot_ends_only_what_waits_for_the_citizen(kind: CaseKind, status: Status) -> None:
    if moves(kind, status, Actor.SYSTEM):
        assert status in {Status.DRAFT, Status.READY} or pauses_clock(status)


@pytest.mark.parametrize(("kind", "status"), PAIRS)
def test_every_open_case_can_be_ended_and_every_status_is_reached(
    kind: CaseKind, status: Status
) -> None:
    reached, frontier = {status}, [status]
    while frontier:
        for target in TRANSITIONS[kind][frontier.pop()]:
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    assert any(not is_open(target) for target in reached)
    if status is Status.DRAFT:
        assert reached == set(statuses(kind))


@pytest.mark.parametrize("status", [s for s in statuses(CaseKind.COMPLAINT) if not is_open(s)])
def test_a_citizen_reopens_a_closed_complaint_unless_it_was_taken_back(status: Status) -> None:
    reopens = may_move(CaseKind.COMPLAINT, status, Status.REOPENED, actor=Actor.CITIZEN)
    assert reopens is (status is not Status.WITHDRAWN)


@pytest.mark.parametrize(("kind", "status"), PAIRS)
def test_a_citizen_takes_back_what_is_not_finished(kind: CaseKind, status: Status) -> None:
    end = Status.CANCELLED if kind is CaseKind.REQUEST else Status.WITHDRAWN
    finished = {Status.READY, Status.AWAITING_REPLY}
    expected = is_open(status) and status not in finished
    assert may_move(kind, status, end, actor=Actor.CITIZEN) is expected


@pytest.mark.parametrize("kind", KINDS)
def test_sending_a_draft_leads_to_the_first_status(kind: CaseKind) -> None:
    assert may_move(kind, Status.DRAFT, first_status(kind), actor=Actor.CITIZEN)


def test_a_forbidden_move_says_which() -> None:
    check_move(CaseKind.REQUEST, Status.READY, Status.HANDED_OVER, actor=Actor.OFFICER)
    with pytest.raises(ForbiddenMoveError) as caught:
        check_move(CaseKind.REQUEST, Status.READY, Status.HANDED_OVER, actor=Actor.CITIZEN)
    assert str(caught.value) == "permohonan: siap_diambil -> diserahkan by warga"


@pytest.mark.parametrize(
    ("status", "pauses", "stops"),
    [
        (Status.SUBMITTED, False, False),
        (Status.INCOMPLETE, True, False),
        (Status.NEEDS_DETAIL, True, False),
        (Status.AWAITING_REPLY, True, False),
        (Status.READY, False, True),
        (Status.HANDED_OVER, False, True),
        (Status.REJECTED, False, True),
        (Status.REOPENED, False, False),
    ],
)
def test_clocks_pause_and_stop(status: Status, pauses: bool, stops: bool) -> None:
    assert pauses_clock(status) is pauses
    assert stops_clock(status) is stops


def test_only_those_who_got_something_are_asked_for_a_mark() -> None:
    asked = {status for status in Status if invites_rating(status)}
    assert asked == {Status.HANDED_OVER, Status.RESOLVED, Status.RESOLVED_SILENTLY}


def test_refusals_need_words() -> None:
    assert Status.REJECTED.needs is Detail.REASON
    assert Status.NOT_OURS.needs is Detail.TO_WHOM
    assert Status.DUPLICATE.needs is Detail.ORIGINAL
    assert Status.FORWARDED.needs is Detail.TRACKING_ID


@given(
    st.sampled_from(KINDS), st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Actor)))
)
def test_a_walk_never_leaves_its_kind(kind: CaseKind, steps: list[tuple[Status, Actor]]) -> None:
    now = first_status(kind)
    for target, actor in steps:
        if may_move(kind, now, target, actor=actor):
            now = target
    assert now in statuses(kind)
