"""How fast Telegram lets a bot write: overall, to one chat, to one group."""

from dataclasses import dataclass, field
from typing import Self

CHATS_KEPT = 5000
USUAL_RATE = 30.0
LEAST_AT_ONCE, MOST_AT_ONCE = 24, 200


@dataclass
class Bucket:
    """Lets `burst` through at once, then `rate` a second. Times are seconds of any clock."""

    rate: float
    burst: float
    _full_at: float = 0.0

    def reserve(self, now: float) -> float:
        """Take one place; returns the seconds to wait for it."""
        self._full_at = max(self._full_at, now) + 1 / self.rate
        return max(self._full_at - now - self.burst / self.rate, 0.0)

    def is_idle(self, now: float) -> bool:
        """Whether it has forgotten everything."""
        return self._full_at <= now


@dataclass
class Limits:
    """Telegram's limits: some 30 messages a second in all, 1 to a chat, 20 a minute to a group.

    To one chat a few may follow each other at once, since one turn can have several messages.
    """

    overall: Bucket = field(default_factory=lambda: Bucket(USUAL_RATE, USUAL_RATE))
    chat_rate: float = 1.0
    chat_burst: float = 10.0
    group_rate: float = 20 / 60
    group_burst: float = 10.0
    _chats: dict[str, Bucket] = field(default_factory=dict)

    @classmethod
    def at_rate(cls, rate: float) -> Self:
        """All limits for a bot that may write faster, or slower, than usual."""
        share = rate / USUAL_RATE
        return cls(Bucket(rate, rate), chat_rate=share, group_rate=20 / 60 * share)

    @property
    def at_once(self) -> int:
        """How many calls may be under way, so that a bot that may write faster does."""
        return min(max(LEAST_AT_ONCE, round(self.overall.rate)), MOST_AT_ONCE)

    def reserve(self, chat: str, now: float, *, group: bool) -> float:
        """Seconds to wait before the next message to this chat."""
        if len(self._chats) > CHATS_KEPT:
            self._chats = {c: b for c, b in self._chats.items() if not b.is_idle(now)}
        if chat not in self._chats:
            rates = (
                (self.group_rate, self.group_burst) if group else (self.chat_rate, self.chat_burst)
            )
            self._chats[chat] = Bucket(*rates)
        return max(self._chats[chat].reserve(now), self.overall.reserve(now))
