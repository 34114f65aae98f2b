"""What a sender knows of the other side: told to slow down, away, or well.

"Slow down" (429) does not say whether one chat is meant or the whole bot. So the chat alone
waits, as long as it was told. When several chats were told so in a row and nobody's message was
taken in between, one more chat is tried. Is it told the same, then it is the bot that writes too
much: everybody waits, and one message after the other asks whether it is over. That is known
here alone: after a restart it is found out again.
"""

from dataclasses import dataclass, field

TOGETHER = 3
"""Chats that are told to wait in a row before it may be the bot that is meant."""
WITHIN = 30.0
"""Seconds in which they are."""
ASK_AFTER = 60.0
"""Seconds until one message asks again, whatever was told."""
AWAY_PATIENCE = 90.0
AWAY_CHATS = 2
"""Chats that get no answer at all before it is the line, not the chat. Times are the loop's."""


@dataclass
class LineState:
    """One sender's view."""

    _told: dict[str, tuple[int, float]] = field(default_factory=dict)
    _told_at: float = 0.0
    _until: float = 0.0
    _silent: dict[str, float] = field(default_factory=dict)

    def told_to_wait(self, chat: str, row: int, seconds: float, now: float) -> None:
        """A message was refused for some seconds."""
        self.answered()
        if not self._suspects():
            self._told = {c: told for c, told in self._told.items() if now - told[1] <= WITHIN}
        elif chat not in self._told:
            self._until = now + min(seconds, ASK_AFTER)
        self._told[chat] = (row, now)
        self._told_at = now

    def taken(self, begun: float) -> list[int]:
        """A message was taken that was handed over at `begun`: nobody waits for the others' sake.

        Returns the rows that were told to wait while the bot was meant, and need not any more.
        """
        self.answered()
        if begun < self._told_at:  # it was on its way before
            return []
        rows = [row for row, _ in self._told.values()] if self._until else []
        self._told, self._until = {}, 0.0
        return rows

    def answered(self) -> None:
        """The other side is there."""
        self._silent = {}

    def silent(self, chat: str, now: float) -> None:
        """No answer came."""
        self._silent.setdefault(chat, now)

    def room(self, free: int, *, under_way: bool, now: float) -> int:
        """How many more messages may be tried."""
        if not self._suspects():
            return free
        return 0 if under_way or now < self._until else min(free, 1)

    def fault(self, now: float) -> str:
        """What is wrong for everybody, in words; empty when nothing is."""
        if self._until:
            return "everybody's messages are put off by the other side; one a minute is tried"
        since = min(self._silent.values(), default=now)
        if len(self._silent) < AWAY_CHATS or now - since <= AWAY_PATIENCE:
            return ""
        return f"no message got an answer for {now - since:.0f} seconds"

    def _suspects(self) -> bool:
        return len(self._told) >= TOGETHER
