"""A wish of a message."""

from dataclasses import dataclass

from nlu.several.language import Turn


@dataclass(frozen=True)
class Wish:
    """One wish; `start` and `end` are positions in the message, `turn` is the boundary beside it.

    `sure` is how sure all of it is: the intent, and the target where it is about one. `is_added`
    says whether it names itself a second one ("juga").
    """

    intent: str
    confidence: float
    target: str | None
    target_confidence: float
    start: int
    end: int
    turn: Turn
    sure: float
    is_added: bool

    @property
    def span(self) -> tuple[int, int]:
        """Where it starts and ends."""
        return self.start, self.end
