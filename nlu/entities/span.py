"""A found entity, and how overlapping finds are settled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the original text that means `value` as an entity of one kind."""

    start: int
    end: int
    kind: str
    value: str
    certainty: float = 1.0

    @classmethod
    def of(
        cls, text: str, match: "re.Match[str]", kind: str, certainty: float = 1.0, group: int = 0
    ) -> "Span":
        """The stretch that a pattern found in the folded text; its value is what stands there."""
        start, end = match.span(group)
        return cls(start, end, kind, text[start:end], certainty)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Keep, of spans of one kind that overlap, the surest and longest; in reading order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.certainty, s.start - s.end, s.start)):
        if not any(_clash(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _clash(left: Span, right: Span) -> bool:
    return left.kind == right.kind and left.start < right.end and right.start < left.end
