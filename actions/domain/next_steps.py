"""Which moves an officer most likely makes next; the others are a click further away."""

from collections.abc import Mapping
from types import MappingProxyType

from actions.domain.status import Actor, CaseKind, Status, moves

_LIKELY: Mapping[Status, tuple[Status, ...]] = MappingProxyType(
    {
        Status.SUBMITTED: (Status.IN_REVIEW, Status.INCOMPLETE),
        Status.INCOMPLETE: (Status.IN_REVIEW,),
        Status.IN_REVIEW: (Status.READY, Status.INCOMPLETE),
        Status.AWAITING_SIGNATURE: (Status.READY,),
        Status.READY: (Status.HANDED_OVER,),
        Status.RECEIVED: (Status.VERIFIED, Status.NEEDS_DETAIL),
        Status.VERIFIED: (Status.IN_PROGRESS, Status.SCHEDULED),
        Status.NEEDS_DETAIL: (Status.VERIFIED,),
        Status.ASSIGNED: (Status.IN_PROGRESS, Status.SCHEDULED),
        Status.COORDINATED: (Status.IN_PROGRESS, Status.SCHEDULED),
        Status.IN_PROGRESS: (Status.AWAITING_REPLY, Status.SCHEDULED),
        Status.SCHEDULED: (Status.IN_PROGRESS, Status.AWAITING_REPLY),
        Status.AWAITING_REPLY: (Status.RESOLVED,),
        Status.REOPENED: (Status.IN_PROGRESS, Status.SCHEDULED),
        Status.FORWARDED: (Status.IN_PROGRESS, Status.AWAITING_REPLY),
    }
)


def next_steps(kind: CaseKind, origin: Status) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """The likely moves of an officer, at most two, and all others, in the order of the table."""
    allowed = moves(kind, origin, Actor.OFFICER)
    likely = tuple(status for status in _LIKELY.get(origin, ()) if status in allowed)
    return likely, tuple(status for status in allowed if status not in likely)
