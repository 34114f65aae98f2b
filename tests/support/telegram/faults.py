"""What can go wrong on the way to Telegram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that is not the right one.

    `status` 0 hangs up, `hang` never answers. `after` acts only when the call was carried out,
    so that its answer is lost. `retry_after` goes with 429, `moved_to` with the 400 of a group
    that moved.
    """

    status: int = 0
    retry_after: int = 0
    moved_to: int = 0
    after: bool = False
    hang: bool = False

    def body(self) -> dict[str, Any]:
        """What Telegram would write."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": "fault"}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        if self.moved_to:
            answer["parameters"] = {"migrate_to_chat_id": self.moved_to}
        return answer


HANG_UP, LOSE_ANSWER, HANG = Fault(), Fault(after=True), Fault(hang=True)
SERVER_ERROR, FORBIDDEN, BAD_REQUEST = Fault(500), Fault(403), Fault(400)


def flooded(seconds: int) -> Fault:
    """429: wait."""
    return Fault(429, retry_after=seconds)


@dataclass
class Faults:
    """Which calls go wrong next, per method; `choose` may decide on each call instead."""

    planned: dict[str, list[Fault]] = field(default_factory=dict)
    choose: Callable[[str, dict[str, Any]], Fault | None] | None = None

    def plan(self, method: str, *faults: Fault) -> None:
        """The next calls of a method go wrong like this, one after the other."""
        self.planned.setdefault(method, []).extend(faults)

    def next(self, method: str, params: dict[str, Any]) -> Fault | None:
        """What is to go wrong with this call."""
        if self.planned.get(method):
            return self.planned[method].pop(0)
        return self.choose(method, params) if self.choose else None
